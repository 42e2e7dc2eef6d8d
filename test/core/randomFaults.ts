/** What may go wrong in a random test: answers, the network, the machine's clock. */
import fc from 'fast-check';
import type { Fault } from '../hubspotStandIn/fault.ts';
import type { NetworkFault } from './inMemoryHubSpot.ts';

/** Faults after which the same call succeeds. */
export const passing: fc.Arbitrary<Fault | NetworkFault> = fc.constantFrom<Fault | NetworkFault>(
  { kind: 'serverError', status: 500 },
  { kind: 'serverError', status: 502 },
  { kind: 'serverError', status: 523 },
  { kind: 'html' },
  { kind: 'emptyBody' },
  { kind: 'cutJson', keep: 0.7 },
  { kind: 'hang' },
  { kind: 'locked' },
  { kind: 'rateLimited', policy: 'SECONDLY' },
  { kind: 'rateLimited', policy: 'TEN_SECONDLY_ROLLING' },
  { kind: 'network', code: 'ECONNRESET' },
  { kind: 'network', code: 'UND_ERR_SOCKET', cut: true },
  { kind: 'network', code: 'EAI_AGAIN' },
);

/** Oddities that change no fact. */
export const harmless: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
  { kind: 'duplicateResults' },
  { kind: 'shuffledResults' },
  { kind: 'groupedErrors' },
);

/** Answers that do not go together, and cursors that lead nowhere. */
const contradictory: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
  { kind: 'emptyPages' },
  { kind: 'noMore' },
  { kind: 'noMore', as: 'result' },
  { kind: 'noMore', single: true },
  { kind: 'resultAndError', ids: ['1', '2', '3', '4', '5', '6', '7', '8', '9'] },
  { kind: 'resultAndError', ids: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], none: true },
  { kind: 'twoCursors' },
  { kind: 'twoCursors', last: true },
  { kind: 'refusedCursors' },
  { kind: 'stuckCursor' },
  { kind: 'loopingCursor' },
  { kind: 'ignoredCursor' },
);

/** What happens to the machine's clock while a request is under way, in milliseconds. */
export type ClockEvent =
  | { readonly kind: 'set'; readonly by: number }
  | { readonly kind: 'sleep'; readonly for: number; readonly counter: 'goesOn' | 'standsStill' };

const clockEvent: fc.Arbitrary<ClockEvent> = fc.constantFrom<ClockEvent>(
  { kind: 'set', by: -3_600_000 },
  { kind: 'set', by: 30 * 24 * 3_600_000 },
  { kind: 'sleep', for: 300_000, counter: 'goesOn' },
  { kind: 'sleep', for: 300_000, counter: 'standsStill' },
  // Too short to be noticed, and shorter than a call may take.
  { kind: 'sleep', for: 8_000, counter: 'goesOn' },
);

/** Few of many requests meet one. */
export const clockEvents = fc.array(fc.option(clockEvent, { nil: undefined, freq: 4 }), { maxLength: 30 });

/** Faults that cost something. */
export const costly: fc.Arbitrary<Fault | NetworkFault> = fc.oneof(
  fc.constantFrom<Fault | NetworkFault>(
    { kind: 'batchStatus', status: 'CANCELED', keep: 0.5 },
    { kind: 'batchStatus', status: 'PROCESSING', keep: 0 },
    { kind: 'missingResults', ids: ['1', '2', '3', '4', '5'] },
    { kind: 'extraResults', ids: ['77', '78'] },
    { kind: 'splitResults' },
    { kind: 'errorsWithoutContext' },
    { kind: 'numErrors', value: 99 },
    { kind: 'recordErrors', ids: ['6', '7', '8'], category: 'VALIDATION_ERROR', message: 'No.', repeat: 2 },
    { kind: 'wrongShape', path: ['results', 0, 'to'], value: 'none' },
    { kind: 'wrongShape', path: ['results', 0, 'from'], value: null },
    { kind: 'wrongShape', path: ['results'] },
    { kind: 'wrongShape', path: ['status'] },
    { kind: 'poisonousIds', ids: ['9', '10'] },
    { kind: 'smallerBatches', limit: 3 },
    { kind: 'unauthorized' },
    { kind: 'rateLimited', policy: 'DAILY' },
    { kind: 'status', status: 404 },
    { kind: 'network', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
  ),
  contradictory,
  passing,
  harmless,
);

import type { Question } from '../../../src/core/domain/associations.ts';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import type { LookUpOptions } from '../../../src/core/lookUp/run.ts';
import type { Fault } from '../../hubspotStandIn/fault.ts';
import { dealIds, generatedAccount } from '../../hubspotStandIn/generatedAccount.ts';
import type { RecordedRequest } from '../../hubspotStandIn/recordedRequest.ts';
import { FakeTime } from '../fakeTime.ts';
import { inMemoryHubSpot, type NetworkFault } from '../inMemoryHubSpot.ts';
import { madePorts } from '../madePorts.ts';

interface Scene {
  readonly deals?: number;
  readonly contacts?: number | ((nth: number) => number);
  readonly pageSize?: number;
  readonly question?: Partial<Question>;
  readonly options?: LookUpOptions;
  readonly token?: () => Promise<string | undefined>;
  readonly strike?: (request: RecordedRequest, nth: number) => readonly (Fault | NetworkFault)[];
}

/** A look-up of some deals of a made-up account, with time that passes at once. */
export function scene({ deals = 10, contacts = 3, pageSize = 100, question, options = {}, token, strike }: Scene) {
  const time = new FakeTime();
  const account = generatedAccount({ deals, contacts });
  const hubSpot = inMemoryHubSpot({ account, clock: time, pageSize, ...(strike ? { strike } : {}) });
  const ports = () =>
    madePorts({ fetch: hubSpot.fetch, token: token ?? (async () => 'a-token'), clock: time, random: () => 0.5 });
  const asked: Question = { from: 'deals', to: 'contacts', ids: dealIds(deals), ...question };
  const start = (more: LookUpOptions = {}) => lookUp(asked, ports(), { ...options, ...more });
  return { time, hubSpot, start, run: (more?: LookUpOptions) => time.run(start(more).done) };
}

/** A fault at every request. */
export const always = (fault: Fault | NetworkFault) => () => [fault];
/** A fault at the first requests, so many. */
export const times = (count: number, fault: Fault | NetworkFault) => (_: RecordedRequest, nth: number) =>
  nth <= count ? [fault] : [];

/** Faults inside a batch read's body: the account's answer, taken apart and put together wrongly. */

import { contradict, isContradiction } from './contradictions.ts';
import type { BodyFault, ContradictionFault, Fault } from './fault.ts';
import { inputsOf, type RecordedRequest } from './recordedRequest.ts';

type Json = Record<string, unknown>;

const kinds: ReadonlySet<string> = new Set<BodyFault['kind']>([
  'cutJson',
  'wrongShape',
  'batchStatus',
  'missingResults',
  'extraResults',
  'duplicateResults',
  'splitResults',
  'shuffledResults',
  'numErrors',
  'errorsWithoutContext',
  'noResults',
  'groupedErrors',
  'recordErrors',
  'stuckCursor',
  'loopingCursor',
]);

function isBodyFault(fault: { readonly kind: string }): fault is (BodyFault | ContradictionFault) & Fault {
  return kinds.has(fault.kind) || isContradiction(fault);
}

/**
 * The faults of one answer that edit its body, in the order in which they can all be seen: what speaks against a result is only a
 * contradiction where the result still stands there at the end, and what is cut can no longer be edited.
 */
export function bodyFaults(faults: readonly { readonly kind: string }[]): ((BodyFault | ContradictionFault) & Fault)[] {
  const rank = (fault: Fault) => (fault.kind === 'cutJson' ? 2 : isContradiction(fault) ? 1 : 0);
  return faults.filter(isBodyFault).sort((one, other) => rank(one) - rank(other));
}

/** Cursors that were given out first, by path and id: what a looping cursor points back to. */
export type FirstCursors = Map<string, string>;

export interface EditedBody {
  readonly status: number;
  readonly body: string;
}

/** Bodies that are no JSON object, and answers other than 200 and 207, stay as they are, but for a cut. */
export function editedBody(
  fault: BodyFault | ContradictionFault,
  request: RecordedRequest,
  answer: EditedBody,
  firstCursors: FirstCursors,
): EditedBody {
  if (fault.kind === 'cutJson') {
    return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length * (fault.keep ?? 0.5))) };
  }
  if (answer.status !== 200 && answer.status !== 207) return answer;
  const body: Json = JSON.parse(answer.body);
  const errorsBefore = listOf(body, 'errors').length;
  if (isContradiction(fault)) contradict(fault, request, body);
  else edit(fault, request, body, firstCursors);
  // HubSpot's own rule: errors make it a 207, but where the version has its errors inside 200.
  const becameMixed = errorsBefore === 0 && listOf(body, 'errors').length > 0 && !request.path.includes('/2026-09/');
  return { status: becameMixed ? 207 : answer.status, body: JSON.stringify(body) };
}

function edit(
  fault: Exclude<BodyFault, { kind: 'cutJson' }>,
  request: RecordedRequest,
  body: Json,
  first: FirstCursors,
) {
  const results = listOf(body, 'results');
  const errors = listOf(body, 'errors');
  switch (fault.kind) {
    case 'wrongShape':
      replaceAt(body, fault.path, fault.value);
      return;
    case 'batchStatus':
      // The read of a single record is no batch: it has no status, and could not say that something is missing.
      if (!('status' in body)) return;
      body.status = fault.status;
      body.results = results.slice(0, Math.floor(results.length * (fault.keep ?? 1)));
      return;
    case 'missingResults': {
      // What the read of a single record leaves out is an association, and nobody could see that it is missing.
      if (request.method === 'GET') return;
      const gone = new Set(fault.ids);
      body.results = results.filter((result) => !gone.has(fromId(result)));
      setErrors(
        body,
        errors.filter((error) => !contextIds(error).some((id) => gone.has(id))),
      );
      return;
    }
    case 'extraResults':
      body.results = [
        ...results,
        ...fault.ids.map((id) =>
          results[0]?.properties
            ? { ...structuredClone(results[0]), id }
            : { from: { id }, to: structuredClone(results[0]?.to ?? []) },
        ),
      ];
      return;
    case 'duplicateResults':
      body.results = [...results, ...results];
      return;
    case 'splitResults':
      body.results = results.flatMap((result) => {
        const to = listOf(result, 'to');
        const middle = Math.ceil(to.length / 2);
        return to.length < 2
          ? [result]
          : [
              { ...result, to: to.slice(0, middle) },
              { ...result, to: to.slice(middle) },
            ];
      });
      return;
    case 'shuffledResults':
      body.results = results.toReversed();
      return;
    case 'numErrors':
      body.numErrors = fault.value;
      return;
    case 'errorsWithoutContext':
      for (const error of errors) {
        delete error.context;
        if (fault.message !== undefined) error.message = fault.message;
      }
      return;
    case 'noResults':
      delete body.results;
      return;
    case 'groupedErrors': {
      const alike = new Map<string, Json[]>();
      for (const error of errors) {
        const kind = JSON.stringify([error.category, error.subCategory]);
        alike.set(kind, [...(alike.get(kind) ?? []), error]);
      }
      setErrors(
        body,
        [...alike.values()].map((group) => ({
          ...group[0],
          context: { ...objectOf(group[0]?.context), fromObjectId: group.flatMap(contextIds) },
        })),
      );
      return;
    }
    case 'recordErrors': {
      const failing = new Set(
        inputsOf(request)
          .map(({ id }) => id)
          .filter((id) => fault.ids.includes(id)),
      );
      body.results = results.filter((result) => !failing.has(fromId(result)));
      const own = [...failing].flatMap((id) =>
        Array.from({ length: fault.repeat ?? 1 }, () => ({
          status: 'error',
          category: fault.category,
          ...(fault.subCategory === undefined ? {} : { subCategory: fault.subCategory }),
          message: fault.message,
          context: { fromObjectId: [id] },
        })),
      );
      setErrors(body, [...errors.filter((error) => !contextIds(error).some((id) => failing.has(id))), ...own]);
      return;
    }
    case 'stuckCursor':
    case 'loopingCursor':
      for (const { holder, id, sent } of followUps(request, body, results)) {
        const key = `${request.path.split('?')[0]} ${id}`;
        if (sent === undefined) {
          const cursor = cursorOf(holder);
          if (cursor !== undefined) first.set(key, cursor);
        } else if (fault.kind === 'stuckCursor') holder.paging = { next: { after: sent } };
        else if (sent !== first.get(key)) holder.paging = { next: { after: first.get(key) } };
      }
  }
}

/** Every list of associations in the answer with the cursor it was asked with. */
function* followUps(request: RecordedRequest, body: Json, results: readonly Json[]) {
  if (request.method === 'GET') {
    const sent = /[?&]after=([^&]*)/.exec(request.path)?.[1];
    yield { holder: body, id: '', sent };
    return;
  }
  const sentById = new Map(inputsOf(request).map(({ id, after }) => [id, after]));
  for (const result of results) {
    const id = fromId(result);
    yield { holder: result, id, sent: sentById.get(id) };
  }
}

function replaceAt(body: Json, path: readonly (string | number)[], value: unknown) {
  let holder: unknown = body;
  for (const step of path.slice(0, -1)) holder = Reflect.get(Object(holder), step);
  const last = path.at(-1);
  if (last === undefined || typeof holder !== 'object' || holder === null) return;
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else Reflect.set(holder, last, value);
}

function setErrors(body: Json, errors: readonly Json[]) {
  if (errors.length > 0) Object.assign(body, { numErrors: errors.length, errors });
  else {
    delete body.numErrors;
    delete body.errors;
  }
}

function listOf(body: Json, key: string): Json[] {
  const list = body[key];
  return Array.isArray(list) ? list : [];
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Whose result it is: a read of associations says it within `from`, one of records by itself. */
const fromId = (result: Json) => String(result.id ?? objectOf(result.from).id);

function contextIds(error: Json): readonly string[] {
  const { fromObjectId, ids = fromObjectId } = objectOf(error.context);
  return Array.isArray(ids) ? ids.map(String) : [];
}

function cursorOf(holder: Json): string | undefined {
  const after = objectOf(objectOf(holder.paging).next).after;
  return typeof after === 'string' ? after : undefined;
}

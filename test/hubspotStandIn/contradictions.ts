/** Answers that do not go together: the account's own, and then something that speaks against them. */
import type { ContradictionFault } from './fault.ts';
import { inputsOf, type RecordedRequest } from './recordedRequest.ts';

type Json = Record<string, unknown>;

const kinds: ReadonlySet<string> = new Set<ContradictionFault['kind']>([
  'emptyPages',
  'noMore',
  'resultAndError',
  'twoCursors',
]);

export function isContradiction(fault: { readonly kind: string }): fault is ContradictionFault {
  return kinds.has(fault.kind);
}

let lastDetour = 0;

/** A new cursor that leads to the page which this cursor leads to; to the first page without one. */
function detour(cursor: string | undefined): string {
  return `detour-${++lastDetour}-${cursor ?? ''}`;
}

/** A request as it is without detours: every cursor is one that the account gave out. */
export function withoutDetours(text: string): string {
  return text.replace(/,"after":"(?:detour-\d+-)+"|&after=(?:detour-\d+-)+(?=&|$)/g, '').replace(/detour-\d+-/g, '');
}

export function contradict(fault: ContradictionFault, request: RecordedRequest, body: Json): void {
  if (request.method === 'GET') contradictSingle(fault, request, body);
  else contradictBatch(fault, request, body);
}

function contradictSingle(fault: ContradictionFault, request: RecordedRequest, body: Json): void {
  const sent = /[?&]after=([^&]*)/.exec(request.path)?.[1];
  if (fault.kind === 'emptyPages') {
    body.results = [];
    body.paging = { next: { after: detour(sent) } };
  } else if (fault.kind === 'noMore' && (sent !== undefined || fault.single)) {
    body.results = [];
    delete body.paging;
  }
}

function contradictBatch(fault: ContradictionFault, request: RecordedRequest, body: Json): void {
  const results: Json[] = Array.isArray(body.results) ? body.results : [];
  const sent = new Map(inputsOf(request).map(({ id, after }) => [id, after]));
  const idOf = ({ from }: Json) => String((from as { id?: unknown } | null)?.id);
  switch (fault.kind) {
    case 'emptyPages':
      body.results = results.map((result) => {
        return { ...result, to: [], paging: { next: { after: detour(sent.get(idOf(result))) } } };
      });
      return;
    case 'noMore': {
      const ended = results.filter((result) => sent.get(idOf(result)) !== undefined);
      if (fault.as === 'result') for (const result of ended) Object.assign(result, { to: [], paging: undefined });
      else {
        body.results = results.filter((result) => !ended.includes(result));
        addErrors(body, ended.map(idOf), noAssociations);
      }
      return;
    }
    case 'resultAndError': {
      const struck = results.map(idOf).filter((id) => fault.ids.includes(id));
      addErrors(
        body,
        struck,
        fault.none ? noAssociations : { category: 'INTERNAL_ERROR', message: 'Not all was read.' },
      );
      return;
    }
    case 'twoCursors':
      body.results = results.flatMap((result) => {
        if (!result.paging) return [result];
        const other = { ...result, paging: { next: { after: detour(sent.get(idOf(result))) } } };
        return fault.last ? [result, other] : [other, result];
      });
  }
}

const noAssociations = {
  category: 'OBJECT_NOT_FOUND',
  subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
  message: 'No contact is associated with the deal.',
};

function addErrors(body: Json, ids: readonly string[], words: Json): void {
  if (ids.length === 0) return;
  const before: unknown[] = Array.isArray(body.errors) ? body.errors : [];
  const errors = [...before, ...ids.map((id) => ({ status: 'error', ...words, context: { fromObjectId: [id] } }))];
  Object.assign(body, { errors, numErrors: errors.length });
}

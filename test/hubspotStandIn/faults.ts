/** Which faults strike a request: those that are set, and those that wait in a queue for one request each. */

import { once } from 'node:events';
import type { Fault, FaultMatch } from './fault.ts';
import { inputsOf, type RecordedRequest } from './recordedRequest.ts';

export interface Faults {
  /** Replaces all faults that are set. */
  set(...faults: readonly Fault[]): void;
  /** Adds faults that strike one request each, in this order; `undefined` lets one request pass. */
  queue(...faults: readonly (Fault | undefined)[]): void;
  /** Takes all faults away, set and queued, and forgets how often they have struck. */
  clear(): void;
  /** How often a fault of this kind has struck. */
  struck(kind: Fault['kind']): number;
}

interface Standing {
  readonly fault: Fault;
  matched: number;
  struck: number;
}

export interface FaultSource extends Faults {
  strike(request: RecordedRequest): readonly Fault[];
  /** Resolves when the faults that are set now are no longer. */
  released(): Promise<void>;
}

export function faultSource(): FaultSource {
  let standing: Standing[] = [];
  let queued: (Fault | undefined)[] = [];
  const struck = new Map<string, number>();
  let holding = new AbortController();
  const release = () => {
    holding.abort();
    holding = new AbortController();
  };

  return {
    set: (...faults) => {
      release();
      standing = faults.map((fault) => ({ fault, matched: 0, struck: 0 }));
    },
    queue: (...faults) => {
      queued.push(...faults);
    },
    clear: () => {
      release();
      standing = [];
      queued = [];
      struck.clear();
    },
    released: async () => void (await once(holding.signal, 'abort')),
    struck: (kind) => struck.get(kind) ?? 0,
    strike: (request) => {
      const striking: Fault[] = [];
      for (const each of standing) {
        const { fault } = each;
        if (!matchesApartFromCount(fault, request)) continue;
        each.matched++;
        if (!matchesCount(fault, request, each.matched) || each.struck >= (fault.times ?? Infinity)) continue;
        each.struck++;
        striking.push(fault);
      }
      if (queued.length > 0) {
        const next = queued[0];
        if (next === undefined || (matchesApartFromCount(next, request) && matchesCount(next, request, 1))) {
          queued.shift();
          if (next) striking.push(next);
        }
      }
      for (const { kind } of striking) struck.set(kind, (struck.get(kind) ?? 0) + 1);
      return striking;
    },
  };
}

function matchesApartFromCount({ when }: Fault, request: RecordedRequest): boolean {
  if (when === undefined || typeof when === 'function') return true;
  const { method, path, id }: FaultMatch = when;
  return (
    (method === undefined || request.method === method) &&
    (path === undefined || request.path.includes(path)) &&
    (id === undefined || inputsOf(request).some((input) => input.id === id))
  );
}

function matchesCount({ when }: Fault, request: RecordedRequest, nth: number): boolean {
  if (when === undefined) return true;
  if (typeof when === 'function') return when(request, nth);
  return nth >= (when.from ?? 1) && nth <= (when.to ?? Infinity);
}

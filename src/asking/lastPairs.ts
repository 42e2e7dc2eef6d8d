/** What was looked up last, so that it comes first the next time and one shortcut repeats it. */
import type * as vscode from 'vscode';
import * as z from 'zod';
import type { Account } from '../accounts/accounts.ts';
import { isObjectTypeName } from '../core/domain/objectTypes.ts';

/** Whose associations are wanted: those of one object type, of all that the account has records of, or of several. */
export type Wanted =
  | { readonly kind: 'one'; readonly to: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'several'; readonly types: readonly string[] };

/** What was asked for last. */
export interface LastChoice {
  readonly from: string;
  readonly wanted: Wanted;
}

/** One object type with one other. */
export interface Pair {
  readonly from: string;
  readonly to: string;
}

/** What was last chosen, newest first, per account; kept in the extension's own state. */
export class LastPairs {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  of(account: Account): readonly LastChoice[] {
    const stored = this.#memory.get<unknown>(lastPairsKey(account));
    return Array.isArray(stored) ? stored.flatMap(choiceIn) : [];
  }

  /** Those of one object type with one other. */
  pairsOf(account: Account): readonly Pair[] {
    return this.of(account).flatMap(({ from, wanted }) => (wanted.kind === 'one' ? [{ from, to: wanted.to }] : []));
  }

  async remember(account: Account, choice: LastChoice): Promise<void> {
    const text = JSON.stringify(storedChoice(choice));
    const others = this.of(account).map(storedChoice);
    const stored = [storedChoice(choice), ...others.filter((each) => JSON.stringify(each) !== text)];
    await this.#memory.update(lastPairsKey(account), stored.slice(0, 10));
  }
}

const lastPairsKey = (account: Account) => `hubspotAssociations.lastPairs.${account.id}`;

/** One type stands as the pair that it makes, as it did before there was anything else. */
function storedChoice({ from, wanted }: LastChoice): z.infer<typeof storedSchema> {
  if (wanted.kind === 'one') return { from, to: wanted.to };
  return wanted.kind === 'all' ? { from, all: true } : { from, several: [...wanted.types] };
}

const storedType = z.string().refine(isObjectTypeName);
const storedSchema = z.union([
  z.object({ from: storedType, to: storedType }),
  z.object({ from: storedType, all: z.literal(true) }),
  z.object({ from: storedType, several: z.array(storedType).min(1) }),
]);

function choiceIn(value: unknown): LastChoice[] {
  const { data } = storedSchema.safeParse(value);
  if (!data) return [];
  const { from } = data;
  if ('to' in data) return [{ from, wanted: { kind: 'one', to: data.to } }];
  return [{ from, wanted: 'all' in data ? { kind: 'all' } : { kind: 'several', types: data.several } }];
}

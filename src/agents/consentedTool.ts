/**
 * A tool that sends something: what was planned is confirmed, what was confirmed is done, and the answer stands in the tree. A
 * model may have the rest of an answer it was given, and of no other.
 */
import type { Account, Accounts } from '../accounts/accounts.ts';
import { confirmPlan } from '../asking/confirmPlan.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { type Confirmation, cancelled, type Preparation, refusal, type Tool } from './tool.ts';
import type { Parsed } from './toolInput.ts';

/** What a call would do. */
export interface Plan {
  readonly account: Account;
  /** Records to look up, and with how many object types. */
  readonly records: number;
  readonly types: number;
}

/** What a call may ask for: something new, or the rest of what this tool answered. */
interface RestOrNew {
  readonly lookUp?: string | undefined;
}

/** What was started. */
export interface Started {
  /** By which a model may have the rest of the answer. */
  readonly id: string;
  /** The look-ups that run. */
  readonly lookUps: readonly string[];
  readonly finished: Promise<void>;
  /** Told with the answer: where the IDs came from. */
  readonly source?: string | undefined;
}

/** Something was sent, so this is no refusal. */
const removed = 'FAILED: the lookup was removed while it was read. Nothing is known about these records.';
const gone = refusal('this tool made no lookup of this ID in this window, or it was removed. Ask anew');

export interface ConsentedToolParts {
  readonly accounts: Accounts;
  readonly lookUps: LookUps;
}

/** Plans that wait for their confirmation. A person answers one after the other; an older one was declined. */
const mostPlans = 4;

export abstract class ConsentedTool<Input extends RestOrNew, Planned extends Plan> implements Tool {
  protected readonly parts: ConsentedToolParts;
  /** By the input that was planned for. */
  readonly #plans = new Map<string, Planned>();
  /** What was told of where the IDs of a look-up came from, by its id. */
  readonly #told = new Map<string, string | undefined>();

  constructor(parts: ConsentedToolParts) {
    this.parts = parts;
  }

  protected abstract readonly progress: string;
  protected abstract parse(given: unknown): Parsed<Input>;
  /** Sends nothing. */
  protected abstract plan(input: Input, signal: AbortSignal): Promise<Planned | { readonly refused: string }>;
  protected abstract confirmation(plan: Planned): Confirmation;
  protected abstract start(plan: Planned, signal: AbortSignal): Promise<Started>;
  /** @returns undefined where the look-up is not there any more */
  protected abstract report(id: string, input: Input, source: string | undefined): Promise<string | undefined>;

  async prepare(given: unknown, signal: AbortSignal): Promise<Preparation> {
    const { progress } = this;
    const parsed = this.parse(given);
    if ('refused' in parsed || parsed.input.lookUp !== undefined) return { progress };
    const plan = await this.plan(parsed.input, signal);
    if ('refused' in plan) return { progress };
    this.#keep(JSON.stringify(given), plan);
    return { progress, confirmation: this.confirmation(plan) };
  }

  async invoke(given: unknown, signal: AbortSignal): Promise<string> {
    const parsed = this.parse(given);
    if ('refused' in parsed) return refusal(parsed.refused);
    const { input } = parsed;
    if (input.lookUp !== undefined) return this.#rest(input.lookUp, input);
    const key = JSON.stringify(given);
    const confirmed = this.#plans.get(key);
    this.#plans.delete(key);
    const plan = confirmed ?? (await this.plan(input, signal));
    if ('refused' in plan) return refusal(plan.refused);
    if (plan.account.id !== this.parts.accounts.active.id) {
      return refusal('another account has become the active one since this was confirmed. Ask again');
    }
    const asked = { types: plan.types, mayExport: false, always: confirmed === undefined };
    const choice = await confirmPlan(plan.records, plan.account, asked);
    if (!choice) return refusal('a person did not allow it');
    if (signal.aborted) return cancelled;
    return this.#run(plan, input, signal);
  }

  async #run(plan: Planned, input: Input, signal: AbortSignal): Promise<string> {
    const { id, lookUps, finished, source } = await this.start(plan, signal);
    this.#told.set(id, source);
    const cancel = () => {
      for (const each of lookUps) void this.parts.lookUps.cancel(each);
    };
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    await finished;
    signal.removeEventListener('abort', cancel);
    return (await this.report(id, input, source)) ?? removed;
  }

  /** The rest of an answer, which sends nothing. */
  async #rest(id: string, input: Input): Promise<string> {
    return (this.#told.has(id) ? await this.report(id, input, this.#told.get(id)) : undefined) ?? gone;
  }

  /** Lets a model have the rest of an answer that is part of another one. */
  protected mayTell(id: string, source: string | undefined): void {
    this.#told.set(id, source);
  }

  #keep(key: string, plan: Planned): void {
    this.#plans.delete(key);
    this.#plans.set(key, plan);
    for (const old of this.#plans.keys()) {
      if (this.#plans.size <= mostPlans) break;
      this.#plans.delete(old);
    }
  }
}

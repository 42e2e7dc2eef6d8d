/** What a tool is to whoever hands it to VS Code: it may ask first, and it answers with a text, whatever happens. */

/** What is asked before a tool runs. Texts from outside are escaped by whoever shows them. */
export interface Confirmation {
  readonly title: string;
  /** Each a paragraph. */
  readonly sentences: readonly string[];
}

export interface Preparation {
  /** What is said while the tool runs. */
  readonly progress: string;
  /** Absent where nothing is sent to HubSpot and nothing told that the model does not have. */
  readonly confirmation?: Confirmation;
}

export interface Tool {
  /** @param input what a model gave, of any shape */
  prepare(input: unknown, signal: AbortSignal): Promise<Preparation>;
  /** @returns the answer; also a refusal or a failure that can be foreseen is one */
  invoke(input: unknown, signal: AbortSignal): Promise<string>;
}

/** The first word says that there is no answer, so that nobody takes a reason for one. */
export function refusal(why: string): string {
  return `REFUSED, nothing was sent to HubSpot: ${why.replace(/\.$/, '')}.`;
}

export const cancelled = 'CANCELLED before anything was read. Nothing is known about these records.';

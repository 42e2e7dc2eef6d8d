/** Where the pairs of a check stand in their document: nothing is claimed that cannot be seen there. */
import * as vscode from 'vscode';
import type { Expectation } from '../core/domain/expectation.ts';
import type { Steps } from '../core/domain/steps.ts';
import type { CheckedFile } from '../core/expectation/signOff.ts';
import type { CheckSource } from '../core/expectation/storedCheck.ts';
import type { Stretch } from '../core/reading/idInText.ts';
import { pairInText } from '../core/reading/pairInText.ts';
import { textHash } from '../editor/textHash.ts';
import { Turns } from '../editor/turns.ts';

/** True when the ids of the pairs are not those that the file has. */
export function isTranslated(source: CheckSource | undefined): boolean {
  return (source?.mappings?.length ?? 0) > 0;
}

export class PairsInDocument {
  readonly #document: vscode.TextDocument;
  readonly #text: string;
  readonly #expectation: Expectation;
  readonly #isUnchanged: boolean;
  readonly #isTranslated: boolean;
  readonly #within: number;

  private constructor(
    document: vscode.TextDocument,
    text: string,
    expectation: Expectation,
    { isUnchanged, isTranslated, within }: Searching,
  ) {
    this.#document = document;
    this.#text = text;
    this.#expectation = expectation;
    this.#isUnchanged = isUnchanged;
    this.#isTranslated = isTranslated;
    this.#within = within;
  }

  /**
   * @param within how far from its line a pair is looked for in a text that has changed, in UTF-16 code units
   * @throws the signal's reason when it is aborted
   */
  static async in(
    document: vscode.TextDocument,
    expectation: Expectation,
    source: CheckSource | undefined,
    { within = Number.POSITIVE_INFINITY, signal }: { readonly within?: number; readonly signal?: AbortSignal } = {},
  ): Promise<PairsInDocument> {
    const text = document.getText();
    const isUnchanged = !source?.isPart && (await isFile(text, source?.file, new Turns(signal)));
    return new PairsInDocument(document, text, expectation, {
      isUnchanged,
      isTranslated: isTranslated(source),
      within,
    });
  }

  /**
   * The associated id of a pair on one of its lines or, as the file has other ids than the pair, that line. Undefined where it is not
   * there any more.
   * In steps.
   * @param line one of the pair's, from 0
   */
  *finding(pair: number, line: number): Steps<Stretch | undefined> {
    if (this.#isTranslated)
      return this.#isUnchanged && line < this.#document.lineCount ? this.#wholeLine(line) : undefined;
    const [from, to] = [this.#expectation.fromId(pair), this.#expectation.toId(pair)];
    const lineStart = this.#document.offsetAt(new vscode.Position(line, 0));
    const offset = yield* pairInText(this.#text, { from, to, lineStart }, this.#isUnchanged, this.#within);
    return offset === undefined ? undefined : { offset, length: to.length };
  }

  #wholeLine(line: number): Stretch {
    const { range } = this.#document.lineAt(line);
    const offset = this.#document.offsetAt(range.start);
    return { offset, length: this.#document.offsetAt(range.end) - offset };
  }
}

interface Searching {
  readonly isUnchanged: boolean;
  readonly isTranslated: boolean;
  readonly within: number;
}

/** Whether a document's text is what a file held: VS Code takes off the mark of the encoding. */
async function isFile(text: string, file: CheckedFile | undefined, turns: Turns): Promise<boolean> {
  if (!file) return false;
  const bytes = Buffer.byteLength(text);
  const isMarked = bytes + 3 === file.bytes;
  if (bytes !== file.bytes && !isMarked) return false;
  return (await textHash(text, turns, isMarked ? '\ufeff' : '')) === file.sha256;
}

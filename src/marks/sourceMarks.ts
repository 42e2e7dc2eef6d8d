/**
 * Marks ids in their own files that have no association, failed or were not read: a quiet underline, and a line in the
 * Problems panel. They belong to their look-up, follow edits, go with it, and one setting turns them off.
 */
import * as vscode from 'vscode';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { answerNotice } from '../answers/answerNotices.ts';
import { lookUpTitle } from '../answers/lookUpWords.ts';
import { recordGroups } from '../core/answer/recordGroups.ts';
import { afterEdits, nearestPlaces, standsAt } from '../core/reading/idInText.ts';
import { problemSentence } from '../editor/failureNotice.ts';
import { readSettings } from '../editor/settings.ts';
import { Turns } from '../editor/turns.ts';
import { isTranslated } from '../ids/pairsInDocument.ts';
import { orderOf } from '../lookUps/lookUpCard.ts';
import { isRead, type ListedLookUp, type LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { pairMarksOf, pairMessage } from './pairMarks.ts';
import { farthest, type MarkedState, mostInDocument, type SourceMark } from './sourceMark.ts';

const markedStates: readonly MarkedState[] = ['notRead', 'failed', 'none'];

/** Marks are set this long after the last change, in milliseconds. */
const pause = 300;

/** So many marks, times edits, are moved along with one change: some ten milliseconds. */
const mostMoves = 1_000_000;

export const markSource = 'HubSpot Associations';

type FoundMarks = ReadonlyMap<vscode.TextDocument, readonly SourceMark[]>;

export class SourceMarks implements vscode.Disposable {
  readonly #lookUps: LookUps;
  readonly #catalog: ObjectTypeCatalog;
  readonly #collection = vscode.languages.createDiagnosticCollection('hubspotAssociations');
  /** By document. */
  readonly #marks = new Map<string, readonly SourceMark[]>();
  readonly #subscriptions: vscode.Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Ids are being looked for in documents; aborted when something changes meanwhile, since they are looked for anew then. */
  #search: AbortController | undefined;
  /** Documents whose marks have to be found anew; undefined means all. */
  #stale: Set<string> | undefined = new Set();
  /** Documents in which marks have moved. */
  readonly #moved = new Set<string>();

  constructor(lookUps: LookUps, catalog: ObjectTypeCatalog) {
    this.#lookUps = lookUps;
    this.#catalog = catalog;
    this.#subscriptions = [
      this.#collection,
      lookUps.onDidChange((entry) => {
        if (entry?.state !== 'running') this.#later(undefined);
      }),
      catalog.onDidChange(() => this.#later(undefined)),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.#later(uri.toString())),
      vscode.workspace.onDidChangeTextDocument((change) => this.#edited(change)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('hubspotAssociations.markSources')) this.#later(undefined);
      }),
    ];
    this.#later(undefined);
  }

  /** The marks that touch a range of a document. */
  in(document: vscode.TextDocument, range: vscode.Range): readonly SourceMark[] {
    const start = document.offsetAt(range.start);
    const end = document.offsetAt(range.end);
    const marks = this.#marks.get(document.uri.toString()) ?? [];
    return marks.filter(({ offset, length }) => offset <= end && offset + length >= start);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#search?.abort();
    for (const each of this.#subscriptions) each.dispose();
  }

  /** @param uri undefined when every document has to be looked at again */
  #later(uri: string | undefined): void {
    if (uri === undefined) this.#stale = undefined;
    else this.#stale?.add(uri);
    this.#updateLater();
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    if (contentChanges.length === 0) return;
    if (this.#search) this.#later(uri);
    const marks = this.#marks.get(uri);
    if (!marks) return;
    const edits = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      offset: rangeOffset,
      length: rangeLength,
      newLength: text.length,
    }));
    // Where all that is the same was replaced at once, the ids are looked for anew.
    if (edits.length * marks.length > mostMoves) {
      this.#marks.set(uri, []);
      this.#later(uri);
    } else {
      const moved = marks.flatMap((mark) => {
        const now = afterEdits(mark, edits);
        return now && standsIn(document, mark.id, now.offset) ? [{ ...mark, ...now }] : [];
      });
      this.#marks.set(uri, moved);
    }
    this.#moved.add(uri);
    this.#updateLater();
  }

  #updateLater(): void {
    clearTimeout(this.#timer);
    this.#search?.abort();
    this.#timer = setTimeout(() => void this.#update(), pause);
  }

  /** Looks for the marks a slice of the host's time after the other, and then shows all at once. */
  async #update(): Promise<void> {
    const entries = readSettings().markSources ? newestOfEach(this.#lookUps.list()) : [];
    const stale = this.#stale;
    this.#stale = new Set();
    const search = new AbortController();
    this.#search = search;
    let found: FoundMarks;
    try {
      found = await findMarks(entries, this.#lookUps, stale, search.signal);
      search.signal.throwIfAborted();
    } catch (error) {
      if (!search.signal.aborted) throw error;
      // Something changed meanwhile: the next update looks at these documents too.
      if (stale && this.#stale) for (const uri of stale) this.#stale.add(uri);
      else this.#stale = undefined;
      return;
    } finally {
      if (this.#search === search) this.#search = undefined;
    }
    this.#takeMarks(found);
    this.#dropMarksWithoutLookUp(entries);
    this.#showMoved(new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document])));
  }

  #takeMarks(found: FoundMarks): void {
    for (const [document, marks] of found) {
      const uri = document.uri.toString();
      this.#moved.add(uri);
      if (marks.length > 0 || this.#marks.has(uri)) this.#marks.set(uri, this.#keepMoved(document, marks));
    }
  }

  /** What is marked in a document that is closed stays, as long as its look-up does. */
  #dropMarksWithoutLookUp(entries: readonly ListedLookUp[]): void {
    const alive = new Set(entries.map(({ id }) => id));
    for (const [uri, marks] of this.#marks) {
      const left = marks.filter(({ entry }) => alive.has(entry.id));
      if (left.length !== marks.length) this.#moved.add(uri);
      this.#marks.set(uri, left);
    }
  }

  #showMoved(open: ReadonlyMap<string, vscode.TextDocument>): void {
    for (const uri of this.#moved) {
      const document = open.get(uri);
      const marks = this.#marks.get(uri) ?? [];
      if (marks.length === 0) {
        this.#marks.delete(uri);
        this.#collection.delete(vscode.Uri.parse(uri));
      } else if (document) {
        this.#collection.set(
          document.uri,
          marks.map((mark) => this.#diagnostic(mark, document)),
        );
      }
    }
    this.#moved.clear();
  }

  /**
   * Marks are found from where the ids stood when they were read. Where a line was added above since, the marks that were there
   * already have moved along with the text and know better: a mark that was there keeps its place, unless the text has become another
   * one while the document was closed.
   */
  #keepMoved(document: vscode.TextDocument, marks: readonly SourceMark[]): readonly SourceMark[] {
    const key = ({ entry, record, pair = -1 }: SourceMark) => `${entry.id}/${record}/${pair}`;
    const before = new Map<string, SourceMark[]>();
    for (const mark of this.#marks.get(document.uri.toString()) ?? []) {
      const same = before.get(key(mark));
      if (same) same.push(mark);
      else before.set(key(mark), [mark]);
    }
    for (const [known, old] of before) {
      if (!old.every(({ id, offset }) => standsIn(document, id, offset))) before.delete(known);
    }
    const seen = new Set<string>();
    return marks.flatMap((mark) => {
      const old = before.get(key(mark));
      if (!old) return [mark];
      if (seen.has(key(mark))) return [];
      seen.add(key(mark));
      return old.map(({ offset, length }) => ({ ...mark, offset, length }));
    });
  }

  #diagnostic(mark: SourceMark, document: vscode.TextDocument): vscode.Diagnostic {
    const { entry, offset, length, state } = mark;
    const title = lookUpTitle(entry, this.#catalog);
    const message = mark.pair === undefined ? this.#message(mark) : pairMessage(mark, this.#catalog);
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
    const { Information, Warning } = vscode.DiagnosticSeverity;
    const diagnostic = new vscode.Diagnostic(range, message, state === 'none' ? Information : Warning);
    diagnostic.source = markSource;
    diagnostic.code = `${title}, ${entry.account.name}`;
    return diagnostic;
  }

  /** Names the record, as the list of problems shows no more of the line than its number. */
  #message({ entry, record, id, state }: SourceMark): string {
    const { t } = vscode.l10n;
    const who = `${this.#catalog.find(entry.question.from, entry.account).label} ${id}`;
    const problem = entry.answer.problem(record);
    const why = problem ? problemSentence(problem) : '';
    if (state === 'failed') return t('{0} failed: {1}', who, why);
    if (state === 'notRead') return t('{0} was not read: {1}', who, why);
    const { pluralLabel } = this.#catalog.find(entry.question.to, entry.account);
    const none = t('{0} has no association with {1}.', who, pluralLabel);
    // The list of problems shows nothing else of the answer, such as that v3 hides companies.
    const hidden = entry.answer.notices.find(({ kind }) => kind === 'primaryCompanyOnly');
    return hidden ? `${none} ${answerNotice(hidden, entry.question).sentence}` : none;
  }
}

/** Asks for no more of the text than the id and what is beside it: all of it is put together anew after each key. */
function standsIn(document: vscode.TextDocument, id: string, offset: number): boolean {
  const start = Math.max(0, offset - 1);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(offset + id.length + 1));
  return standsAt(document.getText(range), id, offset - start);
}

/** The marks of the open documents, of those that are stale where these are named. */
async function findMarks(
  entries: readonly ListedLookUp[],
  lookUps: LookUps,
  stale: ReadonlySet<string> | undefined,
  signal: AbortSignal,
): Promise<FoundMarks> {
  const found = new Map<vscode.TextDocument, readonly SourceMark[]>();
  for (const document of vscode.workspace.textDocuments) {
    const uri = document.uri.toString();
    if (stale && !stale.has(uri)) continue;
    const marks: SourceMark[] = [];
    for (const entry of entries) {
      if (entry.document !== uri || !mayHaveMarks(entry)) continue;
      const read = await lookUps.open(entry.id);
      signal.throwIfAborted();
      if (read) marks.push(...(await marksOf(read, document, signal)));
    }
    found.set(document, marks);
  }
  return found;
}

/** Of several look-ups of the same object types in the same file only the newest marks ids. */
function newestOfEach(entries: readonly ListedLookUp[]): ListedLookUp[] {
  const newest = new Map<string, ListedLookUp>();
  for (const entry of entries) {
    if (entry.state === 'running' || entry.document === '' || (isRead(entry) && entry.places.isEmpty)) continue;
    const { from, to } = entry.question;
    const key = JSON.stringify([entry.account.id, from, to, entry.document]);
    const other = newest.get(key);
    if (!other || orderOf(other) < orderOf(entry)) newest.set(key, entry);
  }
  return [...newest.values()];
}

/** One in which everything was found has no mark, and need not be read for it. */
function mayHaveMarks({ atHand, summary: { counts }, checked }: ListedLookUp): boolean {
  const isConfirmed = !checked || checked.counts.asExpected === checked.counts.expected;
  return atHand !== 'unreadable' && (counts.found < counts.asked || !isConfirmed);
}

/**
 * The marks of one look-up in one document, at most {@link mostInDocument}.
 * @throws the signal's reason when it is aborted
 */
async function marksOf(entry: LookUpEntry, document: vscode.TextDocument, signal: AbortSignal): Promise<SourceMark[]> {
  const text = document.getText();
  const turns = new Turns(signal);
  const ofPairs = await pairMarksOf(entry, document, signal);
  const places: SourceMark[] = [];
  let standing = 0;
  for (const { record, state, id, offset } of markablePlaces(entry, document)) {
    places.push({ entry, record, id, state, offset, length: id.length });
    if (standsAt(text, id, offset) && ++standing >= mostInDocument) break;
    if (turns.isOver) await turns.next();
  }
  const nearest = await turns.through(nearestPlaces(text, places, farthest));
  const marks = [...ofPairs];
  for (const [index, offset] of nearest.entries()) {
    if (marks.length >= mostInDocument) break;
    if (offset !== undefined) marks.push({ ...places[index]!, offset });
  }
  return marks;
}

/** Where the ids stood that are to be marked. */
function* markablePlaces(entry: LookUpEntry, document: vscode.TextDocument) {
  const uri = document.uri.toString();
  // Ids that were translated are not in the file.
  if (isTranslated(entry.checkSource)) return;
  // Of a check the pairs say what its records lack.
  const states = entry.check ? markedStates.filter((state) => state !== 'none') : markedStates;
  for (const state of states) {
    for (const record of recordGroups(entry.answer).first(state, Number.POSITIVE_INFINITY)) {
      const id = entry.answer.recordId(record);
      for (const place of entry.places.of(id)) {
        if (place.uri !== uri) continue;
        const offset = place.offset ?? document.offsetAt(new vscode.Position(place.line, 0));
        yield { record, state, id, offset };
      }
    }
  }
}

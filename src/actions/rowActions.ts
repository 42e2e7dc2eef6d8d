/** What can be done with one row of a look-up, whether it stands in the tree, in the panel or in its own file. */
import * as vscode from 'vscode';
import type { ApiOrigin } from '../accounts/apiOrigin.ts';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { Hops } from '../answers/hops.ts';
import { copyRequest, openRequest, type RecordAnswers, type RecordQuestion } from '../answers/recordRequest.ts';
import { openInHubSpot } from '../answers/recordUrl.ts';
import { typesWanted } from '../asking/newLookUp.ts';
import { pickHopType } from '../asking/otherTypes.ts';
import { isSameObjectType } from '../core/domain/objectTypes.ts';
import { finished } from '../core/domain/steps.ts';
import type { Address, RowAction } from '../core/treaty/actions.ts';
import { cancellable } from '../editor/cancellableWork.ts';
import { noIdPlaces } from '../ids/idPlaces.ts';
import { isTranslated } from '../ids/pairsInDocument.ts';
import { revealPair, revealPlace } from '../ids/revealPlace.ts';
import type { LookUpGroups } from '../lookUps/lookUpGroups.ts';
import { idLines, type Place } from './place.ts';

export interface RowActionParts {
  readonly origin: ApiOrigin;
  readonly catalog: ObjectTypeCatalog;
  readonly hops: Hops;
  readonly groups: LookUpGroups;
  readonly recordAnswers: RecordAnswers;
  /** Shows a look-up in the tree and in its panel. @param record a record to go to in it */
  readonly show: (lookUpId: string, record?: number) => void;
}

type ActOnRow = (place: Place, parts: RowActionParts, at: Address) => unknown;

export const rowActions: Readonly<Record<RowAction, ActOnRow>> = {
  openRecord: ({ entry, record }) => record && openInHubSpot(entry.account, record.type, record.id),
  goToLine: async ({ entry, record, pair }, _, { line: nth = 0 }) => {
    if (pair !== undefined && record) await goToPair(entry, pair, nth);
    else {
      const place = record && entry.places.first(record.id);
      // An id that was translated does not stand there.
      if (place) await revealPlace(place, isTranslated(entry.checkSource) ? '' : record.id);
    }
  },
  openLookUp: ({ entry }, { show }, { record }) => show(entry.id, record),
  copyIds: (place) => copyIds([place]),
  showRecord: (place, { recordAnswers }) => onRequest(place, (question) => recordAnswers.show(question)),
  copyRequest: (place, { origin }) => onRequest(place, (question) => copyRequest(question, origin.origin)),
  openRequest: (place, { origin }) => onRequest(place, (question) => openRequest(question, origin.origin)),
  addHop: async ({ entry, record }, { hops, catalog }, at) => {
    const to = record && (await pickHopType(entry, record, catalog));
    if (to) hops.choose(at, record.type, to);
  },
  everything: async ({ entry, record }, { hops, catalog }, at) => {
    if (!record) return;
    const types = await typesWanted({ kind: 'all' }, entry.account, catalog);
    const asked = types.filter(({ notAsked }) => !notAsked).map(({ to }) => to);
    // The look-up itself is about one of them.
    const isAsked = at.nth === undefined && at.hop === undefined;
    const others = isAsked ? asked.filter((to) => !isSameObjectType(to, entry.question.to)) : asked;
    await hops.chooseAll(at, { entry, record }, others);
  },
  openTypes: ({ entry, record }, { hops, groups, show }, at) => {
    if (!record) return;
    const isAsked = at.nth === undefined && at.hop === undefined;
    const types = [...(isAsked ? [entry.question.to] : []), ...hops.typesOf(entry, record.type)];
    const distinct = types.filter((to, nth) => types.findIndex((each) => isSameObjectType(each, to)) === nth);
    const question = { from: record.type, ids: [record.id], apiVersion: entry.answer.apiVersion };
    const places = isAsked ? finished(entry.places.choosing([record.id])).places : noIdPlaces;
    const { account } = entry;
    show(
      groups.start(
        question,
        distinct.map((to) => ({ to })),
        { account, places },
      ).id,
    );
  },
  refreshHop: async ({ entry, record, associations }, { hops }) => {
    if (!record && associations?.hop) await hops.refresh(associations.hop, entry.id);
  },
};

/** @param nth which of its lines */
async function goToPair({ check, checkSource, document }: Place['entry'], pair: number, nth: number): Promise<void> {
  const line = check?.expectation.lines(pair)[nth];
  if (!check || line === undefined || document === '') return;
  await revealPair(document, { expectation: check.expectation, source: checkSource }, pair, line);
}

/** Copies the record ids that rows stand for, one a line and each once. */
export async function copyIds(places: readonly Place[]): Promise<void> {
  const copied = await cancellable(vscode.l10n.t('Copying record IDs'), idLines(places));
  if (copied && copied.text !== '') await vscode.env.clipboard.writeText(copied.text);
}

/** Does something with the request that brought what a row shows. */
function onRequest({ entry, associations }: Place, act: (question: RecordQuestion) => Promise<void>): unknown {
  if (!associations) return undefined;
  const { from, to, id, hop } = associations;
  return act({ account: entry.account.id, apiVersion: (hop?.answer ?? entry.answer).apiVersion, from, to, id });
}

/** Finds what a panel is about, among look-ups and groups. */
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { Matrices, Matrix } from '../answers/matrix.ts';
import type { Names } from '../answers/recordNames.ts';
import { isRead } from '../lookUps/lookUpEntry.ts';
import type { LookUpGroups } from '../lookUps/lookUpGroups.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { groupSubject, groupTitle } from './groupSubject.ts';
import { lookUpSubject } from './lookUpSubject.ts';
import type { PanelSubject, PanelSubjects } from './panelSubject.ts';
import { panelTitle } from './panelTitle.ts';

export interface SubjectParts {
  readonly lookUps: LookUps;
  readonly groups: LookUpGroups;
  readonly matrices: Matrices;
  readonly catalog: ObjectTypeCatalog;
  readonly names: Names;
}

export function panelSubjects(parts: SubjectParts): PanelSubjects {
  const { lookUps, groups, matrices } = parts;
  const ofMatrix = (matrix: Matrix | undefined) => matrix && groupSubject(matrix, parts);
  const find = (id: string): PanelSubject | undefined => {
    const entry = lookUps.find(id);
    return isRead(entry) ? lookUpSubject(entry, parts) : ofMatrix(matrices.find(id));
  };
  return {
    titleOf(id) {
      const entry = lookUps.find(id);
      if (entry) return panelTitle(entry, parts);
      const group = groups.find(id);
      return group?.group.sharesIds ? groupTitle(group, parts) : undefined;
    },
    find,
    async open(id) {
      if (lookUps.find(id)) await lookUps.open(id);
      else await matrices.open(id);
      return find(id);
    },
  };
}

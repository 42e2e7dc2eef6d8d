/** What doing something with a look-up needs. */
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { Matrices } from '../answers/matrix.ts';
import type { Names } from '../answers/recordNames.ts';
import type { CheckAgainParts } from '../checks/checkAgain.ts';
import type { MissingExistence } from '../checks/missingExistence.ts';
import type { LastProperties } from '../columns/lastProperties.ts';
import type { Log } from '../editor/log.ts';
import type { LookUpGroups } from '../lookUps/lookUpGroups.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import type { RowActionParts } from './rowActions.ts';
import type { TokenActionParts } from './tokenActions.ts';

export interface ActionParts extends RowActionParts, TokenActionParts, CheckAgainParts {
  readonly lookUps: LookUps;
  readonly groups: LookUpGroups;
  readonly matrices: Matrices;
  readonly catalog: ObjectTypeCatalog;
  readonly names: Names;
  readonly lastProperties: LastProperties;
  readonly missingExistence: MissingExistence;
  readonly log: Log;
}

import type { AssociationsApi } from './associationsApi.ts';
import { readDateVersionBatch } from './dateVersion.ts';

/** The 2026-09 associations API: as 2026-03, but its contract has no 207: errors of single records come inside a 200. */
export const api202609: AssociationsApi = {
  version: '2026-09',
  batchPath: (from, to) => `/crm/associations/2026-09/${from}/${to}/batch/read`,
  readBatch: readDateVersionBatch,
};

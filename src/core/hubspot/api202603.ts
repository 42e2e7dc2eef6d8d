import type { AssociationsApi } from './associationsApi.ts';
import { readDateVersionBatch } from './dateVersion.ts';

/** The 2026-03 associations API: all companies, labels and type ids. */
export const api202603: AssociationsApi = {
  version: '2026-03',
  batchPath: (from, to) => `/crm/associations/2026-03/${from}/${to}/batch/read`,
  readBatch: readDateVersionBatch,
};

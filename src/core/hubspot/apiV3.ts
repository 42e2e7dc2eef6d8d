import * as z from 'zod';
import type { AssociationsApi } from './associationsApi.ts';
import { batchReader, idSchema } from './batchAnswer.ts';

/** An associated record as v3 sends it. */
export const usualV3Row = z.object({ id: z.string(), type: z.string() });

/** HubSpot's v3 associations API: rows of id and type name, one row for each type. Of companies it returns only the primary one. */
export const apiV3: AssociationsApi = {
  version: 'v3',
  batchPath: (from, to) => `/crm/v3/associations/${from}/${to}/batch/read`,
  singlePath: (from, id, to) => `/crm/v3/objects/${from}/${id}/associations/${to}`,
  readBatch: batchReader(
    usualV3Row,
    z.object({ id: idSchema, type: z.string().nullish() }),
    (row) => row.id,
    (row, sets) => (row.type ? sets.named(row.type) : sets.of([])),
  ),
};

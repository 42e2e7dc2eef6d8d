import type { ApiVersion } from '../domain/associations.ts';
import { api202603 } from './api202603.ts';
import { api202609 } from './api202609.ts';
import { apiV3 } from './apiV3.ts';
import type { BatchReader } from './batchAnswer.ts';

/** What differs between the versions of HubSpot's associations API. */
export interface AssociationsApi {
  readonly version: ApiVersion;
  /** Path of the batch read. `from` and `to` have passed isObjectTypeName. */
  batchPath(from: string, to: string): string;
  /** Path of the associations of one record, where the version has such a read of the same data. */
  singlePath?(from: string, id: string, to: string): string;
  readonly readBatch: BatchReader;
}

const apis: Readonly<Record<ApiVersion, AssociationsApi>> = { v3: apiV3, '2026-03': api202603, '2026-09': api202609 };

export function associationsApi(version: ApiVersion): AssociationsApi {
  return apis[version];
}

/** The most inputs HubSpot takes in one batch read of associations (its limit since February 2025, all versions). */
export const batchLimit = 1000;

/** One record of a batch read: its id, and the cursor of a later page exactly as HubSpot gave it. */
export interface BatchInput {
  readonly id: string;
  readonly after?: string | undefined;
}

/** The body of a batch read. */
export function batchBody(inputs: readonly BatchInput[]): string {
  return JSON.stringify({ inputs });
}

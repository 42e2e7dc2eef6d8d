import * as vscode from 'vscode';
import { type ApiVersion, apiVersions, defaultRecordCap } from '../core/domain/associations.ts';

/** The contributed settings as typed values. All have application scope: no workspace can change them. */
export interface Settings {
  readonly apiVersion: ApiVersion;
  /** Associations read of one record before it is said to be truncated. */
  readonly recordCap: number;
  /** Record ids sent in one call, 1 to 1,000. */
  readonly batchSize: number;
  /** The most requests in ten seconds; undefined where the user leaves that to what HubSpot says. */
  readonly requestsPerTenSeconds: number | undefined;
  /** A look-up of more ids than this asks before it runs. */
  readonly confirmAbove: number;
  /** Ids without an association, failed and not read are marked in their files. */
  readonly markSources: boolean;
}

/** Reads the settings now; a value outside its range or of the wrong type falls back to the default. */
export function readSettings(): Settings {
  const section = vscode.workspace.getConfiguration('hubspotAssociations');
  // Only the user's own value counts, even if a workspace file holds one.
  const own = (key: string): unknown => section.inspect(key)?.globalValue;
  const whole = <Otherwise>(key: string, least: number, most: number, otherwise: Otherwise): number | Otherwise => {
    const value = own(key);
    return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : otherwise;
  };
  const version = own('apiVersion');
  return {
    apiVersion: apiVersions.find((each) => each === version) ?? 'v3',
    recordCap: whole('recordCap', 1, 10_000_000, defaultRecordCap),
    batchSize: whole('batchSize', 1, 1000, 1000),
    requestsPerTenSeconds: whole('requestsPerTenSeconds', 1, 1000, undefined),
    confirmAbove: whole('confirmAbove', 0, Number.MAX_SAFE_INTEGER, 5000),
    markSources: own('markSources') !== false,
  };
}

/** In what look-ups of the same title differ: "v3" and "2026-09", "deals.csv" and "old/deals.csv", or only when they began. */
import type { ListedLookUp } from '../lookUps/lookUpEntry.ts';

export interface Differences {
  /** The API version; undefined where all look-ups of this title have the same. */
  readonly version: string | undefined;
  /** The source file's name, with its folder where another one has the same name; undefined where the file says nothing. */
  readonly file: string | undefined;
  /** The moment it began is needed, since one of the others is the same in all else. To the second where a minute holds both. */
  readonly time: 'no' | 'minutes' | 'seconds';
}

/** One minute, in milliseconds. */
const minute = 60_000;

/**
 * What tells a look-up from the others of the same title.
 * @param all the look-ups there are, with this one or without
 * @param titleOf what a look-up is called where it is shown, with all else that stands beside the title
 */
export function differencesOf(
  entry: ListedLookUp,
  all: readonly ListedLookUp[],
  titleOf: (entry: ListedLookUp) => string,
): Differences {
  const title = titleOf(entry);
  const twins = all.filter((other) => other.id !== entry.id && titleOf(other) === title);
  const { apiVersion } = entry.summary;
  const path = pathOf(entry);
  const hasOtherVersion = twins.some(({ summary }) => summary.apiVersion !== apiVersion);
  const otherFiles = twins.map(pathOf).filter((other) => other !== path);
  const same = twins.filter((twin) => twin.summary.apiVersion === apiVersion && pathOf(twin) === path);
  const minuteOf = ({ startedAt }: ListedLookUp) => Math.floor(startedAt.getTime() / minute);
  const isOfOneMinute = same.some((twin) => minuteOf(twin) === minuteOf(entry));
  return {
    version: hasOtherVersion ? apiVersion : undefined,
    file: otherFiles.length > 0 ? shortPath(path, otherFiles) : undefined,
    time: same.length === 0 ? 'no' : isOfOneMinute ? 'seconds' : 'minutes',
  };
}

/** The path of the file that the IDs stood in; empty for pasted IDs and those of a command. */
function pathOf({ document }: ListedLookUp): string {
  const path = document.replace(/^[a-z][a-z0-9+.-]*:/i, '').replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // stored by someone else: shown as it stands
  }
}

/** As much of the end of a path as it takes to tell it from the others: "deals.csv", or "old/deals.csv". */
function shortPath(path: string, others: readonly string[]): string | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  for (let count = 1; count < parts.length; count++) {
    const end = parts.slice(-count).join('/');
    if (!others.some((other) => other === end || other.endsWith(`/${end}`))) return end;
  }
  return parts.length > 0 ? parts.join('/') : undefined;
}

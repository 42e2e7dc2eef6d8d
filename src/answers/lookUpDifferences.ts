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
 * What tells each look-up from the others of the same title, by its id. One pass for all of them: a thousand rows must not each
 * look at all others.
 * @param titleOf what a look-up is called where it is shown, with all else that stands beside the title
 */
export function differencesAmong(
  entries: readonly ListedLookUp[],
  titleOf: (entry: ListedLookUp) => string,
): ReadonlyMap<string, Differences> {
  const all = new Map<string, Differences>();
  for (const twins of groupsBy(entries, titleOf).values()) {
    const versions = groupsBy(twins, ({ summary }) => summary.apiVersion);
    const files = groupsBy(twins, pathOf);
    for (const [path, ofFile] of files) {
      const file =
        files.size > 1
          ? shortPath(
              path,
              [...files.keys()].filter((other) => other !== path),
            )
          : undefined;
      for (const [apiVersion, same] of groupsBy(ofFile, ({ summary }) => summary.apiVersion)) {
        const version = versions.size > 1 ? apiVersion : undefined;
        for (const [id, time] of timesOf(same)) all.set(id, { version, file, time });
      }
    }
  }
  return all;
}

/** Whether the moment of each has to be said, among look-ups that are the same in all else. */
function* timesOf(same: readonly ListedLookUp[]): Generator<readonly [id: string, time: Differences['time']]> {
  for (const ofMinute of groupsBy(same, ({ startedAt }) => Math.floor(startedAt.getTime() / minute)).values()) {
    const time = same.length === 1 ? 'no' : ofMinute.length > 1 ? 'seconds' : 'minutes';
    for (const { id } of ofMinute) yield [id, time];
  }
}

/** The same for one of them. @param all the look-ups there are, with this one or without */
export function differencesOf(
  entry: ListedLookUp,
  all: readonly ListedLookUp[],
  titleOf: (entry: ListedLookUp) => string,
): Differences {
  const title = titleOf(entry);
  const twins = all.filter((other) => other.id !== entry.id && titleOf(other) === title);
  return differencesAmong([entry, ...twins], () => title).get(entry.id)!;
}

function groupsBy<Key>(
  entries: readonly ListedLookUp[],
  keyOf: (entry: ListedLookUp) => Key,
): Map<Key, ListedLookUp[]> {
  const groups = new Map<Key, ListedLookUp[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

/** The path of the file that the IDs stood in; empty for pasted IDs and those of a command. */
function pathOf({ document }: ListedLookUp): string {
  const path = document.replace(/^[a-z][a-z0-9+.-]*:/i, '').split(/[?#]/, 1)[0]!;
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

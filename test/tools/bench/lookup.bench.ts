import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { build } from 'esbuild';
import { finished } from '../../../src/core/domain/steps.ts';
import { usualV3Row } from '../../../src/core/hubspot/associationsApi.ts';
import { usualBody } from '../../../src/core/hubspot/batchAnswer.ts';
import { compared, inTurn, type Lines, type Measurement, type Pair, sideBySide, timed } from './measurement.ts';
import { readOfficially } from './officialReader.ts';
import { ownProcess } from './ownProcess.ts';
import { batchAnswer, dealIds, firstDeal } from './precomputedHubSpot.ts';
import { readOurs, readRaw } from './readers.ts';

interface Server {
  readonly origin: string;
}

export const lines: readonly Lines[] = [
  { names: ['store.bytes-per-association'], measure: bytesPerAssociation },
  { names: ['validate.vs-json-parse'], measure: validating },
  {
    names: [
      'lookup.100k.vs-raw-sockets',
      'lookup.100k.vs-official-1000',
      'lookup.100k.vs-official-100',
      'loop.longest-block',
    ],
    measure: hundredThousand,
  },
  { names: ['lookup.1M.rss-vs-official', 'lookup.1M.rss-vs-read-and-drop'], measure: memory },
  { names: ['lookup.limited.vs-bucket'], measure: limited },
];

/** The store alone: a million associations, five of each record, three combinations of types. */
async function bytesPerAssociation(): Promise<readonly Measurement[]> {
  const store = await ownProcess<{ readonly bytes: readonly number[] }>('storeSize.ts', { rounds: 5 });
  await store.end();
  const pairs = store.said.bytes.map((each): Pair => [each, 1]);
  return [compared('store.bytes-per-association', pairs, 'bytes', { atMost: 16 })];
}

/** The worst of three sizes of body. */
async function validating(): Promise<readonly Measurement[]> {
  const isUsual = usualBody(usualV3Row);
  const measured: Measurement[] = [];
  for (const each of [5, 50, 500]) {
    const body = batchAnswer(firstDeal, 1000, each);
    const validated = () => {
      if (!finished(isUsual(JSON.parse(body)))) throw new Error('The body is valid');
    };
    const pairs = await sideBySide(validated, () => JSON.parse(body), { least: 9, most: 99, seconds: 4 });
    measured.push(compared('validate.vs-json-parse', pairs, 'ms', { atMost: 1.15 }));
  }
  return [measured.reduce((worst, one) => (one.ratio > worst.ratio ? one : worst))];
}

/** Every reader in turn, so that one reading of ours stands against each of the others. */
async function hundredThousand(): Promise<readonly Measurement[]> {
  const server = await ownProcess<Server>('precomputedHubSpot.ts', { latency: 150 });
  try {
    const { origin } = server.said;
    const ids = dealIds(100_000);
    const largeBody = batchAnswer(firstDeal, 1000, 500);
    // The official loop makes one call after the other, so a part of it tells how long the whole would take.
    const official = async (share: number, batchSize: number) =>
      share * (await timed(() => readOfficially(origin, ids.slice(0, ids.length / share), batchSize)));
    const ours = () => readOurs(origin, ids, { ledger: true });
    const rounds = await inTurn(
      {
        ours: () => timed(ours),
        raw: () => timed(() => readRaw(origin, ids, 1000, 16)),
        official1000: () => official(10, 1000),
        official100: () => official(100, 100),
        parse: () => timed(() => JSON.parse(largeBody)),
        // In a run of its own: whoever watches the event loop keeps it from resting.
        block: () => longestBlock(ours),
      },
      { seconds: 35 },
    );
    const against = (floor: 'raw' | 'official1000' | 'official100') =>
      rounds.map((round): Pair => [round.ours, round[floor]]);
    const blocked = rounds.map((round): Pair => [round.block, round.parse]);
    return [
      compared('lookup.100k.vs-raw-sockets', against('raw'), 'ms', { atMost: 1.2 }),
      compared('lookup.100k.vs-official-1000', against('official1000'), 'ms', { atLeast: 12 }),
      compared('lookup.100k.vs-official-100', against('official100'), 'ms', { atLeast: 100 }),
      compared('loop.longest-block', blocked, 'ms', { atMost: 1.5 }),
    ];
  } finally {
    await server.end();
  }
}

/**
 * The most memory that a process takes to read a million records and keep what came: our Answer, or the results that the
 * official client returned. Each reader runs as it would be shipped, bundled into plain JavaScript, so that no process pays
 * for the compiler of this bench. The third reader shows how little of ours is the look-up's own.
 */
async function memory(): Promise<readonly Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const server = await ownProcess<Server>('precomputedHubSpot.ts', { latency: 0 });
  try {
    const read = async (reader: string) => {
      const child = await ownProcess<{ megabytes: number }>(reader, {
        origin: server.said.origin,
        records: 1_000_000,
      });
      await child.end();
      return child.said.megabytes;
    };
    const ours = await bundled(folder, './readers.ts', 'readOurs');
    const official = await bundled(folder, './officialReader.ts', 'readOfficially');
    const dropping = await bundled(folder, './droppingReader.ts', 'readAndDrop');
    const taken: { readonly value: number; readonly official: number; readonly dropper: number }[] = [];
    for (let round = 0; round < memoryRounds; round++) {
      // At the same time: alone on the machine a reader outruns its garbage collector, and takes a tenth more.
      const [value, byOfficial, dropper] = await Promise.all([ours, official, dropping].map(read));
      taken.push({ value: value!, official: byOfficial!, dropper: dropper! });
    }
    const against = (floor: 'official' | 'dropper') => taken.map((each) => [each.value, each[floor]] as const);
    return [
      compared('lookup.1M.rss-vs-official', against('official'), 'MB', { atMost: 0.4 }),
      compared('lookup.1M.rss-vs-read-and-drop', against('dropper'), 'MB', { atMost: 1.1 }),
    ];
  } finally {
    await server.end();
    await rm(folder, { recursive: true });
  }
}

/** A reader takes the same within a few percent each time, and half a minute. */
const memoryRounds = 3;

/** One reader and what measures it, in one file of plain JavaScript. */
async function bundled(folder: string, module: string, reader: string): Promise<string> {
  const outfile = join(folder, `${reader}.cjs`);
  await build({
    stdin: {
      contents: `import { memoryOfReader } from './memoryOfReader.ts';
        import { ${reader} } from '${module}';
        memoryOfReader(${reader});`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
    outfile,
  });
  return outfile;
}

/**
 * A server that enforces 100 requests in any ten seconds, as HubSpot does for its smallest accounts. Three windows of requests
 * take two windows at the least, and one answer.
 */
async function limited(): Promise<readonly Measurement[]> {
  const limit = { requests: 100, milliseconds: 10_000 };
  const latency = 150;
  const windows = 3;
  const floor = (windows - 1) * limit.milliseconds + latency;
  const ids = dealIds(limit.requests * windows);
  const read = async (): Promise<Pair> => {
    const server = await ownProcess<Server>('precomputedHubSpot.ts', { latency, limit });
    try {
      // The first connection is made before the time begins.
      await fetch(`${server.said.origin}/refused`);
      const taken = await timed(() => readOurs(server.said.origin, ids, { limits: limit, batchSize: 1 }));
      const refused = Number(await (await fetch(`${server.said.origin}/refused`)).text());
      if (refused > 0) throw new Error(`${refused} requests were refused with 429`);
      return [taken, floor];
    } finally {
      await server.end();
    }
  };
  // Nearly all of it is waiting, so they wait together, each with a server and a limiter of its own and none at the same moment.
  const pairs = await Promise.all(
    Array.from({ length: 5 }, async (_, nth) => {
      await new Promise((resolve) => setTimeout(resolve, nth * 500));
      return read();
    }),
  );
  return [compared('lookup.limited.vs-bucket', pairs, 'ms', { atMost: 1.02 })];
}

async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
}

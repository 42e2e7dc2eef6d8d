import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';
import { usualV3Row } from '../../../src/core/hubspot/associationsApi.ts';
import { batchBodySchema } from '../../../src/core/hubspot/batchAnswer.ts';
import {
  compared,
  counted,
  type Measure,
  type Measurement,
  type Pair,
  pairsOf,
  sideBySide,
  timed,
} from './measurement.ts';
import { readOfficially } from './officialReader.ts';
import { ownProcess } from './ownProcess.ts';
import { batchAnswer, dealIds, firstDeal } from './precomputedHubSpot.ts';
import { readOurs, readRaw } from './readers.ts';

interface Server {
  readonly origin: string;
}

export const measure: Measure = async () => [
  await bytesPerAssociation(),
  await validating(),
  ...(await hundredThousand()),
  ...(await memory()),
  await limited(),
];

/** The store alone: a million associations, five of each record, three combinations of types. */
async function bytesPerAssociation(): Promise<Measurement> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const size = () => {
    collect();
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return heapUsed + Math.max(external, arrayBuffers);
  };
  const records = 200_000;
  const each = 5;
  const ids = dealIds(records);
  const before = size();
  const answer = new AnswerColumns({ from: 'deals', to: 'contacts', ids });
  const sets = ['deal_to_contact', 'decision_maker', 'billing'].map((name) => answer.typeSets.named(name));
  for (let record = 0; record < records; record++) {
    const codes = Array.from({ length: each }, (_, nth) => 300_000_000_000 + record * 7 + nth * 11);
    answer.addPage(record, { codes, sets: codes.map((_, nth) => sets[nth % 3]!) }, 10_000);
    answer.settle(record, 'found');
  }
  const value = (size() - before) / answer.counts.associations;
  return counted('store.bytes-per-association', value, 1, 'bytes', { atMost: 16 });
}

/** The worst of three sizes of body. */
async function validating(): Promise<Measurement> {
  const schema = batchBodySchema(usualV3Row);
  const measured: Measurement[] = [];
  for (const each of [5, 50, 500]) {
    const body = batchAnswer(firstDeal, 1000, each);
    const validated = () => {
      if (!schema.validate(JSON.parse(body))) throw new Error('The body is valid');
    };
    const pairs = await sideBySide(validated, () => JSON.parse(body), { least: 9, most: 99, seconds: 6 });
    measured.push(compared('validate.vs-json-parse', pairs, 'ms', { atMost: 1.15 }));
  }
  return measured.reduce((worst, one) => (one.ratio > worst.ratio ? one : worst));
}

async function hundredThousand(): Promise<readonly Measurement[]> {
  const server = await ownProcess<Server>('precomputedHubSpot.ts', { latency: 150 });
  try {
    const { origin } = server.said;
    const ids = dealIds(100_000);
    const ours = () => readOurs(origin, ids, { ledger: true });
    const raw = await sideBySide(ours, () => readRaw(origin, ids, 1000, 16), { least: 9, seconds: 20 });
    const at1000 = await sideBySide(ours, () => readOfficially(origin, ids, 1000));
    const tenth = ids.slice(0, 10_000);
    const at100 = await pairsOf(
      () => timed(ours),
      async () => 10 * (await timed(() => readOfficially(origin, tenth, 100))),
      { least: 3 },
    );
    const largeBody = batchAnswer(firstDeal, 1000, 500);
    const blocked = await pairsOf(
      () => longestBlock(ours),
      () => timed(() => JSON.parse(largeBody)),
      { least: 7 },
    );
    return [
      compared('lookup.100k.vs-raw-sockets', raw, 'ms', { atMost: 1.2 }),
      compared('lookup.100k.vs-official-1000', at1000, 'ms', { atLeast: 12 }),
      compared('lookup.100k.vs-official-100', at100, 'ms', { atLeast: 100 }),
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
    for (let round = 0; round < 5; round++) {
      taken.push({ value: await read(ours), official: await read(official), dropper: await read(dropping) });
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
async function limited(): Promise<Measurement> {
  const limit = { requests: 100, milliseconds: 10_000 };
  const latency = 150;
  const windows = 3;
  const floor = (windows - 1) * limit.milliseconds + latency;
  const server = await ownProcess<Server>('precomputedHubSpot.ts', { latency, limit });
  try {
    const ids = dealIds(limit.requests * windows);
    const taken: Pair[] = [];
    for (let round = 0; round < 3; round++) {
      taken.push([await timed(() => readOurs(server.said.origin, ids, { limits: limit, batchSize: 1 })), floor]);
      // The next round begins with an empty window.
      await new Promise((resolve) => setTimeout(resolve, limit.milliseconds));
    }
    const refused = Number(await (await fetch(`${server.said.origin}/refused`)).text());
    if (refused > 0) throw new Error(`${refused} requests were refused with 429`);
    return compared('lookup.limited.vs-bucket', taken, 'ms', { atMost: 1.02 });
  } finally {
    await server.end();
  }
}

async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
}

/** A cell or a row of pairs that is megabytes long is read in steps, so that others can work in between. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PairRows } from '../../../src/core/pairs/pairRows.ts';
import { type PairChoice, pairScanner } from '../../../src/core/pairs/pairScanner.ts';
import { proposePairs } from '../../../src/core/pairs/proposal.ts';

const count = 120_000;
const id = (nth: number) => String(17_983_563_713 + nth);
const times = (part: (nth: number) => string) => Array.from({ length: count }, (_, nth) => part(nth)).join('');
const table = 'Deal ID,Company ID,Association Label\n51234567,61234567,x\n51234568,61234568,y\n';
const json = '[{"from":{"id":51234567},"to":[{"id":61234567}]},{"from":{"id":51234568},"to":[{"id":61234568}]},';

interface Told {
  readonly pairs: number;
  readonly noPairs: number;
  readonly problem?: string;
}

/** Rows of which one value is nearly all, and how many pairs and values that make none there are. */
const texts: Readonly<Record<string, readonly [format: 'delimited' | 'json', text: string, told: Told]>> = {
  'ids in one cell': [
    'delimited',
    `${table}51234569,${times((nth) => `${id(nth)};`)},x\n`,
    { pairs: count + 2, noPairs: 0 },
  ],
  'prose in one cell': [
    'delimited',
    `${table}51234569,${times((nth) => `deal ${id(nth)} `)},x\n`,
    { pairs: count + 2, noPairs: count },
  ],
  'words without a digit': ['delimited', `${table}51234569,${times(() => 'abc ')},x\n`, { pairs: 2, noPairs: count }],
  'many records in one cell': [
    'delimited',
    `${table}${times((nth) => `${id(nth)};`)},61234569,x\n`,
    { pairs: 2, noPairs: 1 },
  ],
  'blanks in one cell': ['delimited', `${table}51234569,6${times(() => '          ')}5,x\n`, { pairs: 4, noPairs: 0 }],
  'blanks before a value': [
    'delimited',
    `${table}51234569,${times(() => '          ')}61234569,x\n`,
    { pairs: 3, noPairs: 0 },
  ],
  'only blanks': ['delimited', `${table}51234569,${times(() => '          ')},x\n`, { pairs: 2, noPairs: 0 }],
  'blanks of other kinds around a value': [
    'delimited',
    `${table}51234569,${times(() => "\u00a0''''''''")}61234569${times(() => '        ')},x\n`,
    { pairs: 3, noPairs: 0 },
  ],
  'many labels': [
    'delimited',
    `${table}51234569,61234569,${times((nth) => `label ${nth};`)}\n`,
    { pairs: 3, noPairs: 0, problem: 'noLabels' },
  ],
  'a long label': [
    'delimited',
    `${table}51234569,61234569,"${times(() => '""x')}"\n`,
    { pairs: 3, noPairs: 0, problem: 'noLabels' },
  ],
  'a list of objects': [
    'json',
    `${json}{"from":{"id":51234569},"to":[${times((nth) => `{"id":${id(nth)}},`)}{"id":1}]}]`,
    { pairs: count + 3, noPairs: 0 },
  ],
  'a list of objects with labels': [
    'json',
    `${json}{"from":{"id":51234569},"to":[${times((nth) => `{"id":${id(nth)},"label":"x"},`)}{"id":1}]}]`,
    { pairs: count + 3, noPairs: 0 },
  ],
  'escapes in one string': [
    'json',
    `${json}{"from":{"id":51234569},"to":[{"id":"${times(() => '\\u0031\\\\u003b\\n')}"}]}]`,
    { pairs: 2, noPairs: count },
  ],
  'ids in one string': [
    'json',
    `${json}{"from":{"id":51234569},"to":[{"id":"${times((nth) => `${id(nth)};`)}"}]}]`,
    { pairs: count + 2, noPairs: 0 },
  ],
};

function proposedFor(text: string, format: 'delimited' | 'json'): PairChoice {
  const proposal = proposePairs(text.slice(0, 65_536), format);
  assert.ok(proposal.kind !== 'notTwo' && proposal.from !== undefined && proposal.to !== undefined);
  const { from, to, label } = proposal;
  if (proposal.kind === 'columns')
    return { kind: 'columns', table: proposal.table, from, to, ...(label === undefined ? {} : { label }) };
  const nameOf = (at: number) => proposal.sources[at]!.name;
  return { kind: 'keys', from: nameOf(from), to: nameOf(to), ...(label === undefined ? {} : { label: nameOf(label) }) };
}

/** What one step may do at most, of each kind. */
const mostOfStep = { looks: 1_000_000, characters: 1_000_000, values: 30_000 };

/**
 * Counts the characters looked at, those trimmed, searched by patterns, split and parsed, and the pairs and other values taken in:
 * of the others only those that are kept, as the rest is nothing but a number.
 */
function mostInOneStep(text: string, format: 'delimited' | 'json') {
  const { charCodeAt, split, replaceAll, normalize, trim } = String.prototype;
  const { parse } = JSON;
  const rows = new PairRows();
  const steps = pairScanner(proposedFor(text, format), rows).take(text, 0, true);
  const most = { looks: 0, characters: 0, values: 0 };
  let looks = 0;
  let characters = 0;
  String.prototype.charCodeAt = function (at) {
    looks++;
    return charCodeAt.call(this, at);
  };
  const counting = <Arguments extends unknown[], Result>(method: (...given: Arguments) => Result) =>
    function (this: string, ...given: Arguments): Result {
      characters += this.length;
      return method.apply(this, given);
    };
  Object.assign(String.prototype, {
    split: counting(split),
    replaceAll: counting(replaceAll),
    normalize: counting(normalize),
    trim(this: string) {
      const trimmed = trim.call(this);
      characters += this.length - trimmed.length;
      return trimmed;
    },
  });
  JSON.parse = (text: string) => {
    characters += text.length;
    return parse(text);
  };
  try {
    for (let isDone = false, before = 0; !isDone; looks = characters = 0) {
      isDone = steps.next().done === true;
      const values = rows.pairs.length + rows.noPairs.length;
      most.looks = Math.max(most.looks, looks);
      most.characters = Math.max(most.characters, characters);
      most.values = Math.max(most.values, values - before);
      before = values;
    }
  } finally {
    Object.assign(String.prototype, { charCodeAt, split, replaceAll, normalize, trim });
    JSON.parse = parse;
  }
  return { rows, most };
}

for (const [name, [format, text, told]] of Object.entries(texts)) {
  test(`${name}: no step does more than a part of the work`, () => {
    const { rows, most } = mostInOneStep(text, format);
    const { pairs, noPairCount, problem } = rows;
    assert.deepEqual({ pairs: pairs.length, noPairs: noPairCount, problem }, { problem: undefined, ...told });
    for (const [kind, limit] of Object.entries(mostOfStep))
      assert.ok(most[kind as keyof typeof mostOfStep] <= limit, `${most[kind as keyof typeof mostOfStep]} ${kind}`);
  });
}

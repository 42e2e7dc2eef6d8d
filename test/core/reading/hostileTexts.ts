/**
 * Texts made to be slow: every token that the reader's own source looks for, repeated, alone and in pairs. The tokens are read
 * out of the source, so that a word, a sign or a character that the reader learns tomorrow is tried without a line here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const rooms = ['reading', 'domain/objectTypes.ts'].map((room) => join(import.meta.dirname, '../../../src/core', room));

/** What is written in other ways than as a word of the source: escapes, digits of other scripts, numbers, whole structures. */
const written: readonly string[] = [
  // Escapes of JSON, of code, of addresses, of HTML.
  ...[
    '\\u0031',
    '\\u003c',
    '\\u0',
    '\\u',
    '\\n',
    '\\t',
    '\\\\',
    '\\"',
    '\\/',
    '\\x31',
    '\\n1',
    '%31',
    '%3D5',
    '%',
    '&#49;',
    '&amp;',
    '&#',
  ],
  // Digits of other scripts, and what else is no ASCII.
  ...[
    '\u0661',
    '\u0967',
    '\uff11',
    '\u{1d7cf}',
    '\ud800',
    '\udc00',
    '\u3042',
    '\u4f1a\u793e',
    '\u0e01',
    'e\u0301',
    '\u200b',
    '\u202e',
    '\ufeff',
    '\u2028',
  ],
  // Numbers and parts of them.
  ...[
    '1',
    '12',
    '123',
    '1234567',
    '12345678',
    '17982944313',
    '12345678901234567890',
    '0',
    '00',
    '01',
    '1a',
    'a1',
    'a1b',
    '1.',
    '1,',
    '1:',
    '1-',
    '1/',
    '1_',
    '1e',
    '1E+',
    '1.5',
    '1,234',
    "1'234",
    '1 234',
    '+1',
    '-1',
    '+49 ',
    '(555) ',
    '030 ',
    '0x1F',
    'deadbeef1',
    '1L',
    '1%',
    '$1',
    '€1',
    '1 ms',
    '5 contacts',
    '1)',
    '1. ',
    '#1',
    '=1',
    ':1',
  ],
  // Dates, times, addresses of networks, ids that are no record's.
  ...[
    '2026-01-31',
    '2026-01-31T10:11:12',
    '2026-01-31T10:11:12.345678Z',
    '31.01.2026',
    '1/31/26',
    '10:11',
    '10:11:12,345',
    '1764000000',
    '1764000000123',
    '10.0.0.1',
    '10.0.0.1:80',
    '2001:db8:',
    'ab:cd:',
    '1.2.3',
    'v1.2.3-rc.1',
    '123e4567-e89b-12d3-a456-426614174000',
  ],
  // HubSpot's addresses and paths.
  ...[
    'https://',
    'https:\\/\\/',
    'https://app.hubspot.com/contacts/1/record/0-3/5/',
    'https://app.hubspot.com/contacts/1/?a=1&',
    '/contacts/1/record/0-1/5',
    '/crm/v3/objects/deals/5',
    '/crm/v3/associations/deals/companies/batch/read',
    'deals/12345678/',
    'contacts/',
    'associations/',
    '0-3/',
    '2-3092211/',
    '?id=5&',
    'www.',
    'curl ',
    'POST /',
  ],
  // Tables, lists, JSON, YAML, code.
  ...[
    '|',
    '|-',
    '|---|\n',
    '| a | Deal ID |\n|---|---|\n',
    '| 5 | 6 |\n',
    '+---+\n',
    '",',
    '"a,',
    '"1"x,',
    '""',
    '"\n',
    ';',
    '\t',
    ',',
    ', ',
    ',\n',
    '\n',
    '\r',
    '\r\n',
    ' ',
    '  ',
    'sep=;\n',
    'Deal ID,',
    'Deal ID\n',
    'Deal ID,Name\n5,"x\n',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '{"a":',
    '{"id":1,',
    '{"id":1}\n',
    '[1,',
    '["1",',
    '"id":',
    '"results":[{',
    '{"objectTypeId":"0-3","id":1,"x":',
    '{"a":"\\n1',
    '//',
    '/*',
    '*/',
    '// 1\n',
    '-- 1\n',
    '5, -- sold\n',
    '#',
    '- ',
    '* ',
    '- id: 1\n',
    'id: 1\n  ',
    'contacts:\n- id: "5"\n',
    'deals:\n',
    ' \n',
    'new Set([1 ',
    'IN (1, ',
    'c.id = ',
    'FROM companies c ',
    'List.of(5L, ',
    'NULL',
    'N/A ',
    '<',
    '>',
    '<a href="',
    '=',
    '="5"',
    '`',
    "'",
    '"',
  ],
];

/** Words, signs and characters that the reader's source names in strings, patterns and comparisons. */
function tokensOfSource(): readonly string[] {
  const found = new Set<string>();
  for (const file of rooms.flatMap(filesUnder)) {
    const source = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
    for (const [, , text = ''] of source.matchAll(/(['`"])((?:\\.|(?!\1).)*)\1/g)) {
      for (const word of text.split(' ')) if (word.length > 0 && word.length <= 40) found.add(word);
    }
    // Characters by their code, and the plain words of patterns.
    for (const [, code] of source.matchAll(/[=<>] (0x[\da-f]+|\d{1,5})\b/g))
      found.add(String.fromCharCode(Number(code)));
    for (const [, pattern = ''] of source.matchAll(/[(= ]\/((?:\\.|[^/\n])+)\/[dgimsuvy]*/g))
      for (const [word] of pattern.matchAll(/\p{L}{2,}/gu)) found.add(word);
  }
  return [...found];
}

function filesUnder(room: string): string[] {
  return room.endsWith('.ts')
    ? [room]
    : readdirSync(room, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join(room, file));
}

/** How a token may stand beside itself; a letter after its name in the text's name. */
const joins: readonly (readonly [string, (token: string) => string])[] = [
  ['', (token) => token],
  [' ', (token) => `${token} `],
  [' 5', (token) => `${token} 12345678 `],
  ['=5', (token) => `${token}=12345678, `],
  ['["', (token) => `["${token}",`],
];

/** A text that is made for a size, by what is repeated in it. */
export interface HostileText {
  readonly name: string;
  make(size: number): string;
}

/** What stands before and behind the repetitions: an opened structure, another end. */
const frames: readonly (readonly [string, string])[] = [
  ['', ''],
  ['{"a":"', ''],
  ['Deal ID,b\n"', ''],
  ['', '\u0661'],
  ['deal ', ' 17982944313'],
];

function repeated(unit: string, before = '', behind = ''): HostileText {
  return {
    name: JSON.stringify(`${before}(${unit})*${behind}`),
    make: (size) => before + unit.repeat(Math.max(1, Math.floor(size / unit.length))) + behind,
  };
}

/** Texts that took seconds once, or were thought of one by one. */
export function known(): readonly HostileText[] {
  const page = 'https://app.hubspot.com/contacts/1/record/0-3/5';
  return [
    repeated('\\u0031'),
    repeated('\\u0', 'deal ', ' 17982944313'),
    repeated('a1', '', '\u0661'),
    repeated('1-', '', '\u0661'),
    repeated('a1\u0661'),
    repeated('\\1', '', '-'.repeat(2_000)),
    repeated('a', `${page}?`),
    repeated('1', `${page}?id=`, 'x'),
    repeated('a=1', `${page}?`),
    repeated('"', '{"a":"'),
    repeated('\\"', '["'),
    repeated('"a,', 'Deal ID,b\n'),
    repeated(' ', 'x', '1'),
    repeated('[', '', '1'),
    repeated('\n', 'a', '1'),
    repeated('{"category":"HUBSPOT_DEFINED","id":1,"a":'),
    repeated('      |---|\n  id: \n'),
    inTurn('{"id":1},', '{"category":"HUBSPOT_DEFINED","id":1},'),
    inTurn('{"from":5},', '{"toObjectType":"deal","id":5},'),
    different((number) => `/crm/v3/objects/2-${10_000_000 + number}/${17_982_944_313 + number}\n`),
    different((number) => `2-${10_000_000 + number} ${17_982_944_313 + number}\n`),
  ];
}

/** As many of the one and then of the other. */
function inTurn(one: string, other: string): HostileText {
  const half = (part: string, size: number) => part.repeat(Math.ceil(size / 2 / part.length));
  return {
    name: JSON.stringify(`[(${one})*(${other})*]`),
    make: (size) => `[${half(one, size)}${half(other, size)}]`,
  };
}

/** Each line another one. */
function different(line: (number: number) => string): HostileText {
  const length = line(0).length;
  const make = (size: number) => Array.from({ length: Math.ceil(size / length) }, (_, number) => line(number)).join('');
  return { name: `different ${JSON.stringify(line(0))}`, make };
}

/** Every token by itself, in every frame and joined in every way. */
export function singles(): readonly HostileText[] {
  const framed = written.flatMap((token) => frames.map(([before, behind]) => repeated(token, before, behind)));
  const joined = [...new Set([...written, ...tokensOfSource()])].flatMap((token) =>
    joins.map(([, join]) => repeated(join(token))),
  );
  return unique([...framed, ...joined]);
}

/** Pairs of the tokens that are no plain word, each beside each: `every` takes one of so many of them, from `first` on. */
export function pairs(every = 1, first = 0): readonly HostileText[] {
  const signs = [...new Set([...written, ...tokensOfSource().filter((token) => !/^\p{L}+$/u.test(token))])];
  const all: HostileText[] = [];
  let number = first;
  for (const one of signs) {
    for (const other of signs) {
      if (one === other || number++ % every !== 0) continue;
      // In turn, and one a half of the text each: both a quadratic pass and one that looks for what stands far away.
      all.push(repeated(one + other));
      all.push({
        name: JSON.stringify(`(${one})*(${other})*`),
        make: (size) => one.repeat(Math.ceil(size / 2 / one.length)) + other.repeat(Math.ceil(size / 2 / other.length)),
      });
    }
  }
  return all;
}

function unique(texts: readonly HostileText[]): readonly HostileText[] {
  return [...new Map(texts.map((text) => [text.name, text])).values()];
}

/** The first lines of twenty look-ups, as they stand in firstLines.txt: whoever changes one has to look at all of them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { firstLine } from '../../../src/core/report/firstLine.ts';
import { plantedLookUps } from './plantedLookUps.ts';

const golden = readFileSync(new URL('firstLines.txt', import.meta.url), 'utf8');

test('the first lines of the planted look-ups stand as they are written down', () => {
  const lines = Object.values(plantedLookUps()).map(firstLine);
  assert.equal(lines.length, 20);
  assert.equal(`${lines.join('\n')}\n`, golden);
});

test('each of them has the whole equation, the account, the version and a verdict, in one line', () => {
  for (const [what, lookUp] of Object.entries(plantedLookUps())) {
    const line = firstLine(lookUp);
    assert.doesNotMatch(line, /[\n\r\u2028\u202e]/, what);
    const [, ...numbers] =
      /(\d+) asked = (\d+) found \+ (\d+) none.*? \+ (\d+) failed \+ (\d+) not read/.exec(line) ?? [];
    const [asked, ...parts] = numbers.map(Number);
    assert.equal(
      parts.reduce((sum, part) => sum + part, 0),
      asked,
      what,
    );
    assert.match(line, /; account "/, what);
    assert.match(
      line,
      /associations?(?: not known| \(pairs of records\))?; (?:NOT COMPLETE|NOT KNOWN TO BE COMPLETE|COMPLETE)/,
      what,
    );
    assert.match(line, /; (?:API (?:v3|2026-0[39])|HubSpot was not asked)\.$/, what);
    const saysComplete =
      /; COMPLETE(?:: for every ID all associations were read; account| within the sample data; to look)/.test(line);
    const { answer, state, areForeign } = lookUp;
    const ofUser = answer.notices.some(({ kind }) => kind === 'userToken');
    assert.equal(saysComplete, answer.complete && state === 'ended' && !areForeign && !ofUser, what);
    assert.equal(line.startsWith('SAMPLE DATA'), lookUp.account.isSample, what);
    assert.equal(/^[A-Z ]+, not production: /.test(line), lookUp.account.isTest === true, what);
  }
});

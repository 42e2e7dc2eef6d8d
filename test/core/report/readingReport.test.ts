import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finished } from '../../../src/core/domain/steps.ts';
import { readWhole } from '../../../src/core/reading/readRecordIds.ts';
import { readingReport } from '../../../src/core/report/readingReport.ts';
import { placesIn } from '../../../src/ids/idPlaces.ts';

const maxBytes = 4_000;

test('a report of a reading counts what was found and ignored, and tells the distinct ids on pages', () => {
  const text = Array.from({ length: 900 }, (_, nth) => `deal ${17_983_563_713 + (nth >> 1)} on 2026-11-20\n`).join('');
  const reading = readWhole(text);
  const { ids: distinctIds } = placesIn('', reading.ids);
  const told: string[] = [];
  for (let offset = 0; offset < distinctIds.length; ) {
    const report = finished(readingReport(reading, { distinctIds, source: 'the text given', offset, maxBytes }));
    assert.ok(report.length <= maxBytes);
    const lines = report.split('\n');
    assert.match(
      lines[0]!,
      /^1800 values seen = 900 record IDs \(450 distinct\) \+ 0 unsure \+ 900 ignored; from the text given;/,
    );
    const { ignored, objectTypes } = JSON.parse(lines[1]!);
    assert.deepEqual([ignored, objectTypes], [{ date: 900 }, { '0-3': 900 }]);
    const page: string[] = JSON.parse(lines.at(-2)!);
    told.push(...page);
    offset += page.length;
  }
  assert.deepEqual(told, distinctIds);
});

test('what a million values are is counted in steps', () => {
  const text = '17983563713 on 2026-11-20, 5 times\n'.repeat(150_000);
  const reading = readWhole(text);
  const steps = readingReport(reading, { distinctIds: ['17983563713'], source: 'the text given', offset: 0, maxBytes });
  const values = reading.ids.length + reading.ignored.length + reading.unsure.length;
  let count = 1;
  while (!steps.next().done) count++;
  assert.ok(count > values / 150_000, `${count} steps for ${values} values`);
});

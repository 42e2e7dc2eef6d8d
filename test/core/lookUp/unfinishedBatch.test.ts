import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookUp } from '../../../src/core/lookUp/lookUp.ts';
import { restoreLookUp } from '../../../src/core/lookUp/restore.ts';
import { createSamplePortal, samplePairs } from '../../../src/core/sampleHubSpot/sampleHubSpot.ts';
import { ledgerInMemory } from '../ledger/ledgerInMemory.ts';
import { madePorts } from '../madePorts.ts';

const question = samplePairs.dealsToCompanies;
const portal = createSamplePortal();

/** The sample account, whose first batch ends as this status. */
function portsWithFirst(status: string) {
  let calls = 0;
  return madePorts({
    fetch: async (...args: Parameters<typeof portal.fetch>) => {
      const response = await portal.fetch(...args);
      const isFirst = calls++ === 0;
      const text = async () =>
        (await response.text()).replace('"status":"COMPLETE"', `"status":"${isFirst ? status : 'COMPLETE'}"`);
      return { status: response.status, headers: response.headers, text };
    },
  });
}

const facts = (answer: Awaited<ReturnType<typeof lookUp>['done']>['answer']) =>
  question.ids.map((id) => {
    const record = answer.recordOf(id)!;
    return [id, answer.state(record), answer.associationCount(record), answer.truncation(record)];
  });

for (const status of ['CANCELED', 'PENDING', 'PROCESSING', 'SOMETHING_NEW']) {
  test(`a ${status} batch that names every record is kept, is not complete, and is read again by a resume`, async () => {
    const ports = portsWithFirst(status);
    const ledger = ledgerInMemory();
    const first = lookUp(question, ports, { ledger });
    const { answer, stopped } = await first.done;
    assert.equal(stopped, undefined);
    assert.equal(answer.complete, false);
    assert.equal(answer.counts.found + answer.counts.none, answer.counts.asked, 'what it brought is kept');
    assert.ok(facts(answer).every(([, , , truncation]) => truncation === 'page'));

    const restored = await restoreLookUp(ledger.lines);
    assert.equal(restored.kind, 'restored');
    assert.ok(restored.kind === 'restored' && !restored.state.answer.complete, 'nor after a reload');

    const again = await lookUp(question, ports, { resume: first.state }).done;
    const faultFree = await lookUp(question, portsWithFirst('COMPLETE')).done;
    assert.notEqual(again.answer.completeness, 'incomplete');
    assert.deepEqual(facts(again.answer), facts(faultFree.answer));
    assert.equal(again.answer.counts.associations, faultFree.answer.counts.associations);
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerColumns } from '../../../src/core/answer/answerColumns.ts';

function answerWith(names: number, perPage: number): AnswerColumns {
  const answer = new AnswerColumns({ from: 'deals', to: 'companies', ids: ['1'] });
  for (let first = 0; first < names; first += perPage) {
    const sets = Uint32Array.from({ length: perPage }, (_, nth) => answer.typeSets.named(`name_${first + nth}`));
    const page = { codes: new Float64Array(perPage).fill(7), sets };
    const { widened } = answer.addPage(0, page, 10_000);
    assert.ok(first === 0 || widened > 0);
    assert.deepEqual(answer.addPage(0, page, 10_000), { added: 0, widened: 0, dropped: 0 });
  }
  return answer;
}

/** Types held by all sets together: what they take in memory. */
function held({ typeSets }: AnswerColumns): number {
  let types = 0;
  for (let set = 0; set < typeSets.size; set++) types += typeSets.sizeOf(set);
  return types;
}

for (const perPage of [8_000, 100]) {
  test(`one association under 8,000 type names, ${perPage} a page, has them all and holds little more`, () => {
    const answer = answerWith(8_000, perPage);
    assert.equal(answer.associationCount(0), 1);
    assert.equal(new Set(answer.types(0, 0).map(({ name }) => name)).size, 8_000);
    const pages = 8_000 / perPage;
    assert.ok(held(answer) <= 8_000 * (2 + pages / 2 + 1), `${held(answer)} types in ${answer.typeSets.size} sets`);
  });
}

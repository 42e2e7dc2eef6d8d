/** An Answer as plain data, for comparing two: everything that is said about every record, in the order of the question. */
import type { Answer } from '../../src/core/domain/associations.ts';

export function answerDigest(answer: Answer) {
  const records = Array.from({ length: answer.counts.asked }, (_, record) => ({
    id: answer.recordId(record),
    state: answer.state(record),
    truncation: answer.truncation(record),
    problem: answer.problem(record),
    to: Array.from({ length: answer.associationCount(record) }, (_, nth) => [
      answer.toId(record, nth),
      answer.types(record, nth),
    ]),
  }));
  return { records, counts: answer.counts, complete: answer.complete, notices: answer.notices };
}

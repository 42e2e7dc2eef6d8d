import type { Answer } from '../../../src/core/domain/associations.ts';
import type { MatrixType } from '../../../src/core/rows/matrixType.ts';

/** The columns of a matrix over these Answers. */
export function typesOf(types: readonly string[], answers: readonly (Answer | undefined)[]): readonly MatrixType[] {
  return types.map((to, at) => ({
    to,
    head: to,
    answer: answers[at],
    isRunning: () => false,
    told: () => ({ detail: String(answers[at]?.counts.associations ?? 0), tooltip: to }),
  }));
}

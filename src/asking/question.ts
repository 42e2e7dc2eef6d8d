/** Questions that come from outside (other extensions, tasks, keybindings), parsed. */
import * as z from 'zod';
import { apiVersions, type Question } from '../core/domain/associations.ts';
import { isObjectTypeName } from '../core/domain/objectTypes.ts';

const objectType = z.string().refine(isObjectTypeName, {
  error: 'Not an object type: give a name such as "deals", or an id such as "0-3" or "2-123"',
});

const question = z.object({
  ids: z
    .array(z.union([z.string(), z.int().nonnegative().transform(String)]), { error: 'Not an array of record ids' })
    .min(1, { error: 'There is no record id' }),
  from: objectType,
  to: objectType,
  apiVersion: z.enum(apiVersions).optional(),
  recordCap: z.union([z.int().positive(), z.literal(Number.POSITIVE_INFINITY)]).optional(),
});

/**
 * The question in a value from outside. Ids may be strings or whole numbers that a number can hold exactly.
 * @throws TypeError that says what does not fit; nothing was sent then
 */
export function parseQuestion(given: unknown): Question {
  const parsed = question.safeParse(given);
  if (parsed.success) return withoutUndefined(parsed.data);
  throw new TypeError(`A look-up takes { ids, from, to }. ${z.prettifyError(parsed.error)}`);
}

function withoutUndefined({ ids, from, to, apiVersion, recordCap }: z.infer<typeof question>): Question {
  return { ids, from, to, ...(apiVersion ? { apiVersion } : {}), ...(recordCap ? { recordCap } : {}) };
}

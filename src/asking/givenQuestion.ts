/** A question that is given whole, as a value from outside. */
import * as z from 'zod';
import { apiVersions, type Question, type QuestionOfTypes } from '../core/domain/associations.ts';
import { objectTypeName } from '../core/domain/objectTypes.ts';

/** More than HubSpot has with all custom ones of an account: each is a call at least, however few the ids are. */
const mostTypes = 100;

const question = z.object({
  ids: z
    .array(z.union([z.string(), z.int().nonnegative().transform(String)]), { error: 'Not an array of record IDs' })
    .min(1, { error: 'There is no record ID' }),
  from: objectTypeName,
  to: z.union([objectTypeName, z.array(objectTypeName).min(1, { error: 'There is no object type' }).max(mostTypes)], {
    error: `Not an object type, nor a list of 1 to ${mostTypes} of them`,
  }),
  apiVersion: z.enum(apiVersions).optional(),
  recordCap: z.union([z.int().positive(), z.literal(Number.POSITIVE_INFINITY)]).optional(),
});

/**
 * The question in a value from outside. Ids may be strings or whole numbers that a number can hold exactly.
 * @throws TypeError that says what does not fit; nothing was sent then
 */
export function parseQuestion(given: unknown): Question | QuestionOfTypes {
  const parsed = question.safeParse(given);
  if (parsed.success) return withoutUndefined(parsed.data);
  throw new TypeError(`A lookup takes { ids, from, to }. ${firstProblems(parsed.error)}`);
}

/** What does not fit: the first few things, as a million ids may each be wrong. */
export function firstProblems({ issues }: z.ZodError): string {
  return z.prettifyError(new z.ZodError(issues.slice(0, 3)));
}

export function areSeveral(asked: Question | QuestionOfTypes): asked is QuestionOfTypes {
  return typeof asked.to !== 'string';
}

function withoutUndefined({ ids, from, to, apiVersion, recordCap }: z.infer<typeof question>) {
  const rest = { ...(apiVersion ? { apiVersion } : {}), ...(recordCap ? { recordCap } : {}) };
  return typeof to === 'string' ? { ids, from, to, ...rest } : { ids, from, to: [...new Set(to)], ...rest };
}

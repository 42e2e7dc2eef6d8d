/** What a language model hands to a tool. VS Code does not hold it against the schema in the manifest, so it is parsed here. */
import * as z from 'zod';
import { apiVersions } from '../core/domain/associations.ts';
import { isObjectTypeName, standardObjectType } from '../core/domain/objectTypes.ts';
import { safely } from '../core/domain/thrown.ts';
import { usualBytes } from '../core/report/lookUpReport.ts';

/** IDs that may stand in the input itself; more of them come out of a file. */
const mostIds = 10_000;

/** HubSpot's own types by their plural name, however they were written: "Deal", "deals", "0-3". */
const objectType = z
  .string({ error: 'Not an object type' })
  .transform((name) => standardObjectType(name)?.name ?? name.trim())
  .refine(isObjectTypeName, { error: 'Not an object type: give a name such as "deals", or an ID such as "2-123"' });

/** Object types in one call: the first line says what became of each. */
const mostTypes = 5;

const objectTypes = z
  .union([objectType.transform((one) => [one]), z.array(objectType)], {
    error: 'Not an object type, or a list of them: give names such as "deals", or IDs such as "2-123"',
  })
  .transform((types) => [...new Set(types)])
  .refine(({ length }) => length > 0 && length <= mostTypes, { error: `Not 1 to ${mostTypes} object types` });

const columnName = z.string({ error: 'Not the name of a column' }).max(1000, { error: 'The name is too long' });
const file = z.object({
  path: z
    .string({ error: 'Not a path' })
    .min(1, { error: 'The path is empty' })
    .max(4096, { error: 'The path is too long' }),
  column: columnName.optional(),
});

const offset = z.int({ error: 'Not a whole number' }).nonnegative({ error: 'Less than 0' }).default(0);
const maxBytes = z
  .int({ error: 'Not a whole number' })
  .min(usualBytes, { error: `At least ${usualBytes}` })
  .max(64_000, { error: 'At most 64000' })
  .default(usualBytes);

const readIdsInput = z
  .object({
    text: z.string({ error: 'Not a text' }).max(1_000_000, { error: 'Too long: give a file' }).optional(),
    file: file.optional(),
    offset,
    maxBytes,
  })
  .refine(({ text, file }) => (text === undefined) !== (file === undefined), {
    error: 'Give either "text" or "file"',
  });
export type ReadIdsInput = z.infer<typeof readIdsInput>;

/** Something new has one of two sources and both object types, the rest of an answer has none of these. */
function isNewOrRest(lookUp: string | undefined, sources: readonly unknown[], types: readonly unknown[]): boolean {
  const given = (all: readonly unknown[]) => all.filter((each) => each !== undefined).length;
  const [of, ends] = lookUp === undefined ? [1, 2] : [0, 0];
  return given(sources) === of && given(types) === ends;
}

const ids = z
  .array(
    z.union([z.string(), z.int().nonnegative().transform(String)], { error: 'Not a record ID: give digits as a text' }),
    {
      error: 'Not a list of record IDs',
    },
  )
  .min(1, { error: 'There is no record ID' })
  .max(mostIds, { error: `More than ${mostIds} record IDs: give a file` });

const lookUpInput = z
  .object({
    ids: ids.optional(),
    file: file.optional(),
    from: objectType.optional(),
    to: objectTypes.optional(),
    account: z.string({ error: 'Not the name of an account' }).max(1000, { error: 'Too long' }).optional(),
    apiVersion: z.enum(apiVersions, { error: `Not one of ${apiVersions.join(', ')}` }).optional(),
    recordCap: z
      .int({ error: 'Not a whole number' })
      .min(1, { error: 'At least 1' })
      .max(1_000_000, { error: 'At most 1000000' })
      .optional(),
    lookUp: z.string({ error: 'Not the ID of a lookup' }).max(100, { error: 'Too long' }).optional(),
    offset,
    maxBytes,
  })
  .refine(({ lookUp, ids, file, from, to }) => isNewOrRest(lookUp, [ids, file], [from, to]), {
    error: 'Give "from", "to" and either "ids" or "file"; or "lookUp" and "offset" for the rest of an answer',
  });
export type LookUpInput = z.infer<typeof lookUpInput>;

/** Pairs that may stand in the input itself; more of them come out of a file. */
const mostPairs = 5_000;

const recordId = z.union([z.string().max(100), z.int().nonnegative().transform(String)], {
  error: 'Not a record ID: give digits as a text',
});

const pairs = z
  .array(
    z.object({
      from: recordId,
      to: recordId,
      labels: z.array(z.string().max(200), { error: 'Not a list of labels' }).max(20).default([]),
    }),
    { error: 'Not a list of pairs' },
  )
  .min(1, { error: 'There is no pair' })
  .max(mostPairs, { error: `More than ${mostPairs} pairs: give a file` });

const pairsFile = file.omit({ column: true }).extend({
  fromColumn: columnName,
  toColumn: columnName,
  labelColumn: columnName.optional(),
});

const checkInput = z
  .object({
    pairs: pairs.optional(),
    file: pairsFile.optional(),
    from: objectType.optional(),
    to: objectType.optional(),
    isWhole: z.boolean({ error: 'Not true or false' }).default(false),
    account: lookUpInput.shape.account,
    apiVersion: lookUpInput.shape.apiVersion,
    lookUp: lookUpInput.shape.lookUp,
    offset,
    maxBytes,
  })
  .refine(({ lookUp, pairs, file, from, to }) => isNewOrRest(lookUp, [pairs, file], [from, to]), {
    error: 'Give "from", "to" and either "pairs" or "file"; or "lookUp" and "offset" for the rest of an answer',
  });
export type CheckInput = z.infer<typeof checkInput>;

/** The input, or what does not fit, in a sentence without anything of what was given. */
export type Parsed<Input> = { readonly input: Input } | { readonly refused: string };

export function parseReadIds(given: unknown): Parsed<ReadIdsInput> {
  return parsedBy(readIdsInput, given);
}

export function parseLookUp(given: unknown): Parsed<LookUpInput> {
  return parsedBy(lookUpInput, given);
}

export function parseCheck(given: unknown): Parsed<CheckInput> {
  return parsedBy(checkInput, given);
}

/** Problems said of one input. */
const mostProblems = 3;

function parsedBy<Input>(schema: z.ZodType<Input>, given: unknown): Parsed<Input> {
  const parsed = safely(() => schema.safeParse(given));
  if (parsed?.success) return { input: parsed.data };
  const problems = (parsed?.error.issues ?? [])
    .slice(0, mostProblems)
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
  return { refused: `the input does not fit. ${problems.join('. ')}` };
}

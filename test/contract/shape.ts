/** A small language for what a published contract says about JSON, and a check that names every difference. */

export type Shape =
  | 'string'
  | 'integer'
  | 'dateTime'
  | 'uuid'
  | 'object'
  | { readonly oneOf: readonly string[] }
  | { readonly listOf: Shape }
  | { readonly mapOf: Shape }
  | { readonly required: Readonly<Record<string, Shape>>; readonly optional?: Readonly<Record<string, Shape>> };

/** Every place where the value is not as the shape says, such as `errors[].subCategory: string, not object`. Indexes are left out. */
export function differences(value: unknown, shape: Shape, at = ''): readonly string[] {
  const found = kindOf(value);
  const say = (expected: string) => [`${at}: ${found}, not ${expected}`];
  if (shape === 'object') return found === 'object' ? [] : say('object');
  if (shape === 'integer') return Number.isInteger(value) ? [] : say('integer');
  if (shape === 'dateTime') {
    return typeof value === 'string' && new Date(value).toISOString() === value ? [] : say('date-time');
  }
  if (shape === 'uuid') {
    return typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? [] : say('uuid');
  }
  if (shape === 'string') return found === 'string' ? [] : say('string');
  if ('oneOf' in shape) return shape.oneOf.includes(String(value)) ? [] : say(shape.oneOf.join(' or '));
  if ('listOf' in shape) {
    return Array.isArray(value) ? value.flatMap((item) => differences(item, shape.listOf, `${at}[]`)) : say('list');
  }
  if (found !== 'object') return say('object');
  const fields = Object.entries(Object(value));
  if ('mapOf' in shape) return fields.flatMap(([, each]) => differences(each, shape.mapOf, `${at}{}`));
  const { required, optional = {} } = shape;
  const under = (name: string) => (at === '' ? name : `${at}.${name}`);
  const given = new Set(fields.map(([name]) => name));
  return [
    ...Object.keys(required).flatMap((name) => (given.has(name) ? [] : [`${under(name)}: missing`])),
    ...fields.flatMap(([name, each]) => {
      const known = required[name] ?? optional[name];
      return known === undefined ? [`${under(name)}: unknown`] : differences(each, known, under(name));
    }),
  ];
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

/** What a record has in a property, as a person reads it and as a program does: options by their label, dates, numbers, owners. */
import type { Cell, TextStart } from '../domain/cell.ts';
import type { PropertyDefinition } from '../domain/propertyDefinition.ts';
import { longestStart, startOf } from '../text/cellText.ts';
import { textOfHtml } from '../text/htmlText.ts';

type ValueCell = Extract<Cell, { kind: 'value' }>;

/** What makes a value readable beside the value itself. */
export interface Readable {
  /** Undefined while it is not known what the property is: then a value is shown as HubSpot gives it. */
  readonly definition: PropertyDefinition | undefined;
  /** The name of an owner, where it is known. */
  ownerOf?(id: string): string | undefined;
  /** Such as `en-GB`; that of the machine where it is not said. */
  readonly language?: string | undefined;
  /** In which date and time are shown; that of the machine where it is not said. */
  readonly timeZone?: string | undefined;
}

/**
 * Gives a cell with HubSpot's own text its readable `text`, and its exact `value`: a number or a boolean where the property is one
 * and nothing of it is lost, otherwise HubSpot's text.
 * @param kept gives what it was given before for this cell, or makes it
 */
export function readableCell(
  cell: Cell,
  readable: Readable,
  kept: (make: () => TextStart) => TextStart = (make) => make(),
): Cell {
  if (cell.kind !== 'value') return cell;
  const { definition } = readable;
  if (!definition) return { ...cell, value: cell.text };
  let text: string | undefined;
  const made: ValueCell = {
    kind: 'value',
    // Who only counts cells, or sorts numbers, never looks: of a note it takes a millisecond.
    get text() {
      text ??= readableText(cell.text, definition, readable);
      return text;
    },
    value: typedValue(cell.text, definition),
  };
  if (definition.fieldType !== 'html' || cell.text.length <= longestStart) return made;
  const start = () => kept(() => ({ text: startOf(made.text), length: made.text.length }));
  return Object.defineProperty(made, 'start', { get: start });
}

/**
 * A number by which values of a property sort: numbers and dates by what they are, options in HubSpot's order. Undefined for what
 * sorts by its text.
 */
export function valueOrder({ text, value = text }: ValueCell, definition: PropertyDefinition | undefined) {
  if (!definition) return undefined;
  const exact = String(value);
  switch (definition.type) {
    case 'number':
      return numberIn(exact);
    case 'date':
    case 'datetime':
      return momentIn(exact);
    default: {
      const at = definition.options.findIndex((option) => option.value === exact);
      return at < 0 ? undefined : at;
    }
  }
}

function typedValue(text: string, { type }: PropertyDefinition): string | number | boolean {
  if (type === 'bool' && (text === 'true' || text === 'false')) return text === 'true';
  const number = type === 'number' ? numberIn(text) : undefined;
  // "1.10" and "12345678901234567890" would come back as others.
  return number !== undefined && String(number) === text ? number : text;
}

function readableText(text: string, definition: PropertyDefinition, readable: Readable): string {
  const { type, fieldType, options, isOwner } = definition;
  if (isOwner) return each(text, (id) => readable.ownerOf?.(id));
  if (options.length > 0) return each(text, (value) => options.find((option) => option.value === value)?.label);
  switch (type) {
    case 'number':
      // Ids are digits to be compared, not an amount.
      return definition.name.endsWith('_id') ? text : numberText(text, readable);
    case 'date':
      return momentText(text, { dateStyle: 'medium', timeZone: 'UTC' }, readable);
    case 'datetime':
      return momentText(text, { dateStyle: 'medium', timeStyle: 'short', timeZone: readable.timeZone }, readable);
    default:
      return fieldType === 'html' ? textOfHtml(text) : text;
  }
}

/** Of several values HubSpot puts semicolons between. What has no label stays as it is. */
function each(text: string, labelOf: (value: string) => string | undefined): string {
  const whole = labelOf(text);
  if (whole !== undefined || !text.includes(';')) return whole ?? text;
  return text
    .split(';')
    .map((value) => labelOf(value.trim()) ?? value)
    .join('; ');
}

function numberIn(text: string): number | undefined {
  const number = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** Only where every digit is kept: an identifier of twenty digits stays as it is. */
function numberText(text: string, { language }: Readable): string {
  const number = numberIn(text);
  if (number === undefined || text.replace(/\D/g, '').length > 15) return text;
  return numberFormatOf(language).format(number);
}

const numberFormats = new Map<string | undefined, Intl.NumberFormat>();
const momentFormats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes some fifty times as long as using it, and a filter reads the cells of a million rows. */
function numberFormatOf(language: string | undefined): Intl.NumberFormat {
  const known = numberFormats.get(language);
  if (known) return known;
  const made = new Intl.NumberFormat(language, { maximumFractionDigits: 15 });
  numberFormats.set(language, made);
  return made;
}

function momentFormatOf(language: string | undefined, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, style]);
  const known = momentFormats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language, style);
  momentFormats.set(key, made);
  return made;
}

/** HubSpot gives days as `2026-11-26` and moments as ISO 8601, and has been seen to give both as milliseconds since 1970. */
function momentIn(text: string): number | undefined {
  const moment = /^-?\d{9,15}$/.test(text)
    ? Number(text)
    : /^\d{4}-\d\d-\d\d/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  return Number.isNaN(moment) || Number.isNaN(new Date(moment).getTime()) ? undefined : moment;
}

function momentText(text: string, style: Intl.DateTimeFormatOptions, { language }: Readable): string {
  const moment = momentIn(text);
  return moment === undefined ? text : momentFormatOf(language, style).format(moment);
}

/** JSON in lines, to be read by people, without reading its values: an id of 19 digits keeps each of them. */
import { isClosing, parsingJson, stringEnd } from './jsonValue.ts';

/** Deeper than this, nothing is laid out: HubSpot's answers go down to about ten. */
const deepest = 20;

/** So many pieces are laid out at one step, and so many values passed over. */
const partsOfStep = 16_384;

/**
 * The JSON with a line for each value and two blanks a level. What is nested more than 20 deep stands there as it came, and
 * so does a text that is no JSON. One pass without recursion, so that neither size nor nesting costs more than its length. In
 * steps.
 */
export function* jsonLayout(text: string): Generator<void, string, void> {
  if (!(yield* isJson(text))) return text;
  let laidOut = '';
  let parts: string[] = [];
  let depth = 0;
  const newLine = () => parts.push('\n', '  '.repeat(depth));
  for (let at = 0; at < text.length; ) {
    if (parts.length >= partsOfStep) {
      laidOut += parts.join('');
      parts = [];
      yield;
    }
    const code = text.charCodeAt(at);
    if (isBlank(code)) at++;
    else if (code === openBrace || code === openBracket) {
      const first = afterBlanks(text, at + 1);
      const isEmpty = isClosing(text.charCodeAt(first));
      if (isEmpty || depth === deepest) {
        const end = isEmpty ? first + 1 : yield* nestedEnd(text, at);
        parts.push(isEmpty ? text[at]! + text[first]! : text.slice(at, end));
        at = end;
      } else {
        parts.push(text[at]!);
        depth++;
        newLine();
        at = first;
      }
    } else if (isClosing(code)) {
      depth--;
      newLine();
      parts.push(text[at++]!);
    } else if (code === comma) {
      parts.push(',');
      newLine();
      at++;
    } else if (code === colon) {
      parts.push(': ');
      at++;
    } else {
      const end = code === quote ? stringEnd(text, at) : wordEnd(text, at);
      parts.push(text.slice(at, end));
      at = end;
    }
  }
  return laidOut + parts.join('');
}

const quote = 34;
const comma = 44;
const colon = 58;
const openBracket = 91;
const openBrace = 123;

/** The engine's parser needs no stack for nesting. */
function* isJson(text: string): Generator<void, boolean, void> {
  try {
    yield* parsingJson(text);
    return true;
  } catch {
    return false;
  }
}

/** Behind the bracket that closes the one at `start`. */
function* nestedEnd(text: string, start: number): Generator<void, number, void> {
  let open = 0;
  let passed = 0;
  for (let at = start; at < text.length; ) {
    if (++passed % partsOfStep === 0) yield;
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = stringEnd(text, at);
      continue;
    }
    if (code === openBrace || code === openBracket) open++;
    else if (isClosing(code)) open--;
    at++;
    if (open === 0) return at;
  }
  return text.length;
}

/** Behind a number or a constant. */
function wordEnd(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === comma || isClosing(code) || isBlank(code)) break;
  }
  return at;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

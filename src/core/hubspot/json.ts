import { finished, lengthOfStep, type Steps } from '../domain/steps.ts';
import { stringEnd } from '../text/jsonLayout.ts';

/** A JSON text read into a value, or the reason why it is none. */
export type Json = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly detail: string };

export function readJson(text: string): Json {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? withoutQuote(error.message) : 'not JSON' };
  }
}

/** Engines quote a piece of the text in their message; it may hold what no log should. */
function withoutQuote(message: string): string {
  return message.replace(/, (?:\.{3})?".*"(?:\.{3})? is not valid JSON$/s, ', not valid JSON');
}

/**
 * The same text with every long whole number outside of strings put into quotes, so that JSON.parse keeps its digits: above
 * 2^53 a number would be rounded to another record's id. Only needed for answers in which such a number was met.
 */
export function quoteLongNumbers(text: string): string {
  return finished(quotingLongNumbers(text));
}

/** The same as {@link quoteLongNumbers}, in steps. */
export function* quotingLongNumbers(text: string): Steps<string> {
  let quoted = '';
  let done = 0;
  let stepEnd = lengthOfStep;
  for (let at = 0; at < text.length; ) {
    if (at >= stepEnd) {
      stepEnd = at + lengthOfStep;
      yield;
    }
    const code = text.charCodeAt(at);
    if (code === 34) at = stringEnd(text, at);
    else if (code === 45 || isDigit(code)) {
      const digits = code === 45 ? at + 1 : at;
      let end = digits;
      while (isDigit(text.charCodeAt(end))) end++;
      const whole = end;
      while (isOfNumber(text.charCodeAt(end))) end++;
      if (whole === end && end - digits >= 16) {
        quoted += `${text.slice(done, at)}"${text.slice(at, end)}"`;
        done = end;
      }
      at = Math.max(end, at + 1);
    } else at++;
  }
  return quoted + text.slice(done);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** What may stand in a number beside its digits: a dot, an exponent and its sign. */
function isOfNumber(code: number): boolean {
  return isDigit(code) || code === 46 || code === 101 || code === 69 || code === 43 || code === 45;
}

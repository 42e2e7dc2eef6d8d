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
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{16,}(?![\d.eE])/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}

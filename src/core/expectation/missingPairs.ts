/** The pairs that are missing, in forms that others take to make them: we only ever read. */
import type { Check } from './check.ts';

/** So many rows stand in one piece of the text. */
const piece = 1_000;

/**
 * Two columns for HubSpot's import, which asks for each column what it is; lines end in CR LF.
 * @param labels what the object types are called: "Contact", "Company"
 */
export function* missingPairsCsv(
  check: Check,
  labels: { readonly from: string; readonly to: string },
): Generator<string> {
  const isSame = labels.from === labels.to;
  const heads = [`${labels.from} Record ID`, `${isSame ? 'Associated ' : ''}${labels.to} Record ID`];
  yield `${heads.map((head) => `"${head.replaceAll('"', '""')}"`).join(',')}\r\n`;
  yield* rows(check, (from, to) => `${from},${to}\r\n`);
}

/**
 * One JSON object a line, as HubSpot's command line took them in June 2026: `{"from":"contacts:1","to":"companies:2"}`. Whether
 * it does today is not documented.
 * @param names the object types as they go into a path: "contacts", "2-123"
 */
export function* missingPairsJson(
  check: Check,
  names: { readonly from: string; readonly to: string },
): Generator<string> {
  yield* rows(check, (from, to) => `${JSON.stringify({ from: `${names.from}:${from}`, to: `${names.to}:${to}` })}\n`);
}

function* rows(check: Check, row: (from: string, to: string) => string): Generator<string> {
  const { expectation } = check;
  let text = '';
  let count = 0;
  for (let pair = 0; pair < expectation.length; pair++) {
    if (check.verdict(pair) !== 'missing') continue;
    text += row(expectation.fromId(pair), expectation.toId(pair));
    if (++count % piece > 0) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

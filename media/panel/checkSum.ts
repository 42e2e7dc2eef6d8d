/** The second equation: what was expected, how that turned out, and what can be done next. */

import type { PanelState, TableFacts } from '../../src/core/treaty/panelState.ts';
import type { PanelWord } from '../../src/core/treaty/panelWords.ts';
import { button, element, foreign, type Glyph, glyph } from './element.ts';
import { tell } from './host.ts';
import { verdictGlyphs } from './verdictCell.ts';
import { number, say } from './words.ts';

type Verdicts = NonNullable<TableFacts['verdicts']>;

const terms = [
  ['asExpected', 'sumConfirmed'],
  ['differs', 'sumDiffers'],
  ['missing', 'sumMissing'],
  ['noSuchRecord', 'sumNoSuchRecord'],
  ['cannotTell', 'sumCannotTell'],
] as const satisfies readonly (readonly [keyof Verdicts, PanelWord])[];

/** Undefined for a look-up of which nothing is expected. */
export function checkSum({ facts: { verdicts }, progress, checkButtons = [] }: PanelState): HTMLElement | undefined {
  if (!verdicts) return undefined;
  const isRunning = progress.kind === 'running' || progress.kind === 'waiting';
  const line = element('div', 'line sum check');
  line.append(
    count(verdicts.expected, say('sumExpected')),
    ...terms.map(([verdict, word], at) =>
      element(
        'span',
        'term',
        element('span', 'sign', at === 0 ? ' = ' : ' + '),
        verdict === 'cannotTell' && isRunning
          ? count(verdicts.cannotTell, say('sumNotYet'), verdictGlyphs.notYet)
          : count(verdicts[verdict], say(word), verdictGlyphs[verdict], verdict !== 'asExpected'),
      ),
    ),
    ' ',
    element('span', 'details', unexpected(verdicts)),
  );
  const buttons = checkButtons.map(({ action, title }) => {
    const made = button('secondary', () => tell({ kind: 'action', action }), foreign(title));
    made.id = `check-${action}`;
    return made;
  });
  if (buttons.length > 0) line.append(element('span', 'buttons', ...buttons));
  return line;
}

/** The same as one sentence, for a screen reader. */
export function checkSentence(verdicts: Verdicts): string {
  const parts = [`${number(verdicts.expected)} ${say('sumExpected')}`];
  for (const [verdict, word] of terms)
    if (verdicts[verdict] > 0) parts.push(`${number(verdicts[verdict])} ${say(word)}`);
  if (verdicts.unexpected > 0) parts.push(unexpectedWords(verdicts));
  return parts.join(', ');
}

/** Beside the equation, as nothing expected it. */
function unexpected(verdicts: Verdicts): HTMLElement {
  const made = element('span', 'count', glyph(verdictGlyphs.unexpected), unexpectedWords(verdicts));
  made.classList.toggle('zero', verdicts.unexpected === 0);
  return made;
}

function unexpectedWords({ unexpected: some, unexpectedAtLeast }: Verdicts): string {
  return say(unexpectedAtLeast ? 'sumUnexpectedAtLeast' : 'sumUnexpected', some);
}

/** @param bad marks what keeps HubSpot from agreeing */
function count(value: number, word: string, sign?: Glyph, bad = false): HTMLElement {
  const text = element('span', bad && value > 0 ? 'bad' : '', element('b', '', number(value)), ` ${word}`);
  return element('span', value === 0 ? 'count zero' : 'count', ...(sign ? [glyph(sign)] : []), text);
}

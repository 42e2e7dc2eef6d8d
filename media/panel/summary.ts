/** The strip above the table: what was asked, what became of it, from which account, and whether it is complete. */

import type { PanelState } from '../../src/core/treaty/panelState.ts';
import { checkSum } from './checkSum.ts';
import { button, element, foreign, type Glyph, glyph } from './element.ts';
import { tell } from './host.ts';
import { counted, duration, moment, number, say } from './words.ts';

export class Summary {
  readonly root = element('header', 'summary');
  #countdown: ReturnType<typeof setInterval> | undefined;
  /** Everything shown but the countdown, which ticks by itself. */
  #shown = '';

  show(state: PanelState): void {
    const { facts, account, progress } = state;
    const shown = JSON.stringify([
      state.title,
      state.strip,
      account,
      progress,
      facts.counts,
      facts.completeness,
      facts.effort,
      facts.verdicts,
      state.checkButtons,
    ]);
    // A wait is given as the time that is left, which is another one with every message.
    if (shown === this.#shown && progress.kind !== 'waiting') return;
    this.#shown = shown;
    clearInterval(this.#countdown);

    const { effort } = facts;
    // While calls are under way, the line of progress counts those that are answered: two counts would contradict each other.
    const isReading = progress.kind === 'running' || progress.kind === 'waiting';
    const details = [
      account.environment ? `${account.name} (${account.environment})` : account.name,
      facts.apiVersion,
      ...(state.startedAt === undefined ? [] : [moment(state.startedAt)]),
      ...(isReading ? [] : [counted(effort.requests, 'call', 'calls')]),
      duration(effort.milliseconds),
    ];
    const title = element('div', 'line');
    const heading = element('h1', '', foreign(state.title));
    title.append(heading, this.#badge(state), element('span', 'details', ...details.map((text) => foreign(text))));

    const sum = element('div', 'line sum');
    if (state.strip !== undefined) sum.append(foreign(state.strip, 'strip'));
    else this.#fillSum(sum, state);
    const shownProgress = this.#progress(state);
    const check = checkSum(state);
    const { activeElement } = document;
    const focused = this.root.contains(activeElement) ? activeElement?.id : undefined;
    this.root.replaceChildren(title, sum, ...[check, shownProgress].filter((line) => line !== undefined));
    if (focused !== undefined) focusAgain(this.root, focused);
  }

  #fillSum(sum: HTMLElement, { facts, progress }: PanelState): void {
    const { counts } = facts;
    sum.append(
      term('', counts.asked, say('asked')),
      term('=', counts.found, say('found')),
      term('+', counts.none, say('none')),
      term('+', counts.failed, say('failed'), true),
      term('+', counts.notRead, say('notRead'), progress.kind !== 'running' && progress.kind !== 'waiting'),
      element(
        'span',
        'details',
        element('span', '', counted(counts.associations, 'association', 'associations')),
        ...(counts.truncated > 0
          ? [element('span', 'bad', counted(counts.truncated, 'truncatedOne', 'truncated'))]
          : []),
      ),
    );
  }

  #badge({ facts, progress }: PanelState): HTMLElement {
    const badge = (name: Glyph, text: string) => element('span', `badge ${name}`, glyph(name), text);
    if (progress.kind === 'running') return badge('reading', say('running'));
    if (progress.kind === 'waiting') return badge('waiting', say('waiting'));
    if (facts.completeness === 'complete') return badge('complete', say('complete'));
    if (facts.completeness === 'primaryOnly') return badge('info', say('primaryOnly'));
    return badge('warning', say('incomplete'));
  }

  #progress({ progress }: PanelState): HTMLElement | undefined {
    if (progress.kind === 'idle') return undefined;
    const { done, of, estimate } = progress;
    const calls =
      of === undefined
        ? counted(done, 'call', 'calls')
        : say(estimate ? 'doneAbout' : 'done', done, counted(of, 'call', 'calls'));
    const line = element('div', 'line progress');
    const bar = element('progress', '');
    bar.setAttribute('aria-label', say('running'));
    if (of !== undefined && of > 0) {
      bar.max = of;
      bar.value = done;
    }
    const text = element('span', 'sentence');
    if (progress.kind === 'running') text.textContent = calls;
    else if (progress.kind === 'paused')
      text.append(`${say('paused')}: ${calls}. `, ...(progress.sentence ? [foreign(progress.sentence)] : []));
    else {
      const end = performance.now() + progress.left;
      const tick = () => {
        const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
        text.textContent = `${calls}. ${say('waitingFor', progress.reason, left)}`;
      };
      tick();
      this.#countdown = setInterval(tick, 1000);
    }
    const action = progress.kind === 'paused' ? 'resume' : 'cancel';
    line.append(
      bar,
      text,
      button('secondary', () => tell({ kind: 'action', action }), say(action)),
    );
    return line;
  }
}

/** The same button as before, or the next best where it is gone. */
function focusAgain(root: HTMLElement, id: string): void {
  const same = id === '' ? null : document.getElementById(id);
  (same ?? root.querySelector<HTMLElement>('.progress button') ?? root.querySelector('button'))?.focus();
}

/** One term of the sum with the sign before it; `bad` marks one that keeps the answer from being complete. */
function term(sign: string, value: number, word: string, bad = false): HTMLElement {
  const count = element('span', 'count', element('b', '', number(value)), ` ${word}`);
  if (value === 0) count.classList.add('zero');
  else if (bad) count.classList.add('bad');
  return element('span', 'term', ...(sign ? [element('span', 'sign', ` ${sign} `)] : []), count);
}

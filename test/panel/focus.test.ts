/** Where the focus is, and that everything can be come to in a small page. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AnswerTable } from '../../src/core/rows/answerTable.ts';
import { madeAnswer, plain } from '../core/madeAnswer.ts';
import { until } from '../host/until.ts';
import { PanelHands } from './panelHands.ts';
import type { PanelPage } from './panelPage.ts';
import { panelStates } from './panelStates.ts';

const hands = new PanelHands();
const focused = () => hands.panel.page.evaluate(() => document.activeElement?.className);

describe('focus', () => {
  test('a new table has it in its grid, and arrows move at once', async () => {
    await hands.openState('complete');
    await until('the grid has the focus', async () => (await focused()) === 'grid', focused);
    await hands.isAt(2, 1);
    await hands.keys('ArrowDown', 'ArrowRight');
    await hands.isAt(3, 2);
  });

  test('Ctrl+F goes to the filter; Enter, an arrow and Escape go back, Escape to all rows', async () => {
    const panel = await hands.openState('complete');
    await hands.isAt(2, 1);
    await hands.keys('Control+F');
    assert.equal(await focused(), 'filterText');
    await panel.page.keyboard.type('billing');
    await hands.keys('Enter');
    await hands.isAt(2, 1);
    await panel.showsRows(
      'what was typed',
      (rows) => rows.length > 0 && rows.every((row) => row[2]?.includes('Billing')),
    );
    await hands.keys('Control+F', 'ArrowDown');
    await hands.isAt(2, 1);
    await hands.keys('Control+F', 'Escape');
    await hands.isAt(2, 1);
    await panel.showsRows('all rows', (rows) => rows[0]?.[2] === 'Primary');
    assert.equal(await panel.page.getByRole('textbox').inputValue(), '');
  });

  test('a press on a heading leaves it in the grid', async () => {
    const panel = await hands.openState('complete');
    await panel.page.getByRole('columnheader', { name: 'Company' }).getByRole('button').click();
    assert.equal(await focused(), 'grid');
    await hands.isAt(1, 2);
    await hands.keys('ArrowDown');
    await hands.isAt(2, 2);
  });

  test('a menu and the list of columns stay in sight when the page gets smaller, as by its zoom', async () => {
    const panel = await hands.openState('incomplete');
    const { page } = panel;
    for (const [open, floating] of [
      [() => page.getByRole('row').nth(2).click({ button: 'right' }), '.menu'],
      [() => page.getByRole('button', { name: 'Columns…', exact: true }).click(), '.list'],
    ] as const) {
      await page.setViewportSize({ width: 1200, height: 900 });
      await open();
      await page.locator(floating).waitFor();
      await page.setViewportSize({ width: 400, height: 420 });
      const place = () => page.locator(floating).boundingBox();
      await until(
        `${floating} in sight`,
        async () => {
          const box = await place();
          return box !== null && box.x + box.width <= 400 && box.y + box.height <= 420;
        },
        place,
      );
      await page.keyboard.press('Escape');
    }
  });

  test('of a menu one item looks chosen, also with the mouse resting over another', async () => {
    const { page } = await hands.openState('complete');
    await hands.keys('Shift+F10');
    const items = page.getByRole('menuitem');
    await items.nth(2).hover();
    await until('the mouse takes the keyboard along', () => items.nth(2).evaluate((item) => item.matches(':focus')));
    await hands.keys('ArrowDown');
    const grounds = await items.evaluateAll((all) => all.map((item) => getComputedStyle(item).backgroundColor));
    const others = grounds.filter((_, at) => at !== 3);
    assert.deepEqual([new Set(others).size, others.includes(grounds[3]!)], [1, false]);
  });
});

describe('while rows are put in order', () => {
  test('it is said how far that is, and Cancel keeps the rows and the view that were shown', async () => {
    const panel = await hands.openState('complete');
    panel.arranging = { what: 'sorting', share: 0.4 };
    const head = panel.page.getByRole('columnheader', { name: 'Company' });
    await head.getByRole('button').click();
    await panel.page.locator('.arranging').getByText('Sorting… 40%').waitFor();
    await hands.isSpoken('Sorting…');
    assert.equal(await panel.page.getByRole('grid').getAttribute('aria-busy'), 'true');
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
    await hands.keys('Tab', 'Enter');
    assert.deepEqual(await panel.heardKind('stopArranging'), { kind: 'stopArranging' });
    await panel.page.locator('.arranging').waitFor({ state: 'hidden' });
    await until('the heading follows the host', async () => (await head.getAttribute('aria-sort')) === 'none');
    assert.equal((await panel.rows())[0]?.[1], '17496863841');
    assert.equal(await focused(), 'grid');
  });

  test('it goes by itself when the rows are there', async () => {
    const panel = await hands.openState('complete');
    panel.arranging = { what: 'filtering', share: 0 };
    await panel.page.getByRole('textbox').fill('billing');
    await panel.page.locator('.arranging').getByText('Filtering… 0%').waitFor();
    panel.arranging = undefined;
    await panel.push();
    await panel.showsRows(
      'those with the label',
      (rows) => rows.length > 0 && rows.every((row) => row[2]?.includes('Billing')),
    );
    await panel.page.locator('.arranging').waitFor({ state: 'hidden' });
    assert.equal(await panel.page.getByRole('textbox').inputValue(), 'billing');
  });
});

test('a number of calls that is not known yet is called about so many', async () => {
  const panel = await hands.openState('running');
  assert.match((await panel.page.locator('.progress').innerText()) ?? '', /16 of about 200 calls/);
  await panel.push({ progress: { kind: 'running', done: 62, of: 63 } });
  await panel.page.locator('.progress').getByText('62 of 63 calls').waitFor();
});

describe('in a small page', () => {
  // A usual column of an editor at 200 %, and a narrow one beside a file.
  const sizes = [
    { width: 500, height: 300 },
    { width: 320, height: 600 },
  ];
  for (const [name, make] of Object.entries(panelStates))
    test(`nothing of "${name}" is out of reach`, async () => {
      const { table, around, act } = make();
      let panel: PanelPage | undefined;
      for (const size of sizes) {
        // What was opened in the page, such as a menu, was placed for its size.
        if (!panel || act) {
          if (panel) await hands.close();
          panel = await hands.open(table, around, size);
        } else await panel.page.setViewportSize(size);
        await act?.(panel.page);
        const { page } = panel;
        await until(
          `everything can be reached in ${size.width} by ${size.height}`,
          async () => (await page.evaluate(outOfReach)).length === 0,
          () => page.evaluate(outOfReach),
        );
        const rows = await page.locator('.middle').boundingBox();
        assert.ok(rows && rows.height >= 100 && rows.y + rows.height <= size.height + 1, 'rows are in sight');
      }
    });
});

test('beside a file, at 200 %, how complete an answer is can be read whole', async () => {
  const answer = madeAnswer([{ id: '7', to: [{ toId: '8', types: [plain] }] }], { apiVersion: 'v3' });
  const panel = await hands.open(new AnswerTable(answer), {}, { width: 283, height: 308 });
  await panel.page.locator('.badge', { hasText: 'Complete for primary companies (v3)' }).waitFor();
  const box = (selector: string) => panel.page.locator(selector).boundingBox();
  await until(
    'the badge is in sight',
    async () => {
      const [badge, top] = [await box('.badge'), await box('.top')];
      return badge && top && badge.height > 20 && badge.y + badge.height <= top.y + top.height;
    },
    async () => [await box('.badge'), await box('.top')],
  );
});

test('a focused button has a ring beside its border, which in high contrast has nearly the same colour', async () => {
  const { page } = await hands.openState('complete', { theme: 'highContrastLight' });
  await page.getByRole('grid').focus();
  await hands.keys('Shift+Tab');
  const ring = await page.evaluate(() => {
    const { outlineStyle, outlineOffset, borderTopWidth } = getComputedStyle(document.activeElement!);
    return [document.activeElement!.textContent, outlineStyle, outlineOffset, borderTopWidth];
  });
  assert.deepEqual(ring, ['Export…', 'solid', '1px', '1px']);
});

test('at 200 % what the keys do takes one line, and all numbers of an answer are in sight', async () => {
  const panel = await hands.openState('complete', { width: 345, height: 370 });
  await hands.keys('Control+Home', 'ArrowUp');
  const { page } = panel;
  await page.locator('footer .hint', { hasText: 'Enter sorts' }).waitFor();
  const footer = await page.locator('footer').boundingBox();
  assert.ok(footer && footer.height < 30 && footer.y + footer.height <= 370, JSON.stringify(footer));
  const [top, numbers] = [await page.locator('.top').boundingBox(), await page.locator('.sum').boundingBox()];
  assert.ok(top && numbers && numbers.y + numbers.height <= top.y + top.height, JSON.stringify([top, numbers]));
});

describe('in a small window at 200 %', () => {
  const wholeIn = {
    complete: [500, 350],
    incomplete: [500, 350],
    running: [500, 350],
    waiting: [500, 350],
    matrix: [500, 350],
    check: [500],
    checkMissing: [500],
  };
  for (const [name, widths] of Object.entries(wholeIn))
    test(`how the records of "${name}" add up is in sight without scrolling`, async () => {
      for (const width of widths) {
        const { page } = await hands.openState(name, { width, height: 300 });
        const below = () =>
          page.evaluate(() => {
            const { bottom } = document.querySelector('.top')!.getBoundingClientRect();
            const terms = [...document.querySelectorAll('.sum > .term, .sum > .strip')];
            return terms.filter((term) => term.getBoundingClientRect().bottom > bottom).map((term) => term.textContent);
          });
        await page.locator('.sum').first().waitFor();
        await until(`nothing is cut off in ${width}`, async () => (await below()).length === 0, below);
        await hands.close();
      }
    });
});

/** The controls that no scrolling brings into sight, and those that lie below another one. Runs in the page. */
function outOfReach(): string[] {
  // What floats lies over the rest until it is closed.
  const floating = [...document.querySelectorAll('.menu, .list')].find((each) => each.checkVisibility());
  const reached = 'button:not(th *), .chip, input, .grid';
  const controls = [...(floating ?? document).querySelectorAll<HTMLElement>(reached)];
  return controls.flatMap((control) => {
    if (!control.checkVisibility()) return [];
    control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const { left, right, top, bottom } = control.getBoundingClientRect();
    const name = `${control.textContent?.slice(0, 40) || control.className}`;
    if (left < -1 || top < -1 || (right > innerWidth + 1 && !control.matches('.grid')) || bottom > innerHeight + 1)
      return [`${name} at ${[left, top, right, bottom].map(Math.round)}`];
    const hit = document.elementFromPoint(Math.min(innerWidth - 1, (left + right) / 2), (top + bottom) / 2);
    return control.matches('.grid') || (hit && (control.contains(hit) || hit.contains(control)))
      ? []
      : [`${name} is covered by ${hit?.className}`];
  });
}

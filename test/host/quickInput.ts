import type { Locator, Page } from 'playwright-core';
import { readTokenText } from '../../src/core/text/tokenText.ts';
import { rememberToken } from './tokenSearch.ts';
import { until } from './until.ts';

/** What a quick pick or an input box shows. */
export interface QuickInputState {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  /** What an input box says under its field: the prompt, or why the value is refused. */
  readonly message: string;
  readonly items: readonly QuickInputItem[];
}

interface QuickInputItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly focused: boolean;
  readonly checked: boolean;
}

/** The field at the top of the window: palette, quick picks, input boxes. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;
  readonly #field: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget');
    this.#field = this.#widget.locator('.quick-input-box input');
  }

  async isOpen(): Promise<boolean> {
    // While it fades away it is still visible, but takes no input any more.
    return (await this.#widget.isVisible()) && this.#field.evaluate((element) => element.closest('[inert]') === null);
  }

  async closed(): Promise<void> {
    await until(
      'the quick input is closed',
      async () => !(await this.isOpen()),
      () => this.read(),
    );
  }

  /** Whether a quick input is open whose title, placeholder or message holds this text. */
  async shows(text: string): Promise<boolean> {
    if (!(await this.isOpen())) return false;
    const { title, placeholder, message } = await this.read();
    return [title, placeholder, message].some((each) => each.includes(text));
  }

  /** Waits for such a quick input. */
  async opened(text: string): Promise<void> {
    await until(
      `a quick input shows "${text}"`,
      () => this.shows(text),
      () => this.read(),
    );
  }

  /** Waits until the items are as the condition wants them: a list may be there before what is in it. */
  async offers(what: string, condition: (items: readonly QuickInputItem[]) => boolean): Promise<QuickInputState> {
    return until(
      `the quick input offers ${what}`,
      async () => {
        const state = await this.read();
        return condition(state.items) && state;
      },
      () => this.read(),
    );
  }

  /** Opens the field with this text in it: `>` and a command, `:` and a line, or a path. */
  async open(text: string): Promise<void> {
    const isPalette = async () => (await this.isOpen()) && (await this.#field.inputValue()).startsWith('>');
    // The first keys of a new window may be lost, and what takes the focus closes the palette: then it is opened again.
    await until('the palette has the text', async () => {
      await this.#page.keyboard.press('F1');
      await until('the palette is there', isPalette, undefined, 1_000);
      await this.#field.fill(text, { timeout: 1_000 });
      return (await this.isOpen()) && (await this.#field.inputValue()) === text;
    });
  }

  /** Replaces the field's text. A token that is typed into a masked field is looked for from then on. */
  async type(text: string): Promise<void> {
    if ((await this.#field.getAttribute('type')) === 'password') rememberTyped(text);
    // A field that is still being filled by its owner, such as a file dialog's, takes the text back: then it is typed again.
    let kept = 0;
    await until(
      `the quick input keeps the text "${text}"`,
      async () => {
        if ((await this.#field.inputValue()) !== text) {
          kept = 0;
          await this.#field.fill(text);
        } else kept++;
        return kept === 3;
      },
      () => this.read(),
    );
  }

  /** Waits for the dialog that asks for a file, and gives it this path. While it reads its folder it does not hear Enter. */
  async saveAs(path: string): Promise<void> {
    await this.offers('the folder', (items) => items.some(({ label }) => label === '..'));
    await this.type(path);
    await until(
      'the dialog has taken the path',
      async () => {
        await this.accept();
        return until('it is closed', async () => !(await this.isOpen()), undefined, 2_000);
      },
      () => this.read(),
    );
  }

  /** Presses Enter in the field, wherever the keyboard is. */
  async accept(): Promise<void> {
    await this.#field.press('Enter');
  }

  /** Presses Escape. The quick input closes, or another one takes its place. */
  async cancel(): Promise<void> {
    const look = async () => {
      const { title, placeholder } = await this.read();
      return `${title}\n${placeholder}`;
    };
    const before = await look();
    await this.#page.keyboard.press('Escape');
    await until(
      'the quick input is closed',
      async () => !(await this.isOpen()) || (await look()) !== before,
      () => this.read(),
    );
  }

  /** Types the item's label to find it, and chooses the item that has exactly this label. */
  async pick(label: string): Promise<void> {
    await this.type(label);
    if (!(await this.take(label))) throw new Error(`The quick input closed before "${label}" was chosen.`);
  }

  /**
   * Chooses the item that has exactly this label, with what is typed already.
   *
   * @returns false when the field closed before, because something else took the focus: then nothing was chosen.
   */
  async take(label: string): Promise<boolean> {
    const { value } = await this.read();
    const chosen = await until(
      `"${label}" is chosen in the quick input`,
      async () => {
        if (!(await this.isOpen())) return 'nothing';
        const found = (await this.read()).items.find((item) => item.label === label);
        return found && (await this.#choose(found)) && 'this';
      },
      () => this.read(),
    );
    if (chosen === 'nothing') return false;
    await until('the choice is taken', async () => !(await this.isOpen()) || (await this.read()).value !== value);
    return true;
  }

  /**
   * Presses Enter on the item, or clicks it where another one has the keyboard, once.
   *
   * @returns whether the open quick input has heard it with this item under it. The keyboard may be somewhere else by then.
   */
  async #choose({ label, focused }: QuickInputItem): Promise<boolean> {
    const heard = await this.#widget.evaluateHandle((widget: HTMLElement) => {
      const labels: string[] = [];
      const hear = (row: Element | null | undefined) => {
        const isOpen =
          widget.style.display !== 'none' &&
          widget.querySelector('.quick-input-box input')?.closest('[inert]') === null;
        const text = row?.querySelector('.label-name')?.textContent?.replaceAll('\u00a0', ' ').trim();
        if (isOpen && text !== undefined) labels.push(text);
      };
      const onKey = ({ key }: KeyboardEvent) =>
        key === 'Enter' && hear(widget.querySelector('.monaco-list-row.focused'));
      const onClick = ({ target }: MouseEvent) => target instanceof Element && hear(target.closest('.monaco-list-row'));
      widget.addEventListener('keydown', onKey, true);
      widget.addEventListener('click', onClick, true);
      const stop = () => {
        widget.removeEventListener('keydown', onKey, true);
        widget.removeEventListener('click', onClick, true);
      };
      return { labels, stop };
    });
    // What fits best has the keyboard, which need not be the item with exactly this label.
    const act = focused
      ? this.#field.press('Enter', { timeout: 5_000 })
      : (await this.#row(label)).click({ timeout: 5_000 });
    await act.catch(() => {});
    return heard.evaluate(({ labels, stop }, wanted) => {
      stop();
      return labels.includes(wanted);
    }, label);
  }

  /** Ticks or unticks the item, in a quick pick where several can be chosen. */
  async tick(label: string): Promise<void> {
    const row = await this.#row(label);
    await row.locator('.quick-input-list-checkbox, .monaco-checkbox').first().click();
  }

  async #row(label: string): Promise<Locator> {
    const rows = this.#widget.locator('.quick-input-list .monaco-list-row');
    const place = await until(
      `the quick input offers "${label}"`,
      async () => {
        const found = (await this.read()).items.findIndex((item) => item.label === label);
        return found >= 0 && { found };
      },
      () => this.read(),
    );
    return rows.nth(place.found);
  }

  async read(): Promise<QuickInputState> {
    return this.#page.evaluate(() => {
      const widget = document.querySelector('.quick-input-widget');
      const text = (selector: string, from: Element | null = widget) =>
        from?.querySelector(selector)?.textContent?.replaceAll('\u00a0', ' ').trim() ?? '';
      const field = widget?.querySelector<HTMLInputElement>('.quick-input-box input');
      const rows = [...(widget?.querySelectorAll('.quick-input-list .monaco-list-row') ?? [])];
      return {
        title: text('.quick-input-title'),
        placeholder: field?.placeholder ?? '',
        value: field?.value ?? '',
        message: text('.quick-input-message'),
        items: rows.map((row) => ({
          label: text('.label-name', row),
          description: text('.label-description', row),
          detail: text('.quick-input-list-label-meta', row),
          focused: row.classList.contains('focused'),
          checked: row.querySelector('[role=checkbox]')?.getAttribute('aria-checked') === 'true',
        })),
      };
    });
  }
}

/** The token in a text, or the text itself where it is a credential of another kind. */
function rememberTyped(text: string): void {
  const read = readTokenText(text);
  if ('token' in read) rememberToken(read.token);
  else if (read.kind === 'apiKey' || read.kind === 'personalAccessKey') rememberToken(text.trim());
}

/** Makes elements. Text only ever goes in as text. */

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

export function button(
  className: string,
  onPress: (event: MouseEvent) => void,
  ...children: readonly (Node | string)[]
): HTMLButtonElement {
  const made = element('button', className, ...children);
  made.type = 'button';
  made.addEventListener('click', onPress);
  return made;
}

/**
 * Text from outside (names, labels): kept apart from its surroundings, whichever direction it is written in. Not a `bdi`:
 * `unicode-bidi: plaintext` does the same, and a `bdi` whose text changes costs the browser a new style of all around it.
 */
export function foreign(text: string, className = ''): HTMLElement {
  return element('span', `foreign ${className}`.trimEnd(), text);
}

/** Digits, Latin letters and their punctuation, which run one way as the page does. */
const latin = /^[ -\u024f\u2010-\u2027\u20ac]*$/;

/**
 * Whether a text that is another one with each row has to be kept apart. One that runs as the page does is not: what asks for its
 * own direction takes the browser a third longer to lay out, and that is most of what a frame takes.
 */
export function isApart(text: string): boolean {
  return !latin.test(text);
}

/** Fills an empty element with such texts. It remembers what it shows: to ask the page for that with each row takes longer. */
export function foreignWriter(node: Element): (text: string) => void {
  const shown = new Text();
  let last = '';
  let wasApart = false;
  node.append(shown);
  return (text) => {
    if (text === last) return;
    last = text;
    shown.data = text;
    if (isApart(text) !== wasApart) wasApart = node.classList.toggle('foreign');
  };
}

/** Changes the text only where it differs, and in the text node that is there, so that layout and screen readers are left alone. */
export function setText(node: Element, text: string): void {
  const { firstChild } = node;
  if (firstChild instanceof Text && firstChild.nextSibling === null) {
    if (firstChild.data !== text) firstChild.data = text;
  } else if (node.textContent !== text) node.textContent = text;
}

/** Puts what floats at a point of the page, in pixels, or as near as it can be without leaving the page. */
export function putAt(floating: HTMLElement, x: number, y: number): void {
  const { style } = floating;
  // At the edge it would be given less room than it takes elsewhere.
  style.left = '0';
  style.top = '0';
  const { width, height } = floating.getBoundingClientRect();
  // Rounded down, a part of a pixel would be missing, and a line wrap for it.
  style.left = `${Math.max(0, Math.min(x, innerWidth - Math.ceil(width)))}px`;
  style.top = `${Math.max(0, Math.min(y, innerHeight - Math.ceil(height)))}px`;
}

/** Sixteen-pixel glyphs in the manner of VS Code's own icons, drawn for this page. */
const paths = {
  complete:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm2.65 3.15L7 9.29 5.35 7.65l-.7.7L7 10.71l4.35-4.36-.7-.7Z',
  warning: 'M8 1.2 1 14h14L8 1.2Zm0 2.08L13.31 13H2.69L8 3.28ZM7.5 6.5v3.5h1V6.5h-1Zm0 4.5v1h1v-1h-1Z',
  error:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM6.35 5.65l-.7.7L7.29 8 5.65 9.65l.7.7L8 8.71l1.65 1.64.7-.7L8.71 8l1.64-1.65-.7-.7L8 7.29 6.35 5.65Z',
  info: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM7.5 4.5v1h1v-1h-1Zm0 2.5v4.5h1V7h-1Z',
  reading: 'M8 1.5v1A5.5 5.5 0 1 1 2.5 8h-1A6.5 6.5 0 1 0 8 1.5Z',
  waiting:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM7.5 4v4.5H11v-1H8.5V4h-1Z',
  paused: 'M5 3v10h2V3H5Zm4 0v10h2V3H9Z',
  none: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1a5.5 5.5 0 0 1 4.23 9.02L4.48 3.77A5.48 5.48 0 0 1 8 2.5ZM3.77 4.48l7.75 7.75A5.5 5.5 0 0 1 3.77 4.48Z',
  missing: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM5 7.5v1h6v-1H5Z',
  unexpected:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM7.5 5v2.5H5v1h2.5V11h1V8.5H11v-1H8.5V5h-1Z',
  differs: 'M9.9 2.8 8.5 5.5H3v1h5L6.4 9.5H3v1h2.9l-1.4 2.7.9.5 1.6-3.2h6v-1H7.5l1.6-3H13v-1H9.6l1.2-2.2-.9-.5Z',
  question:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 1a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM7.5 11v1h1v-1h-1ZM8 4.2a2.3 2.3 0 0 0-2.3 2.3h1a1.3 1.3 0 1 1 2.1 1c-.8.6-1.3 1.1-1.3 2.1v.4h1v-.4c0-.5.2-.8.9-1.3A2.3 2.3 0 0 0 8 4.2Z',
  up: 'm8 5-4 4.3.7.7L8 6.5l3.3 3.5.7-.7L8 5Z',
  down: 'm8 11 4-4.3-.7-.7L8 9.5 4.7 6l-.7.7L8 11Z',
  filter: 'M2 3v1.2l4.5 5V14l3-1.8v-3l4.5-5V3H2Zm1.3 1h9.4L8.5 8.8v2.8l-1 .6V8.8L3.3 4Z',
} as const;
export type Glyph = keyof typeof paths;

export function glyph(name: Glyph): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `glyph ${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

/**
 * The parts of REFERENCE.md that are made from something else: commands and settings from the manifest, the API from its
 * source, and the figures from the last `npm run bench`. `npm run docs` writes them.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const project = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, project), 'utf8');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly mac: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownDescription: string;
}

/** One measured claim, as in bench-results.json. */
export interface Figure {
  readonly name: string;
  readonly ratio: number;
}

const prefix = 'hubspotAssociations.';
const bare = (id: string) => id.replace(prefix, '');

/** REFERENCE.md as it should be: with the parts made anew, and with the figures when there are some. */
export function referenceText(figures: readonly Figure[] = []): string {
  const { contributes } = JSON.parse(read('package.json')) as Manifest;
  const words = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
  const said = (text: string) => words[text.slice(1, -1)] ?? text;
  let text = read('REFERENCE.md');
  text = withPart(text, 'commands', commandTable(contributes, said));
  text = withPart(text, 'settings', settingTable(contributes.configuration.properties, said));
  text = withPart(text, 'api', `\`\`\`ts\n${apiDeclaration()}\n\`\`\``);
  return figures.reduce(withFigure, text);
}

function withPart(text: string, name: string, part: string): string {
  const [start, end] = [`<!-- ${name} -->`, '<!-- end -->'];
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf(end, from);
  if (from < start.length || to < 0) throw new Error(`REFERENCE.md has no place for ${name}.`);
  return `${text.slice(0, from)}\n${part}\n${text.slice(to)}`;
}

function commandTable(
  { commands, keybindings, menus }: Manifest['contributes'],
  said: (text: string) => string,
): string {
  const hidden = new Set(menus.commandPalette?.filter(({ when }) => when === 'false').map(({ command }) => command));
  const rows = commands.map(({ command, title }) => {
    const keys = keybindings.filter((each) => each.command === command).map(({ key, mac }) => keyWords(key, mac));
    const menusOf = Object.entries(menus).flatMap(([menu, items]) => {
      const isIn = items.some((item) => item.command === command && item.when !== 'false');
      return isIn && menu !== 'commandPalette' ? [menuWords[menu] ?? menu] : [];
    });
    const places = [...(hidden.has(command) ? [] : ['palette']), ...menusOf];
    const where = places.length > 0 ? places.join(', ') : 'in no menu';
    return `| ${said(title)} | \`${bare(command)}\` | ${keys.join(', ')} | ${where} |`;
  });
  return ['| command | id | keys | where |', '|---|---|---|---|', ...rows].join('\n');
}

const menuWords: Readonly<Record<string, string>> = {
  'editor/context': "the editor's menu",
  'explorer/context': "the explorer's menu",
  'view/title': "a view's title",
  'view/item/context': 'a row of a view',
};

function keyWords(key: string, mac: string): string {
  const word = (keys: string) => keys.replace(/(^|[+ ])([a-z])/g, (_, before, letter) => before + letter.toUpperCase());
  return key === mac ? `\`${word(key)}\`` : `\`${word(key)}\` (Mac: \`${word(mac)}\`)`;
}

function settingTable(properties: Readonly<Record<string, Setting>>, said: (text: string) => string): string {
  const rows = Object.entries(properties).map(([name, setting]) => {
    const { enum: choices, enumDescriptions = [], minimum, maximum } = setting;
    const values = choices?.map((choice, nth) => `\`${choice}\`: ${said(enumDescriptions[nth] ?? '')}`).join(' ');
    const range =
      minimum === undefined
        ? ''
        : maximum === undefined
          ? `from ${number(minimum)}`
          : `${number(minimum)} to ${number(maximum)}`;
    const type = choices ? 'one of these' : setting.type === 'boolean' ? 'true or false' : range;
    const text = [said(setting.markdownDescription), ...(values ? [values] : [])].join(' ');
    return `| \`${bare(name)}\` | ${text} | ${type} | \`${String(setting.default)}\` |`;
  });
  return ['| setting | what it says | values | default |', '|---|---|---|---|', ...rows].join('\n');
}

const number = (value: number) => value.toLocaleString('en');

/** What src/publicApi.ts declares of the API, word by word. */
function apiDeclaration(): string {
  const declaration = /^export interface PublicApi \{.*?^\}/ms.exec(read('src/publicApi.ts'))?.[0];
  if (!declaration) throw new Error('src/publicApi.ts declares no PublicApi.');
  return declaration.replace(/^export /, '');
}

/** A row of the measured claims: its name, whether less (≤) or more (≥) is better than its mark, and the figure. */
export const figureRow = /^(\| `([a-z]+\.[\w.-]+)` \|.*\| ([≤≥]) ([\d.]+) \| )([^|]*) \|$/gm;

/** What a row says of a figure: one that misses its mark says so. */
export function figureWords(figure: number, sign: string, mark: number): string {
  const digits = figure >= 10 ? figure.toFixed(0) : figure.toPrecision(3);
  return (sign === '≤' ? figure <= mark : figure >= mark) ? digits : `**${digits}, missed**`;
}

/** Writes a figure into its row. */
function withFigure(text: string, { name, ratio }: Figure): string {
  return text.replace(figureRow, (row, start: string, named: string, sign: string, mark: string) =>
    named === name ? `${start}${figureWords(ratio, sign, Number(mark))} |` : row,
  );
}

if (import.meta.main) {
  const results = new URL('bench-results.json', project);
  const figures = existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as Figure[]) : [];
  writeFileSync(new URL('REFERENCE.md', project), referenceText(figures));
}

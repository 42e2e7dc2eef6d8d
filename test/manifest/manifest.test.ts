/** package.json read as data: what it promises is there, and what is there is promised. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseCheck, parseLookUp, parseReadIds } from '../../src/agents/toolInput.ts';
import { apiVersions } from '../../src/core/domain/associations.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(`${project}${path}`, 'utf8');
const manifestText = read('package.json');

interface Item {
  readonly command: string;
  readonly when?: string;
}
const manifest = JSON.parse(manifestText) as {
  main: string;
  icon: string;
  engines: { vscode: string };
  devDependencies: Record<string, string>;
  capabilities: { untrustedWorkspaces: { supported: unknown }; virtualWorkspaces: { supported: unknown } };
  extensionKind: string[];
  activationEvents: string[];
  contributes: {
    commands: { command: string; title: string; category: string }[];
    menus: Record<string, Item[]>;
    keybindings: { command: string; key: string; mac: string; when?: string }[];
    views: Record<string, { id: string; icon: string; when?: string }[]>;
    viewsContainers: { activitybar: { id: string; icon: string }[] };
    walkthroughs: {
      steps: {
        description: string;
        media: { image?: Record<string, string>; svg?: string; altText: string };
        completionEvents: string[];
      }[];
    }[];
    languageModelTools: {
      name: string;
      toolReferenceName: string;
      modelDescription: string;
      inputSchema: { properties: Record<string, { enum?: string[]; minimum?: number; maximum?: number }> };
    }[];
    chatSkills: { path: string }[];
    viewsWelcome: { view: string; contents: string; when?: string }[];
    configuration: { properties: Record<string, { scope: string; markdownDescription: string; default: unknown }> };
  };
};
const words = JSON.parse(read('package.nls.json')) as Record<string, string>;
const { contributes } = manifest;
const commands = contributes.commands.map(({ command }) => command);
const sources = globSync('src/**/*.ts', { cwd: project }).map((path) => read(path));

test('each command has a handler, and each handler a command', () => {
  const handled = [...read('src/commands.ts').matchAll(/^ {4}'(hubspotAssociations\.\w+)':/gm)].map(
    (match) => match[1]!,
  );
  assert.deepEqual([...handled].sort(), [...commands].sort());
});

test('each command that code or the manifest runs is there', () => {
  const named = [...sources, ...Object.values(words)].flatMap((text) => [
    ...text.matchAll(/(?:executeCommand\(\s*'|command: '|command:)(hubspotAssociations\.\w+)/g),
  ]);
  for (const [, command] of named) assert.ok(commands.includes(command!), command);
  for (const { command } of [...Object.values(contributes.menus).flat(), ...contributes.keybindings]) {
    assert.ok(commands.includes(command), command);
  }
});

test('commands carry the category, and those that act on a row are not in the palette', () => {
  for (const { category } of contributes.commands) assert.equal(category, '%category%');
  const hidden = contributes.menus.commandPalette!.filter(({ when }) => when === 'false').map(({ command }) => command);
  for (const { command } of contributes.menus['view/item/context']!) {
    const isAlsoGlobal = command.endsWith('Account') || command.endsWith('AccountToken');
    assert.ok(isAlsoGlobal || hidden.includes(command), `${command} acts on a row but is in the palette`);
  }
});

test('one item in the context menu of the editor', () => {
  assert.equal(contributes.menus['editor/context']!.length, 1);
});

const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
const completionEvents = steps.flatMap((step) => step.completionEvents);

test('the walkthrough has six steps, each with its words, its picture and ways to be done', () => {
  assert.equal(steps.length, 6);
  for (const { description, media, completionEvents: done } of steps) {
    const text = words[description.replaceAll('%', '')] ?? '';
    // A link on a line of its own is the step's button. What an agent is asked is asked elsewhere.
    const buttons = done.includes('onStepSelected') ? 0 : 1;
    assert.equal(text.match(/^\[[^\]]+\]\([^)]+\)$/gm)?.length ?? 0, buttons, text);
    if (media.image) assert.deepEqual(Object.keys(media.image), ['dark', 'light', 'hc', 'hcLight']);
    // A drawing takes the colours of the theme.
    const pictures = media.svg === undefined ? Object.values(media.image ?? {}) : [media.svg];
    assert.ok(pictures.length > 0);
    for (const picture of pictures) assert.ok(existsSync(`${project}${picture}`), picture);
    assert.ok(words[media.altText.replaceAll('%', '')]);
    assert.ok(done.length > 0);
  }
  for (const event of completionEvents) {
    if (event === 'onStepSelected') continue;
    const [, kind, rest] = /^(onCommand|onContext):(.+)$/.exec(event) ?? [];
    assert.ok(kind === 'onContext' || commands.includes(rest!), event);
  }
});

test('each key of ours in a when clause is set somewhere', () => {
  const clauses = [
    ...Object.values(contributes.menus).flat(),
    ...contributes.keybindings,
    ...contributes.viewsWelcome,
    ...Object.values(contributes.views).flat(),
  ]
    .map(({ when }) => when ?? '')
    .concat(completionEvents.filter((event) => event.startsWith('onContext:')));
  const views = Object.values(contributes.views)
    .flat()
    .map(({ id }) => id);
  const keys = clauses.flatMap((clause) => clause.match(/hubspotAssociations\.\w+/g) ?? []);
  for (const key of keys.filter((each) => !views.includes(each))) {
    assert.ok(
      sources.some((text) => new RegExp(`setContext\\(\\s*'${key}'`).test(text)),
      `${key} is never set`,
    );
  }
});

test('each %key% of the manifest has words, and the reverse', () => {
  const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]!);
  for (const key of used) assert.ok(words[key], `no words for %${key}%`);
  for (const key of Object.keys(words)) assert.ok(used.includes(key), `${key} is not used`);
});

test('each icon and entry that is named exists', () => {
  const icons = [
    manifest.icon,
    ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
    ...Object.values(contributes.views)
      .flat()
      .map(({ icon }) => icon),
  ];
  for (const icon of icons) assert.ok(existsSync(`${project}${icon}`), icon);
  assert.equal(manifest.main, './dist/extension.cjs');
});

test('no setting can be changed by a workspace', () => {
  for (const [name, { scope }] of Object.entries(contributes.configuration.properties)) {
    assert.equal(scope, 'application', name);
  }
});

test('nothing starts with the editor, and every kind of workspace is declared', () => {
  assert.deepEqual(manifest.activationEvents, ['onWebviewPanel:hubspotAssociations.answer']);
  assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, true);
  assert.equal(manifest.capabilities.virtualWorkspaces.supported, true);
});

test('the types are those of the oldest supported editor', () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  assert.equal(manifest.engines.vscode, '^1.100.0');
  // A marketplace takes no extension with a proposed API.
  assert.doesNotMatch(manifestText, /enabledApiProposals/);
});

const tools = contributes.languageModelTools;

test('each tool has a function, and each function a tool', () => {
  const served = [...read('src/agents/agentTools.ts').matchAll(/^ {6}(hubspotAssociations_\w+):/gm)].map(
    (match) => match[1]!,
  );
  assert.deepEqual([...served].sort(), tools.map(({ name }) => name).sort());
  assert.equal(new Set(tools.map(({ toolReferenceName }) => toolReferenceName)).size, tools.length);
});

test('what the schema of a tool names is read, with the bounds that it tells', () => {
  const parsers: Record<string, (given: unknown) => object> = {
    hubspotAssociations_readIds: parseReadIds,
    hubspotAssociations_lookUp: parseLookUp,
    hubspotAssociations_check: parseCheck,
  };
  for (const { name, inputSchema } of tools) {
    const parse = parsers[name]!;
    for (const [key, { enum: values, minimum, maximum }] of Object.entries(inputSchema.properties)) {
      const refused = (value: unknown) => new RegExp(`\\b${key}: `).test(JSON.stringify(parse({ [key]: value })));
      assert.ok(refused(null), `${name}: ${key} is not read`);
      if (values) assert.deepEqual(values, apiVersions, key);
      if (minimum !== undefined) assert.deepEqual([refused(minimum - 1), refused(minimum)], [true, false], key);
      if (maximum !== undefined) assert.deepEqual([refused(maximum + 1), refused(maximum)], [true, false], key);
    }
  }
});

test('the skill names the tools there are, and stands where its name says', () => {
  for (const { path } of contributes.chatSkills) {
    const text = read(path);
    const [, name, description] = /^---\nname: ([a-z-]+)\ndescription: (.+)\n---\n/.exec(text) ?? [];
    assert.equal(path, `./media/skill/${name}/SKILL.md`);
    assert.ok(description && description.length <= 1024);
    const named = new Set([...text.matchAll(/hubspotAssociations_\w+/g)].map(([tool]) => tool));
    assert.deepEqual([...named].sort(), tools.map((tool) => tool.name).sort());
  }
});

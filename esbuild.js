/**
 * Builds what ships, into dist/: a small entry that VS Code loads at activation, the rest of the host side that the entry
 * loads on first use, and the panel's page. `--production` minifies and adds the licences of what is bundled, `--watch`
 * rebuilds on change.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Prints the two lines between which an editor's build task collects problems. */
const announce = {
  name: 'announce',
  setup(build) {
    build.onStart(() => console.log('build started'));
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`error: ${text}`);
        if (location) console.error(`  ${location.file}:${location.line}:${location.column + 1}`);
      }
      console.log('build finished');
    });
  },
};

/** Nobody here makes a JSON Schema of a schema, and zod's way to one would be a fortieth of what ships: it is left out. */
const withoutJsonSchemas = {
  name: 'without-json-schemas',
  setup(build) {
    build.onLoad({ filter: /zod.v4.core.(?:json-schema-processors|to-json-schema)\.js$/ }, ({ path }) => {
      const exported = readFileSync(path, 'utf8').matchAll(/^export (?:const|function) (\w+)/gm);
      return { contents: Array.from(exported, ([, name]) => `export const ${name} = () => undefined;`).join('\n') };
    });
  },
};

const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  metafile: true,
  logLevel: 'silent',
  plugins: [announce, withoutJsonSchemas],
  outdir: 'dist',
};

const builds = [
  {
    ...shared,
    entryPoints: { extension: 'src/extension.ts', main: 'src/main.ts' },
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // Some packages' CommonJS form (jsonc-parser's) requires its parts in a way that no bundler can follow.
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.cjs' },
    external: ['vscode', './main.cjs'],
    // The page and its host share schemas in the form that is small in the page. Here the whole of zod is there anyway.
    // A name that only the small form has would be undefined, and crash when the bundle is loaded: it fails the build.
    alias: { 'zod/mini': 'zod' },
    logOverride: { 'import-is-undefined': 'error' },
  },
  {
    ...shared,
    entryPoints: { panel: 'media/panel/main.ts', 'panel-style': 'media/panel/panel.css' },
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
  },
];

const contexts = await Promise.all(builds.map((options) => context(options)));
if (watch) {
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  const results = await Promise.allSettled(contexts.map((each) => each.rebuild()));
  await Promise.all(contexts.map((each) => each.dispose()));
  if (results.some(({ status }) => status === 'rejected')) process.exitCode = 1;
  else if (production) writeFileSync('dist/THIRD_PARTY_LICENSES.txt', licensesOf(results.map(({ value }) => value)));
}

/** The licence of every package that is part of a bundle: each asks to be named where its code goes. */
function licensesOf(bundles) {
  const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const packages = new Set(inputs.flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []));
  return [...packages]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
      const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
      if (!file) throw new Error(`${name} has no licence file.`);
      return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

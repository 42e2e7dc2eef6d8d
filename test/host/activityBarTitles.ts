import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly contributes?: {
    readonly viewsContainers?: { readonly activitybar?: readonly { readonly title: string }[] };
  };
}

/** The titles that an extension's manifest adds to the activity bar, in the given language. */
export function activityBarTitles(extension: string, locale?: string): string[] {
  const manifest = read(extension, 'package.json') as Manifest;
  const texts = {
    ...read(extension, 'package.nls.json'),
    ...(locale && read(extension, `package.nls.${locale}.json`)),
  };
  return (manifest.contributes?.viewsContainers?.activitybar ?? []).map(({ title }) => {
    const key = /^%(.+)%$/.exec(title)?.[1];
    return key === undefined ? title : String(texts[key] ?? title);
  });
}

function read(folder: string, name: string): Record<string, unknown> {
  const file = join(folder, name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The form of a private app token or service key. */
const tokenForm = /pat-[a-z]{2}\d-[0-9a-f]{8}-[0-9a-f]{4}/;

/** Every file below a folder. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The files below a folder, and the texts, that hold something of the form of a token. */
export function tokensLeftIn(folder: string, texts: Readonly<Record<string, string>> = {}): string[] {
  const inFiles = filesIn(folder).filter((file) => tokenForm.test(readFileSync(file, 'latin1')));
  const inTexts = Object.keys(texts).filter((name) => tokenForm.test(texts[name]!));
  return [...inFiles, ...inTexts];
}

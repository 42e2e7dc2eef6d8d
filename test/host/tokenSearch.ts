/**
 * Looks for tokens where none may be. Everything that a test run leaves behind is searched when it is closed: temporary folders
 * (temporaryFolder.ts), the server's output (vscodeServer.ts), the window and its pages (windowClosing.ts).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The form of a private app token or service key. */
const tokenForm = /pat-[a-z]{2}\d-[0-9a-f]{8}-[0-9a-f]{4}/;

/** `pat-na1-`: what all of them begin with is no secret. */
const publicPart = 'pat-na1-'.length;

/** What is searched for: each form of each token that this process has made or typed. */
const forms = new Set<string>();

/** Each form of what records hold that this process has planted: it may be shown, and kept nowhere. */
const valueForms = new Set<string>();

/** From now on this token is looked for, whatever its form: as it is and as it would stand in JSON, a URL or base64. */
export function rememberToken(token: string): void {
  addForms(token, forms);
  if (tokenForm.test(token)) forms.add(token.slice(publicPart));
}

/** From now on this value of a record is looked for in all that is left behind. What a window shows and its pages are sent may hold it. */
export function rememberValue(value: string): void {
  addForms(value, valueForms);
}

function addForms(token: string, to: Set<string>): void {
  const utf16 = Buffer.from(token, 'utf16le').toString('latin1');
  const hex = Buffer.from(token).toString('hex');
  for (const form of [token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1), utf16, hex]) to.add(form);
  // In base64 a text looks different after one, two or three other bytes; its ends depend on what stands beside it.
  for (const [before, unsure] of [0, 2, 3].entries()) {
    const coded = Buffer.concat([Buffer.alloc(before), Buffer.from(token)]).toString('base64');
    const sure = coded.slice(unsure, -4);
    to.add(sure).add(sure.replaceAll('+', '-').replaceAll('/', '_'));
  }
}

/** Whether a text holds a token of this process, or anything of the form of one. */
export function holdsToken(text: string): boolean {
  if (tokenForm.test(text)) return true;
  for (const form of forms) if (text.includes(form)) return true;
  return false;
}

/** Whether what is left behind holds a token, or a value of a record that was planted. */
export function holdsLeftover(text: string): boolean {
  if (holdsToken(text)) return true;
  for (const form of valueForms) if (text.includes(form)) return true;
  return false;
}

/** The files below a folder that hold a token, or a value that was planted. */
export function filesWithToken(folder: string): string[] {
  return filesIn(folder).filter((file) => holdsLeftover(read(file)));
}

/** @throws when there are any, with their names and never with what they hold */
export function assertNoTokens(places: readonly string[]): void {
  if (places.length > 0) throw new Error(`A token was left behind in ${[...new Set(places)].join(', ')}`);
}

/** Every file below a folder; none where there is no folder. */
export function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** A file that another test has just removed holds nothing. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

import { join } from 'node:path';
import { closeEach } from './closing.ts';
import type { PageWatch } from './pageWatch.ts';
import { assertNoTokens, filesWithToken } from './tokenSearch.ts';
import { projectFolder } from './vscodeRelease.ts';

/** What there is of a window. */
export interface OpenWindow {
  readonly watch: PageWatch;
  readonly browser: { close(): Promise<void> };
  readonly server: { close(): Promise<void> };
  /** The copy of a workspace that was made for it. */
  readonly folder?: { remove(): Promise<void> };
}

/** What tests write down: pictures, exports, what was built for them. */
export const outFolder: string = join(projectFolder, 'out');

/**
 * Closes a window and all that belongs to it. Every window ends here, and whatever a test has done in it: nothing that it
 * leaves behind may hold a token.
 *
 * @throws when something does, with the names of all places.
 */
export async function closeWindow({ watch, browser, server, folder }: OpenWindow): Promise<void> {
  await closeEach(
    async () => assertNoTokens(await watch.tokensSeen()),
    () => browser.close(),
    // The folders of server and workspace are searched when they are removed.
    () => server.close(),
    async () => folder?.remove(),
    async () => assertNoTokens(filesWithToken(outFolder)),
  );
}

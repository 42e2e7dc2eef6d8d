import type { Page } from 'playwright-core';

/**
 * What VS Code in a browser has stored of the open editors, as its text. It stores them a few seconds after they changed,
 * and a page that is loaded anew before that does not find them again.
 */
export function storedEditors(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answerOf = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const texts: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (!name?.startsWith('vscode-web-state-db-') || name.endsWith('-global')) continue;
      const database = await answerOf(indexedDB.open(name));
      const items = database.transaction('ItemTable').objectStore('ItemTable');
      texts.push(String(await answerOf(items.get('memento/workbench.parts.editor'))));
      database.close();
    }
    return texts.join('\n');
  });
}

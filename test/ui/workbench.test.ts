import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openVscode, type VscodeWindow } from '../host/vscodeWindow.ts';

let window: VscodeWindow;

before(async () => {
  window = await openVscode({ openFile: 'deals-export.csv' });
});

after(() => window?.close());

test('the context menu of the editor has one item of ours', async () => {
  await window.workbench.selectLines(2, 3);
  const labels = await window.workbench.openContextMenu();
  assert.deepEqual(
    labels.filter((label) => label.includes('Association')),
    ['Look Up Associations...'],
  );
  await window.workbench.press('Escape');
});

import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  it('gives the public API', async () => {
    const extension = vscode.extensions.getExtension('associations-for-hubspot.associations-for-hubspot');
    assert.ok(extension, 'the extension is there');
    const api = await extension.activate();
    assert.equal(api.version, 1);
  });

  it('has registered every command of the manifest', async () => {
    const extension = vscode.extensions.getExtension('associations-for-hubspot.associations-for-hubspot');
    const registered = new Set(await vscode.commands.getCommands(true));
    const declared: readonly { readonly command: string }[] = extension?.packageJSON.contributes.commands;
    assert.deepEqual(
      declared.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });
});

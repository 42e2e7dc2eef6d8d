/** The document that a panel is loaded from. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';

/**
 * The page: no CRM data in it, and only the one script and the one style with this load's nonce. They stand in it, and it may load
 * nothing: from a file each would have to come through the webview's service worker, before the first row can be drawn.
 * @param how `isReading`: the Answer is still read from the disk, which the page says until it gets its first state. `isBack`: its
 * look-up was removed and is there again, and the page leaves the keyboard where it is
 */
export function pageHtml(
  extensionUri: vscode.Uri,
  lookUpId: string,
  { isReading, isBack }: { readonly isReading: boolean; readonly isBack: boolean },
): string {
  const built = (name: string) => readFileSync(vscode.Uri.joinPath(extensionUri, 'dist', name).fsPath, 'utf8');
  const nonce = randomBytes(18).toString('base64url');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  const words = vscode.l10n.t('Reading from disk').replace(/[&<]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const reading = isReading ? `<p id="reading" role="status">${words}</p>\n` : '';
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${built('panel-style.css')}</style>
<title></title>
</head>
<body data-look-up="${lookUpId}"${isBack ? ' data-back' : ''}>
${reading}<script nonce="${nonce}">${built('panel.js')}</script>
</body>
</html>`;
}

/** The document that a panel is loaded from. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where the page's script and style are. */
export function pageFolder({ extensionUri }: { readonly extensionUri: vscode.Uri }): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist');
}

/**
 * The page: no CRM data in it, no inline style, and only the one script with this load's nonce.
 * @param how `isReading`: the Answer is still read from the disk, which the page says until it gets its first state. `isBack`: its
 * look-up was removed and is there again, and the page leaves the keyboard where it is
 */
export function pageHtml(
  webview: vscode.Webview,
  dist: vscode.Uri,
  lookUpId: string,
  { isReading, isBack }: { readonly isReading: boolean; readonly isBack: boolean },
): string {
  const nonce = randomBytes(18).toString('base64url');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, 'panel.js'));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(dist, 'panel-style.css'));
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  const words = vscode.l10n.t('Reading from disk').replace(/[&<]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const reading = isReading ? `<p id="reading" role="status">${words}</p>\n` : '';
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title></title>
</head>
<body data-look-up="${lookUpId}"${isBack ? ' data-back' : ''}>
${reading}<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

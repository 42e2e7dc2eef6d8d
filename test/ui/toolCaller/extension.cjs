/**
 * An extension that calls language-model tools as an assistant does, and commands and the public API as other extensions do: it
 * takes what to call and its input from the file that TOOL_ORDER names, and writes what it was answered beside it. So a person's
 * confirmation can be tested without an assistant.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  subscriptions.push(vscode.commands.registerCommand('toolCaller.run', call));
};

let last = 0;

async function call() {
  const order = process.env.TOOL_ORDER;
  const { nth, tool, input } = JSON.parse(readFileSync(order, 'utf8'));
  // The key is pressed until it was heard.
  if (nth === last) return;
  last = nth;
  writeFileSync(`${order}.taken`, String(nth));
  const told = await answerOf(tool, input).catch((error) => `thrown: ${error.message}`);
  writeFileSync(`${order}.done`, JSON.stringify({ nth, told }));
}

/** @param called a tool, a command, or `api.lookUp` and `api.check`, whose input are their arguments */
async function answerOf(called, input) {
  if (called.startsWith('api.')) {
    const api = await vscode.extensions.getExtension('associations-for-hubspot.associations-for-hubspot').activate();
    const answer = await api[called.slice('api.'.length)](...input);
    return JSON.stringify(answer.counts ?? answer);
  }
  if (called.includes('.')) return JSON.stringify(await vscode.commands.executeCommand(called, input)) ?? 'undefined';
  const { content } = await vscode.lm.invokeTool(called, { input, toolInvocationToken: undefined });
  return content.map(({ value }) => value).join('');
}

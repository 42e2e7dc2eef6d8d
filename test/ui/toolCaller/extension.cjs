/**
 * An extension that calls language-model tools as an assistant does: it takes the tool and its input from the file that
 * TOOL_ORDER names, and writes what it was answered beside it. So a person's confirmation can be tested without an assistant.
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
  const told = await vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined }).then(
    ({ content }) => content.map(({ value }) => value).join(''),
    (error) => `thrown: ${error.message}`,
  );
  writeFileSync(`${order}.done`, JSON.stringify({ nth, told }));
}

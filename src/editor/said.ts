/** Small things that are said in many places, each said in one way. */
import * as vscode from 'vscode';

/** Milliseconds for which the status bar says something in passing. */
const shownFor = 5000;

/** Says something in the status bar that nobody has to answer. */
export function sayBriefly(sentence: string): void {
  vscode.window.setStatusBarMessage(sentence, shownFor);
}

/** The last part of a path: "deals.csv". */
export function fileNameOf({ path }: Pick<vscode.Uri, 'path'>): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

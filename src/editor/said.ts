/** Small things that are said in many places, each said in one way. */
import * as vscode from 'vscode';

/** Milliseconds for which the status bar says something in passing. */
const shownFor = 5000;

/** Says something in the status bar that nobody has to answer. */
export function sayBriefly(sentence: string): void {
  vscode.window.setStatusBarMessage(sentence, shownFor);
}

/**
 * Says why something that a person asked for was not done. It stays until it is closed: in the status bar it would be gone
 * before it is read.
 */
export function sayWhyNot(sentence: string): void {
  void vscode.window.showWarningMessage(sentence);
}

/** Why something that a person asked for could not be done, in a sentence for them: nothing is wrong with the extension. */
export class NotDoneError extends Error {}

/** The last part of a path: "deals.csv". */
export function fileNameOf({ path }: Pick<vscode.Uri, 'path'>): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

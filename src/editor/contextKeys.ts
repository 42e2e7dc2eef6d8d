/** The keys of `when` clauses, their types and how they are set. */
import * as vscode from 'vscode';

interface ContextKeys {
  /** True when the user has added an account. */
  'hubspotAssociations.hasAccount': boolean;
  /** True while there is at least one look-up in the Lookups view. */
  'hubspotAssociations.hasLookUps': boolean;
  /** True while one of them is of an account that the user has added. */
  'hubspotAssociations.hasOwnLookUps': boolean;
  /** True while one of them is a check. */
  'hubspotAssociations.hasChecks': boolean;
  /** True when the Lookups view is empty because everything in it was removed in this window. */
  'hubspotAssociations.isCleared': boolean;
  /**
   * True once the walkthrough was opened from here. VS Code ticks off a step when its key becomes true, and never when that was
   * so before it knew of the walkthrough.
   */
  'hubspotAssociations.walkthroughShown': boolean;
}

export function setContext<Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

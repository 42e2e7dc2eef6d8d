/** Whether a person's files of pairs name all there ought to be of their records: remembered from one check to the next. */
import type * as vscode from 'vscode';

const key = 'hubspotAssociations.filesAreWhole';

export class WholeFiles {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  get areWhole(): boolean {
    return this.#memory.get<unknown>(key) !== false;
  }

  async remember(areWhole: boolean): Promise<void> {
    await this.#memory.update(key, areWhole);
  }
}

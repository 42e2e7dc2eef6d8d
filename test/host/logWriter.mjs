/**
 * Loaded into VS Code's server and its extension hosts before anything else: a log writer in place of VS Code's own, which is
 * a native module that npm would have to compile. Without one, VS Code keeps its logs to itself: no file has them, and the
 * Output panel stays empty. This one writes what it is given, in the same form, at once.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import Module from 'node:module';
import { dirname, sep } from 'node:path';

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  #file;
  #level = 2;
  #isBare = false;

  constructor(_type, _name, file) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
  }

  trace = (text) => this.#write(0, text);
  debug = (text) => this.#write(1, text);
  info = (text) => this.#write(2, text);
  warn = (text) => this.#write(3, text);
  error = (text) => this.#write(4, text);
  critical = (text) => this.#write(5, text);
  getLevel = () => this.#level;
  setLevel = (level) => {
    this.#level = level;
  };
  clearFormatters = () => {
    this.#isBare = true;
  };
  setPattern() {}
  flush() {}
  drop() {}

  #write(level, text) {
    if (level < this.#level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(this.#file, this.#isBare ? text : `${time} [${names[level]}] ${text}\n`);
  }
}

const native = { version: 0, setLevel() {}, setFlushOn() {}, Logger };
const inPackage = `${sep}@vscode${sep}spdlog${sep}`;
const load = Module._load;
Module._load = function (request, parent, ...rest) {
  const isNative = request === 'bindings' && parent?.filename?.includes(inPackage);
  return isNative ? () => native : load.call(this, request, parent, ...rest);
};

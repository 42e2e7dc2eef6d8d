/**
 * Loaded into VS Code's server before anything else: the server ends when the process that started it is gone, however
 * that ended. Its standard input is a pipe of that process. The extension hosts, which inherit this, see to themselves.
 */
if (process.argv[1]?.endsWith('server-main.js')) {
  process.stdin.on('end', () => process.exit(1)).resume();
}

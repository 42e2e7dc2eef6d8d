@node "%~dp0vscodeExecutable.ts" %*

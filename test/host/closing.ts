/**
 * What this process has opened and must close: servers, browsers, folders. They are closed in reverse order when their
 * owner says so, on Ctrl+C and when the process is told to end; what is still open when the process ends in any other way is
 * struck down by its own id.
 */
interface Opened {
  close(): Promise<void>;
  /** The last resort, when the process is ending and nothing can be waited for. */
  closeNow(): void;
}

const opened = new Set<Opened>();
let listening = false;

/** Remembers something to be closed. The returned function closes it, once. */
export function closeAtEnd(close: () => Promise<void>, closeNow: () => void): () => Promise<void> {
  listen();
  let closing: Promise<void> | undefined;
  const entry: Opened = {
    close: () => {
      closing ??= close().finally(() => opened.delete(entry));
      return closing;
    },
    closeNow,
  };
  opened.add(entry);
  return entry.close;
}

/** Closes everything that is still open, the latest first. @throws what went wrong, when all is closed */
export async function closeAll(): Promise<void> {
  const close = (entry: Opened) => () =>
    entry.close().catch((error: unknown) => {
      entry.closeNow();
      throw error;
    });
  await closeEach(...[...opened].reverse().map(close));
}

/** Closes one after the other, each whatever became of those before. @throws what went wrong with any of them */
export async function closeEach(...steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => errors.push(error));
  const [first, ...others] = errors;
  if (others.length > 0) throw new AggregateError(errors, errors.map((error) => (error as Error).message).join('\n'));
  if (first !== undefined) throw first;
}

function listen(): void {
  if (listening) return;
  listening = true;
  process.on('exit', () => {
    for (const entry of [...opened].reverse()) entry.closeNow();
  });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    let asked = false;
    process.on(signal, () => {
      // Asked twice, it does not wait any longer.
      if (asked) process.exit(code);
      asked = true;
      // A script that is done, and only stays up, has set its exit code already.
      const end = () => process.exit(process.exitCode ?? code);
      closeAll().then(end, end);
    });
  }
}

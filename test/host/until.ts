/** How long a condition may take on a slow machine, in milliseconds. It is a limit, never a pause. */
const patience = 30_000;

/**
 * Waits for a condition: asks again and again until the probe gives something other than undefined, null or false.
 *
 * @param what - completes the sentence "Waited in vain until ...".
 * @param probe - may throw: then that is the reason which the error tells.
 * @param seen - says what there is instead, for the error.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  seen: () => Promise<unknown> | unknown = () => undefined,
  limit: number = patience,
): Promise<T> {
  const end = performance.now() + limit;
  let reason: unknown;
  do {
    try {
      const found = await probe();
      if (found !== undefined && found !== null && found !== false) return found;
      reason = undefined;
    } catch (error) {
      reason = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  } while (performance.now() < end);
  const instead = await seen();
  const rest = instead === undefined ? '' : `\nThere is instead: ${JSON.stringify(instead, undefined, 2)}`;
  throw new Error(`Waited in vain until ${what}.${rest}`, { cause: reason });
}

/** What went wrong, from whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Looks at what another extension, a task or a model handed over, which may throw when it is looked at. @returns undefined then */
export function safely<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

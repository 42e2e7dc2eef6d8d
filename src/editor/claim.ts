/** Files by which one of several windows, each with a process of its own, claims something for itself. */
import { readFile, writeFile } from 'node:fs/promises';

/** Writes this process into the file. @returns false when a process that lives has claimed it. */
export async function claim(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (await isClaimedElsewhere(path)) return false;
    await writeFile(path, String(process.pid));
    return true;
  }
}

/** True while another process that lives has claimed it. */
export async function isClaimedElsewhere(path: string): Promise<boolean> {
  const owner = Number(await readFile(path, 'utf8').catch(() => ''));
  return owner !== process.pid && isAlive(owner);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

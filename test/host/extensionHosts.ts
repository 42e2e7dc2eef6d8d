import { spawnSync } from 'node:child_process';
import type { VscodeServer } from './vscodeServer.ts';

/** The ids of the processes in which this server runs extensions. Not on Windows. */
export function extensionHosts({ pid }: VscodeServer): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [, id, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === pid && args.includes('--type=extensionHost') ? [Number(id)] : [];
  });
}

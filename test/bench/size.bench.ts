/** What ships, in kB (1,000 bytes): the entry that every activation loads, the panel's page, the whole package. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Measure, Measurement } from './measurement.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

export const measure: Measure = async () => {
  execFileSync(process.execPath, ['esbuild.js', '--production'], { cwd: project, stdio: 'ignore' });
  const folder = mkdtempSync(join(tmpdir(), 'associations-size-'));
  try {
    const vsix = join(folder, 'packed.vsix');
    const vsce = join(project, 'node_modules', '@vscode', 'vsce', 'vsce');
    const flags = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
    execFileSync(process.execPath, [vsce, 'package', ...flags, '--out', vsix], {
      cwd: project,
      stdio: 'ignore',
    });
    const dist = (name: string) => statSync(join(project, 'dist', name)).size;
    return [
      size('size.entry', dist('extension.cjs'), 40),
      size('size.page', dist('panel.js') + dist('panel-style.css'), 80),
      size('size.vsix', statSync(vsix).size, 400),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    execFileSync(process.execPath, ['esbuild.js'], { cwd: project, stdio: 'ignore' });
  }
};

/** The floor of a size is the most it may be. */
function size(name: string, bytes: number, most: number): Measurement {
  const value = bytes / 1000;
  return { name, value, floor: most, ratio: value / most, unit: 'kB', mark: { atMost: 1 } };
}

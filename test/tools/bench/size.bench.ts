/** What ships, in kB (1,000 bytes): the entry that every activation loads, the panel's page, the whole package. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { packExtension } from '../../host/packedExtension.ts';
import { buildExtension } from '../../host/preparation.ts';
import { temporaryFolder } from '../../host/temporaryFolder.ts';
import { projectFolder } from '../../host/vscodeRelease.ts';
import { counted, type Lines, type Measurement } from './measurement.ts';

export const lines: readonly Lines[] = [{ names: ['size.entry', 'size.page', 'size.vsix'], measure: sizes }];

async function sizes(): Promise<readonly Measurement[]> {
  const folder = temporaryFolder('size');
  try {
    const vsix = join(folder.path, 'packed.vsix');
    packExtension(vsix);
    const dist = (name: string) => statSync(join(projectFolder, 'dist', name)).size;
    return [
      size('size.entry', dist('extension.cjs'), 40),
      size('size.page', dist('panel.js') + dist('panel-style.css'), 110),
      size('size.vsix', statSync(vsix).size, 500),
    ];
  } finally {
    await folder.remove();
    buildExtension();
  }
}

/** The floor of a size is the most it may be. */
function size(name: string, bytes: number, most: number): Measurement {
  return counted(name, bytes / 1000, most, 'kB', { atMost: 1 });
}

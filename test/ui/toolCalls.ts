/** Calls of tools, commands and the public API from a window in which the extension toolCaller takes the place of an assistant or another extension. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../host/temporaryFolder.ts';
import { until } from '../host/until.ts';
import { projectFolder } from '../host/vscodeRelease.ts';
import type { VscodeWindow, WindowOptions } from '../host/vscodeWindow.ts';

/** Not F10: a list or tree that has the focus takes Shift+F10, with other keys too, for its menu. */
const key = 'Control+Alt+Shift+F9';

export interface ToolCalls {
  /** What the window has to be opened with. */
  readonly options: Required<Pick<WindowOptions, 'extensions' | 'environment'>>;
  /** Calls a tool, a command or a function of the public API. What it is asked meanwhile has to be answered in the window. */
  begin(window: VscodeWindow, tool: string, input: unknown): Promise<ToolCall>;
  remove(): void;
}

interface ToolCall {
  /** What the tool answered, or `thrown: ...` where the call was rejected. */
  told(): Promise<string>;
}

export function toolCalls(): ToolCalls {
  const folder = temporaryFolder('toolCalls');
  const order = join(folder.path, 'order.json');
  let nth = 0;
  const told = (of: number): string | undefined => {
    if (!existsSync(`${order}.done`)) return undefined;
    const done = JSON.parse(readFileSync(`${order}.done`, 'utf8') || '{}') as { nth?: number; told?: string };
    return done.nth === of ? done.told : undefined;
  };
  return {
    options: { extensions: [join(projectFolder, 'test', 'ui', 'toolCaller')], environment: { TOOL_ORDER: order } },
    begin: async (window, tool, input) => {
      const mine = ++nth;
      writeFileSync(order, JSON.stringify({ nth: mine, tool, input }));
      const isTaken = () => existsSync(`${order}.taken`) && readFileSync(`${order}.taken`, 'utf8') === String(mine);
      await until('the call is taken', async () => {
        await window.page.keyboard.press(key);
        return until('it is', isTaken, undefined, 3_000).then(
          () => true,
          () => false,
        );
      });
      return {
        told: async () => {
          await until('the tool has answered', () => told(mine) !== undefined);
          return told(mine)!;
        },
      };
    },
    remove: () => void folder.remove(),
  };
}

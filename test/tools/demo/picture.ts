import { writeFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';

/** A part of the window, in pixels of the viewport. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Hides what only this VS Code has: one that runs in a browser says so in the status bar. And what moves, which in a picture is
 * a speck. The title, which names a development host, is cut off by whoever takes the picture.
 */
const style = `
  .statusbar-item:is([id="status.forwardedPorts"], [id="status.workbench.keyboardLayout"]),
  .monaco-progress-container { display: none !important; }`;

/** The window without its title bar. */
export function belowTitle(page: Page): Part {
  const { width, height } = page.viewportSize()!;
  const title = 26;
  return { x: 0, y: title, width, height: height - title };
}

/** The place of an element. */
export async function placeOf(element: Locator): Promise<Part> {
  const place = await element.boundingBox();
  if (!place) throw new Error('What is to be in the picture is not on the screen.');
  return place;
}

/** Takes a picture of a part of the window, with the mouse over nothing. @returns PNG */
export async function picture(page: Page, part: Part): Promise<Buffer> {
  await page.mouse.move(0, 0);
  return page.screenshot({ clip: part, style, animations: 'disabled' });
}

/** Writes a picture as WebP, made by the browser. @param quality - from 0 to 1, which loses nothing */
export async function writeWebp(page: Page, png: Buffer, path: string, quality: number): Promise<void> {
  // In a page of its own, which has no rules on what it may load.
  const blank = await page.context().newPage();
  try {
    const webp = await blank.evaluate(
      async ([source, howGood]) => {
        const image = await createImageBitmap(await (await fetch(source)).blob());
        const canvas = new OffscreenCanvas(image.width, image.height);
        canvas.getContext('2d')!.drawImage(image, 0, 0);
        const blob = await canvas.convertToBlob({ type: 'image/webp', quality: howGood });
        return [...new Uint8Array(await blob.arrayBuffer())];
      },
      [`data:image/png;base64,${png.toString('base64')}`, quality] as const,
    );
    writeFileSync(path, pictureAlone(Buffer.from(webp)));
  } finally {
    await blank.close();
  }
}

/** Without what a browser writes beside it: the profile of sRGB, which stands for a picture without one, in half a kilobyte. */
function pictureAlone(webp: Buffer): Buffer {
  for (let at = 12; at < webp.length; ) {
    const size = webp.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (/^VP8[ L]$/.test(webp.toString('latin1', at, at + 4))) {
      const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
      head.writeUInt32LE(4 + end - at, 4);
      return Buffer.concat([head, webp.subarray(at, end)]);
    }
    at = end;
  }
  throw new Error('The browser made no picture.');
}

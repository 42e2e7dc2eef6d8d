import type { Steps } from '../../domain/steps.ts';

/** A piece of a file as text. */
interface TextPiece {
  readonly text: string;
  /** Bytes taken in so far, this piece included (of chunks that are strings: characters). */
  readonly read: number;
  readonly final: boolean;
}

/** Small enough that a piece's text is short-lived memory. */
const mostBytes = 65_536;
/** Milliseconds of work after which others get their turn. */
const longestBusy = 40;

/** Work on one file, in which others get their turn. */
class Busy {
  readonly #signal: AbortSignal | undefined;
  #since = performance.now();

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** True when it has lasted long enough. */
  get isOver(): boolean {
    return performance.now() - this.#since > longestBusy;
  }

  async pause(): Promise<void> {
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    this.#since = performance.now();
    if (this.#signal?.aborted) throw this.#signal.reason;
  }
}

/** What reads a file by its windows: a piece, with what of the pieces before was not done. */
export interface WindowReader {
  /** Reads a window that starts at `base` of the file; returns how much of it is done. */
  take(window: string, base: number, final: boolean): Steps<number>;
}

/**
 * Reads a file that comes in chunks (UTF-8 or UTF-16, cut anywhere). Of the file no more is held than the row or value at hand.
 * Rejects with the signal's reason when it is aborted, and with the chunks' error.
 * @param onPiece called behind each piece of at most 64 kB with the bytes read so far
 */
export async function readWindows(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  reader: WindowReader,
  signal: AbortSignal | undefined,
  onPiece: (read: number) => void,
): Promise<void> {
  const busy = new Busy(signal);
  let rest = '';
  let base = 0;
  let waitFor = 0;
  for await (const piece of textPieces(chunks, signal, busy)) {
    // A row longer than the piece is looked at again only when as much has come as there was, so that work stays linear.
    const window = rest + piece.text;
    let done = 0;
    if (piece.final || window.length >= waitFor) {
      const steps = reader.take(window, base, piece.final);
      let step = steps.next();
      for (; !step.done; step = steps.next()) if (busy.isOver) await busy.pause();
      done = step.value;
      waitFor = (window.length - done) * 2;
    }
    rest = done > 0 ? window.slice(done) : window;
    base += done;
    onPiece(piece.read);
  }
}

/**
 * Chunks of a file as text: UTF-8, or UTF-16 where a byte order mark says so; the mark itself is left out. Large chunks come
 * in several pieces, and others get to work between pieces.
 */
async function* textPieces(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  signal: AbortSignal | undefined,
  busy: Busy,
): AsyncGenerator<TextPiece> {
  const decoding = new Decoding();
  let read = 0;
  for await (const chunk of chunks) {
    for (const part of partsOf(chunk)) {
      if (signal?.aborted) throw signal.reason;
      read += part.length;
      const text = decoding.textOf(part);
      if (text !== undefined) yield { text, read, final: false };
      if (busy.isOver) await busy.pause();
    }
  }
  if (signal?.aborted) throw signal.reason;
  yield { text: decoding.rest(), read, final: true };
}

function* partsOf(chunk: Uint8Array | string): Generator<Uint8Array | string> {
  for (let from = 0; from < chunk.length; from += mostBytes) {
    const to = from + mostBytes;
    yield typeof chunk === 'string' ? chunk.slice(from, to) : chunk.subarray(from, to);
  }
}

/** Bytes as text, in the encoding that the first of them tell. */
class Decoding {
  #decoder: InstanceType<typeof TextDecoder> | undefined;
  #head = new Uint8Array(0);
  #isStarted = false;

  /** The piece as text; undefined while too few bytes have come to tell the encoding. */
  textOf(piece: Uint8Array | string): string | undefined {
    if (typeof piece === 'string') return this.#unmarked(piece);
    let bytes = piece;
    if (!this.#decoder) {
      // The mark may be cut.
      bytes = joined(this.#head, bytes);
      if (bytes.length < 2) {
        this.#head = bytes.slice();
        return undefined;
      }
      this.#decoder = new TextDecoder(encodingOf(bytes));
    }
    return this.#unmarked(this.#decoder.decode(bytes, { stream: true }));
  }

  rest(): string {
    const last = this.#decoder ? this.#decoder.decode() : new TextDecoder('utf-8').decode(this.#head);
    return this.#unmarked(last);
  }

  #unmarked(text: string): string {
    if (this.#isStarted || text === '') return text;
    this.#isStarted = true;
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  }
}

/** UTF-8, or UTF-16 where a byte order mark says so. */
export function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(head.length + tail.length);
  both.set(head);
  both.set(tail, head.length);
  return both;
}

/** A piece of a file as text. */
export interface TextPiece {
  readonly text: string;
  /** Bytes taken in so far, this piece included (of chunks that are strings: characters). */
  readonly read: number;
  readonly final: boolean;
}

/** Small enough that a piece's text is short-lived memory. */
const mostBytes = 65_536;
/** Milliseconds of work after which others get their turn. */
const longestBusy = 40;

/**
 * Chunks of a file as text: UTF-8, or UTF-16 where a byte order mark says so; the mark itself is left out. Large chunks come
 * in several pieces, and others get to work between pieces.
 */
export async function* textPieces(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  signal?: AbortSignal,
): AsyncGenerator<TextPiece> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let head = new Uint8Array(0);
  let read = 0;
  let started = false;
  let busySince = Date.now();
  const text = (piece: string): string => {
    if (started || piece === '') return piece;
    started = true;
    return piece.startsWith('\ufeff') ? piece.slice(1) : piece;
  };
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length || from === 0; from += mostBytes) {
      if (signal?.aborted) throw signal.reason;
      const to = Math.min(chunk.length, from + mostBytes);
      read += to - from;
      if (typeof chunk === 'string') yield { text: text(chunk.slice(from, to)), read, final: false };
      else {
        let bytes = chunk.subarray(from, to);
        if (!decoder) {
          // The mark may be cut.
          bytes = joined(head, bytes);
          if (bytes.length < 2) {
            head = bytes.slice();
            continue;
          }
          decoder = new TextDecoder(encodingOf(bytes));
        }
        yield { text: text(decoder.decode(bytes, { stream: true })), read, final: false };
      }
      if (Date.now() - busySince > longestBusy) {
        await new Promise<void>((resolve) => setTimeout(resolve, 0));
        busySince = Date.now();
      }
    }
  }
  if (signal?.aborted) throw signal.reason;
  const last = decoder ? decoder.decode() : head.length > 0 ? new TextDecoder('utf-8').decode(head) : '';
  yield { text: text(last), read, final: true };
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(head.length + tail.length);
  both.set(head);
  both.set(tail, head.length);
  return both;
}

import { readSync } from 'node:fs';

/** Reads all of standard input synchronously. */
export function readStandardInput(): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const chunk = Buffer.alloc(64 * 1024);
    const count = readSome(chunk);
    if (count === 0) return Buffer.concat(chunks);
    if (count > 0) chunks.push(chunk.subarray(0, count));
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
}

/** The number of bytes read; 0 at the end, -1 if none are available yet. */
function readSome(chunk: Uint8Array): number {
  try {
    return readSync(0, chunk);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // A non-blocking pipe is temporarily empty; Windows reports EOF at the end of a pipe.
    if (code === 'EAGAIN') return -1;
    if (code === 'EOF') return 0;
    throw error;
  }
}

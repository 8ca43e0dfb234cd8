import { readSync } from 'node:fs';
import { MAX_FILE_BYTES } from './too-large.ts';

/** Reads standard input synchronously: all of it, or more than `MAX_FILE_BYTES` if it is larger. */
export function readStandardInput(): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size <= MAX_FILE_BYTES) {
    const chunk = Buffer.alloc(64 * 1024);
    const count = readSome(chunk);
    if (count === 0) break;
    size += Math.max(count, 0);
    if (count > 0) chunks.push(chunk.subarray(0, count));
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
  return Buffer.concat(chunks);
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

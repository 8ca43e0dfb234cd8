/** Runs a program of Node.js to its end. */
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const PEAK = fileURLToPath(new URL('peak.cjs', import.meta.url));

export interface Ended {
  readonly time: number;
  /** The processor time of all threads in milliseconds. */
  readonly cpu: number;
  /** The most memory, in bytes. */
  readonly peak: number;
  readonly output: string;
}

/**
 * Rejects if the exit code is not one of a program that found something.
 * @param node The Node.js executable.
 */
export function runProcess(args: readonly string[], node = process.execPath): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(node, ['--require', PEAK, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    const texts = ['', '', '', ''];
    for (const index of [1, 2, 3])
      child.stdio[index]!.on('data', (chunk: Buffer) => {
        texts[index] += chunk.toString('utf8');
      });
    child.on('error', reject);
    child.on('close', (code) => {
      const time = performance.now() - start;
      if (code === null || code > 1)
        return reject(new Error(`${args.join(' ')} ended with ${String(code)}: ${texts[2]!}`));
      const { peak, cpu } = JSON.parse(texts[3]!) as { readonly peak: number; readonly cpu: number };
      resolve({ time, cpu, peak, output: texts[1]! });
    });
  });
}

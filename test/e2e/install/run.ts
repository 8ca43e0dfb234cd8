import { spawn, type SpawnOptions } from 'node:child_process';

/**
 * Runs a program to its end and gives what it wrote to its standard output. All that it wrote is in the error when it
 * fails.
 */
export async function run(
  program: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'cwd' | 'env'> = {},
): Promise<string> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, all]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.push(text);
    all.push(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => all.push(text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${code}:\n${all.join('')}`);
  return output.join('');
}

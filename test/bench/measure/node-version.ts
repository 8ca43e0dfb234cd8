/** The version of a Node.js executable. */
import { execFileSync } from 'node:child_process';

/** Text after the names of the figures that were measured with another executable: ` (Node.js 22)`. */
export function versionNote(node: string): string {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' });
  return ` (Node.js ${/^v(\d+)/.exec(version)![1]!})`;
}

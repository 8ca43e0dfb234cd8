/** What to run instead of a call that is not understood, beyond the nearest names, which commander suggests. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { inert } from '../base/inert.ts';
import { COMMANDS } from './options.ts';
import type { World } from './world.ts';

/** A sentence about a usage error of commander, by its code; undefined if there is nothing to add. */
export function usageHint(
  code: string,
  [first = '']: readonly string[],
  { cwd }: Pick<World, 'cwd'>,
): string | undefined {
  if (code === 'commander.unknownCommand' && isPath(first, cwd))
    return `To check ${inert(first)}, run "stackwarden lint ${inert(first)}".`;
  if (code === 'commander.unknownOption') {
    const option = first.split('=')[0]!;
    // An option after a command is one that the command does not have.
    const command = COMMANDS.find(({ options }) => options.some(({ flags }) => flags.split(' ')[0] === option));
    if (command) return `${option} is an option of "stackwarden ${command.name}".`;
  }
  return undefined;
}

function isPath(text: string, cwd: string): boolean {
  return /[./\\*]/.test(text) || existsSync(resolve(cwd, text));
}

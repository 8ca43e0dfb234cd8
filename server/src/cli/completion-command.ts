import { bashScript } from './completion/bash.ts';
import { fishScript } from './completion/fish.ts';
import { powershellScript } from './completion/powershell.ts';
import type { Shell } from './completion/shells.ts';
import { zshScript } from './completion/zsh.ts';
import type { World } from './world.ts';

const SCRIPTS: Readonly<Record<Shell, (rules: readonly string[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

/** Prints the completion script of a shell. It contains the ids of rules, so that completing them starts no program. */
export function completionCommand(shell: Shell, { out, rules }: World): void {
  out(SCRIPTS[shell](rules.map(({ id }) => id)));
}

import { RULE_IDS } from '../../rules/ids.ts';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { powershellScript } from '../completion/powershell.ts';
import type { Shell } from '../shells.ts';
import { zshScript } from '../completion/zsh.ts';

const SCRIPTS: Readonly<Record<Shell, (rules: readonly string[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

/** The completion script of a shell. It contains the ids of rules, so that completing them starts no program. */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell](RULE_IDS);
}

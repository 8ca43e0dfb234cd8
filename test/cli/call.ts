import { finished } from '../../server/src/base/steps.ts';
import { commandSteps } from '../../server/src/cli/commands.ts';
import { completionScript } from '../../server/src/cli/completion-command.ts';
import type { Shell } from '../../server/src/cli/completion/shells.ts';
import { callOf, needsEngine } from '../../server/src/cli/program.ts';
import type { World } from '../../server/src/cli/world.ts';
import { programOf, type Program } from '../../server/src/host/program.ts';
import { RULES } from '../../server/src/rules/index.ts';

export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Circumstances {
  readonly cwd: string;
  readonly stdin?: string | Uint8Array;
  readonly columns?: number;
  readonly colour?: boolean;
  readonly terminal?: boolean;
  readonly program?: Program;
  readonly interrupted?: () => boolean;
}

/** Calls the command line in this process. */
export function call(
  args: readonly string[],
  {
    cwd,
    stdin = '',
    columns = 80,
    colour = false,
    terminal = false,
    program = programOf(import.meta.url),
    interrupted,
  }: Circumstances,
): Called {
  let out = '';
  let err = '';
  const world: World = {
    today: '2026-11-24',
    cwd,
    program,
    rules: RULES,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    stdin: () => Buffer.from(stdin),
    ...(interrupted ? { interrupted } : {}),
    look: { colour, columns, terminal },
  };
  const found = callOf(args, world);
  if (typeof found === 'number') return { code: found, out, err };
  if (needsEngine(found)) return { code: finished(commandSteps(found, world)), out, err };
  return { code: 0, out: found.command === 'lsp' ? 'serving\n' : completionScript(found.given[0] as Shell), err };
}

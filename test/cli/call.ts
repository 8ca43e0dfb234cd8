import { setImmediate } from 'node:timers/promises';
import { finished } from '../../server/src/base/steps.ts';
import { commandSteps } from '../../server/src/cli/commands/commands.ts';
import { completionScript } from '../../server/src/cli/commands/completion-command.ts';
import type { Shell } from '../../server/src/cli/shells.ts';
import { commandCallOf, needsEngine } from '../../server/src/cli/program.ts';
import { paced } from '../../server/src/cli/paced.ts';
import type { Workers, World } from '../../server/src/cli/world.ts';
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
  readonly color?: boolean;
  readonly terminal?: boolean;
  readonly program?: Program;
  readonly interrupted?: () => boolean;
  readonly workers?: Workers;
  /** What a paced call waits for between two steps; by default for the events that have occurred. */
  readonly pause?: () => Promise<unknown>;
}

/** Calls the command line in this process. */
export function call(args: readonly string[], circumstances: Circumstances): Called {
  const { world, result } = worldOf(circumstances);
  const found = commandCallOf(args, world);
  if (typeof found === 'number') return result(found);
  if (needsEngine(found)) return result(finished(commandSteps(found, world)));
  world.out(found.command === 'lsp' ? 'serving\n' : completionScript(found.given[0] as Shell));
  return result(0);
}

/** Calls a command that needs the engine, and lets the process react to events in between. */
export async function callPaced(args: readonly string[], circumstances: Circumstances): Promise<Called> {
  const { world, result } = worldOf(circumstances);
  const found = commandCallOf(args, world);
  if (typeof found === 'number' || !needsEngine(found)) throw new Error(`${args.join(' ')} does not need the engine.`);
  const nothing = (): void => undefined;
  const pace = {
    now: () => performance.now(),
    pause: async () => void (await (circumstances.pause ?? setImmediate)()),
    begin: nothing,
    show: nothing,
    end: nothing,
  };
  return result(await paced(commandSteps(found, world), pace));
}

/** What a command needs of its surroundings, and what it said. */
export function worldOf({
  cwd,
  stdin = '',
  columns = 80,
  color = false,
  terminal = false,
  program = programOf(import.meta.url),
  interrupted,
  workers,
}: Circumstances): { readonly world: World; result(code: number): Called } {
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
    ...(workers ? { workers } : {}),
    display: { color, columns, terminal },
  };
  return { world, result: (code) => ({ code, out, err }) };
}

/** Runs the commands that need the engine. */
import type { Steps } from '../../base/steps.ts';
import { accessCommand, type AccessFlags } from './access-command.ts';
import { baselineCommand, type BaselineFlags } from './baseline-command.ts';
import { configCommand, type ConfigFlags } from './config-command.ts';
import { explain } from './explain-command.ts';
import { explainValueCommand, type ExplainValueFlags } from './explain-value-command.ts';
import { initCommand, type InitFlags } from './init-command.ts';
import { lintCommand, type LintFlags } from './lint-command.ts';
import { migrateCommand, type MigrateFlags } from './migrate-command.ts';
import { errorLine } from '../error-line.ts';
import type { CommandCall, EngineCommand } from '../program.ts';
import { rulesCommand, type RulesFlags } from './rules-command.ts';
import { EXIT, Interruption, type Exit, type World } from '../world.ts';

/** Runs a command in steps. Only long commands have any. Never throws. */
export function* commandSteps({ command, given }: CommandCall<EngineCommand>, world: World): Steps<Exit> {
  try {
    const steps = ACTIONS[command](world)(...(given as never[]));
    return steps ? yield* steps : EXIT.clean;
  } catch (error) {
    if (error instanceof Interruption) {
      world.err(`stackwarden: ${error.message}\n`);
      return EXIT.interrupted;
    }
    world.err(errorLine(error));
    return EXIT.unusable;
  }
}

/** Runs a command with its argument, if it has one, and its options. A long command returns its steps. */
type Action = (...given: never[]) => Steps<Exit> | undefined;

const ACTIONS: Readonly<Record<EngineCommand, (world: World) => Action>> = {
  lint: (world) => (paths: string[], flags: LintFlags) => lintCommand(paths, flags, world),
  baseline: (world) => (paths: string[], flags: BaselineFlags) => baselineCommand(paths, flags, world),
  config: (world) => (file: string | undefined, flags: ConfigFlags) => configCommand(file, flags, world),
  rules: (world) => (flags: RulesFlags) => atOnce(() => rulesCommand(flags, world)),
  explain: (world) => (name: string) => atOnce(() => world.out(explain(name, world))),
  'explain-value': (world) => (position: string, flags: ExplainValueFlags) =>
    atOnce(() => explainValueCommand(position, flags, world)),
  access: (world) => (resource: string, paths: string[], flags: AccessFlags) =>
    atOnce(() => accessCommand(resource, paths, flags, world)),
  init: (world) => (directory: string | undefined, flags: InitFlags) => initCommand(directory, flags, world),
  migrate: (world) => (paths: string[], flags: MigrateFlags) => migrateCommand(paths, flags, world),
};

/** Runs a short command, which has no steps. */
function atOnce(run: () => void): undefined {
  run();
}

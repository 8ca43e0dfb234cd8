/** Runs the commands that need the engine. */
import type { Steps } from '../../base/steps.ts';
import { accessCommand, type AccessFlags } from './access-command.ts';
import { baselineCommand, type BaselineFlags } from './baseline-command.ts';
import { configCommand, type ConfigFlags } from './config-command.ts';
import { explain } from './explain-command.ts';
import { explainValueCommand, type ExplainValueFlags } from './explain-value-command.ts';
import { initCommand, type InitFlags } from './init-command.ts';
import { lintAction } from './lint-command.ts';
import { migrateCommand, type MigrateFlags } from './migrate-command.ts';
import { actionSteps, type CommandAction } from './action-steps.ts';
import type { CommandCall, EngineCommand } from '../program.ts';
import { rulesCommand, type RulesFlags } from './rules-command.ts';
import type { Exit, World } from '../world.ts';

/** Runs a command in steps. */
export function commandSteps(call: CommandCall<EngineCommand>, world: World): Steps<Exit> {
  return actionSteps(ACTIONS[call.command](world), call, world);
}

const ACTIONS: Readonly<Record<EngineCommand, (world: World) => CommandAction>> = {
  lint: lintAction,
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

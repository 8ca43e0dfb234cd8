/** `lint` and the rules, without the other commands, which `lint` would load for nothing. */
import type { Steps } from '../../base/steps.ts';
import type { CommandCall } from '../program.ts';
import type { Exit, World } from '../world.ts';
import { actionSteps } from './action-steps.ts';
import { lintAction } from './lint-command.ts';

export { RULES } from '../../rules/index.ts';

/** Runs `lint` in steps. */
export function lintSteps(call: CommandCall, world: World): Steps<Exit> {
  return actionSteps(lintAction(world), call, world);
}

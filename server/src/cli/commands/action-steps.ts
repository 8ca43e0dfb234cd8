/** Runs what a command does. */
import type { Steps } from '../../base/steps.ts';
import { errorLine } from '../error-line.ts';
import type { CommandCall } from '../program.ts';
import { EXIT, Interruption, type Exit, type World } from '../world.ts';

/** Runs a command with its argument, if it has one, and its options. A long command returns its steps. */
export type CommandAction = (...given: never[]) => Steps<Exit> | undefined;

/** Runs an action in steps. Only long commands have any. Never throws. */
export function* actionSteps(action: CommandAction, { given }: CommandCall, world: World): Steps<Exit> {
  try {
    const steps = action(...(given as never[]));
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

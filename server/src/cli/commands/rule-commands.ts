/** All commands that need the engine, and the rules. */
export { RULES } from '../../rules/index.ts';
export { commandSteps } from './commands.ts';

/** The command-line program: parses arguments, runs the command and returns its exit code. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { inert, inertLines } from '../base/inert.ts';
import { finished, type Steps } from '../base/steps.ts';
import { didYouMean } from '../config/nearest-name.ts';
import { baselineCommand, type BaselineFlags } from './baseline-command.ts';
import { completionCommand } from './completion-command.ts';
import type { Shell } from './completion/shells.ts';
import { configCommand, type ConfigFlags } from './config-command.ts';
import { explain } from './explain-command.ts';
import { explainValueCommand, type ExplainValueFlags } from './explain-value-command.ts';
import { initCommand, type InitFlags } from './init-command.ts';
import { lintCommand, type LintFlags } from './lint-command.ts';
import { migrateCommand, type MigrateFlags } from './migrate-command.ts';
import { COMMANDS, type CommandEntry, type CommandName, type OptionEntry } from './options.ts';
import { rulesCommand, type RulesFlags } from './rules-command.ts';
import { usageHint } from './usage-hint.ts';
import { EXIT, Interruption, UsageError, type Exit, type World } from './world.ts';

/** Runs the program at once. `args` are without the program's own name. Never throws. */
export function runCli(args: readonly string[], world: World): Exit {
  return finished(cliSteps(args, world));
}

/** Runs the program in steps. Only long commands have any. */
export function* cliSteps(args: readonly string[], world: World): Steps<Exit> {
  let steps: Steps<Exit> | undefined;
  const program = programWith(world, (command) => {
    steps = command;
  });
  try {
    rejectUnknownHelp(program, args);
    program.parse(args, { from: 'user' });
    return steps ? yield* steps : EXIT.clean;
  } catch (error) {
    if (error instanceof Interruption) {
      world.err(`stackwarden: ${error.message}\n`);
      return EXIT.interrupted;
    }
    // Commander has printed the error itself. It also throws after help and version, with exit code 0.
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.clean;
      const hint = usageHint(error.code, args, world);
      if (hint !== undefined) world.err(`${hint}\n`);
      return EXIT.unusable;
    }
    world.err(
      `stackwarden: ${inert(error instanceof UsageError ? error.message : `Internal error: ${messageOf(error)}`)}\n`,
    );
    return EXIT.unusable;
  }
}

function programWith(world: World, start: Start): Command {
  const program = new Command('stackwarden')
    .description('Finds and fixes security misconfigurations in CloudFormation, SAM, Terraform and IAM policies.')
    .version(world.program.version, '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Show help')
    .helpCommand('help [command]', 'Show help for a command')
    .exitOverride()
    .configureOutput({
      writeOut: world.out,
      // It quotes arguments.
      writeErr: (text) => world.err(inertLines(text)),
      getOutHelpWidth: () => world.look.columns,
      getErrHelpWidth: () => world.look.columns,
      getOutHasColors: () => world.look.colour,
      getErrHasColors: () => world.look.colour,
    })
    .showHelpAfterError('(run "stackwarden --help" for usage)');
  for (const entry of COMMANDS) addCommand(program, entry, ACTIONS[entry.name](world, start));
  return program;
}

/** What commander calls: the argument, if the command has one, then the options. */
type Action = (...given: never[]) => void;

/** Rejects help for an unknown command, for which commander would show the help of the program. */
function rejectUnknownHelp(program: Command, [first, name]: readonly string[]): void {
  const known = ['help', ...COMMANDS.map((command) => command.name)];
  if (first !== 'help' || name === undefined || name.startsWith('-') || known.includes(name)) return;
  program.error(`error: unknown command '${name}'${didYouMean(name, known)}`, { code: 'commander.unknownHelp' });
}

/** Takes the steps of a long command, which are done after the arguments are parsed. */
type Start = (steps: Steps<Exit>) => void;

const ACTIONS: Readonly<Record<CommandName, (world: World, start: Start) => Action>> = {
  lint: (world, start) => (paths: string[], flags: LintFlags) => start(lintCommand(paths, flags, world)),
  baseline: (world, start) => (paths: string[], flags: BaselineFlags) => start(baselineCommand(paths, flags, world)),
  config: (world, start) => (file: string | undefined, flags: ConfigFlags) => start(configCommand(file, flags, world)),
  rules: (world) => (flags: RulesFlags) => rulesCommand(flags, world),
  explain: (world) => (name: string) => world.out(explain(name, world)),
  'explain-value': (world) => (position: string, flags: ExplainValueFlags) =>
    explainValueCommand(position, flags, world),
  init: (world, start) => (directory: string | undefined, flags: InitFlags) =>
    start(initCommand(directory, flags, world)),
  migrate: (world, start) => (paths: string[], flags: MigrateFlags) => start(migrateCommand(paths, flags, world)),
  completion: (world) => (shell: Shell) => completionCommand(shell, world),
  lsp: (world) => () => world.serve(),
};

function addCommand(
  program: Command,
  { name, description, argument, options, exitCodes }: CommandEntry,
  action: Action,
): void {
  const command = program
    .command(name)
    .description(description)
    .helpOption('-h, --help', 'Show help')
    .showHelpAfterError(`(run "stackwarden ${name} --help" for usage)`)
    .action(action as (...given: unknown[]) => void);
  if (argument) {
    const declared = new Argument(argument.name, argument.description);
    if (argument.choices)
      declared.choices(argument.choices).argParser((value: string) => choiceOf(value, argument.choices!));
    command.addArgument(declared);
  }
  for (const option of options) command.addOption(parsed(option));
  if (exitCodes !== undefined) command.addHelpText('after', `\n${exitCodes}`);
}

function parsed(entry: OptionEntry): Option {
  const { choices, default: fallback, repeatable = false } = entry;
  const option = new Option(
    entry.flags,
    entry.fallback === undefined ? entry.description : `${entry.description} (default: ${entry.fallback})`,
  );
  const one = (value: string): string => (choices ? choiceOf(value, choices) : value);
  // Values that are given replace the default.
  const defaults = fallback !== undefined && repeatable ? [fallback] : fallback;
  // It lists the choices in help. The parser below replaces its own.
  if (choices) option.choices(choices);
  if (defaults !== undefined) option.default(defaults, JSON.stringify(fallback));
  if (entry.conflicts !== undefined) option.conflicts(entry.conflicts);
  if (repeatable)
    option.argParser((value: string, before: readonly string[] = []) =>
      before === defaults ? [one(value)] : [...before, one(value)],
    );
  else if (choices) option.argParser(one);
  if (entry.port) option.argParser(portOf);
  if (entry.count) option.argParser(countOf).default(Number(fallback ?? 0));
  return option;
}

/** One of the choices of an option. */
function choiceOf(value: string, choices: readonly string[]): string {
  if (choices.includes(value)) return value;
  throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.${didYouMean(value, choices)}`);
}

/** A number from 0. */
function countOf(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('Expected a number from 0.');
  return Number(value);
}

/** A TCP port. */
function portOf(value: string): number {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > 65_535) throw new InvalidArgumentError('Expected a port number from 1 to 65535.');
  return number;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The program as commander parses its arguments. It loads no command, so that help, the version and the language server
 * start quickly; `cli/commands/commands.ts` runs what it returns.
 */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { inertLines } from '../base/inert.ts';
import { didYouMean } from '../config/nearest-name.ts';
import { COMMANDS, type CommandEntry, type CommandName, type OptionEntry } from './options.ts';
import { usageHint } from './usage-hint.ts';
import { EXIT, type Exit, type Terminal } from './world.ts';

/**
 * A command that needs the engine. The others are run without it: what a shell starts, and the language server, which
 * loads it itself.
 */
export type EngineCommand = Exclude<CommandName, 'completion' | 'lsp'>;

/** A command to run. */
export interface CommandCall<Name extends CommandName = CommandName> {
  readonly command: Name;
  /** The arguments, if the command has any, then the options. */
  readonly given: readonly unknown[];
}

/** Whether a command needs the engine. */
export function needsEngine(call: CommandCall): call is CommandCall<EngineCommand> {
  return call.command !== 'completion' && call.command !== 'lsp';
}

/**
 * The command of a call, or the exit code if there is none to run: after help, the version and usage errors, which are
 * written. `args` are without the program's own name. Never throws.
 */
export function commandCallOf(args: readonly string[], terminal: Terminal): CommandCall | Exit {
  let call: CommandCall | undefined;
  const program = programWith(terminal, commandsFor(args), (found) => {
    call = found;
  });
  try {
    rejectUnknownHelp(program, args);
    program.parse(args, { from: 'user' });
    return call ?? EXIT.clean;
  } catch (error) {
    // Commander has printed the error itself. It also throws after help and version, with exit code 0.
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.clean;
    const hint = usageHint(error.code, args, terminal);
    if (hint !== undefined) terminal.err(`${hint}\n`);
    return EXIT.unusable;
  }
}

/** The commands that a call can be about: the one that it names first, if any. To declare all takes milliseconds. */
function commandsFor([first]: readonly string[]): readonly CommandEntry[] {
  const named = COMMANDS.filter(({ name }) => name === first);
  return named.length > 0 ? named : COMMANDS;
}

function programWith(world: Terminal, commands: readonly CommandEntry[], take: (call: CommandCall) => void): Command {
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
      getOutHelpWidth: () => world.display.columns,
      getErrHelpWidth: () => world.display.columns,
      getOutHasColors: () => world.display.color,
      getErrHasColors: () => world.display.color,
    })
    .showHelpAfterError('(run "stackwarden --help" for usage)');
  for (const entry of commands) addCommand(program, entry, take);
  return program;
}

/** Rejects help for an unknown command, for which commander would show the help of the program. */
function rejectUnknownHelp(program: Command, [first, name]: readonly string[]): void {
  const known = ['help', ...COMMANDS.map((command) => command.name)];
  if (first !== 'help' || name === undefined || name.startsWith('-') || known.includes(name)) return;
  program.error(`error: unknown command '${name}'${didYouMean(name, known)}`, { code: 'commander.unknownHelp' });
}

function addCommand(
  program: Command,
  { name, description, argument, second, options, exitCodes }: CommandEntry,
  take: (call: CommandCall) => void,
): void {
  const command = program
    .command(name)
    .description(description)
    .helpOption('-h, --help', 'Show help')
    .showHelpAfterError(`(run "stackwarden ${name} --help" for usage)`)
    // Commander also passes the command itself, which is left out.
    .action((...given: unknown[]) => take({ command: name, given: given.slice(0, -1) }));
  for (const one of [argument, second]) {
    if (!one) continue;
    const declared = new Argument(one.name, one.description);
    if (one.choices) declared.choices(one.choices).argParser((value: string) => choiceOf(value, one.choices!));
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

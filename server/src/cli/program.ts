/** The command line: its commands, options and help. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { inert, inertLines } from '../base/inert.ts';
import { PROFILES, SEVERITIES } from '../model/finding.ts';
import { explain } from './explain-command.ts';
import { explainValueCommand, type ExplainValueFlags } from './explain-value-command.ts';
import { lintCommand, type LintFlags } from './lint-command.ts';
import { rulesAsJson, rulesAsText } from './rules-command.ts';
import { EXIT, UsageError, type Exit, type World } from './world.ts';

/** Runs one call of the program, `args` without the program's own name, and answers its exit code. Never throws. */
export function runCli(args: readonly string[], world: World): Exit {
  let exit: Exit = EXIT.clean;
  const program = commands(world, (code) => {
    exit = code;
  });
  try {
    program.parse(args, { from: 'user' });
    return exit;
  } catch (error) {
    // Commander has said what is wrong itself; help and version end like that too, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.unusable;
    world.err(
      `stackwarden: ${inert(error instanceof UsageError ? error.message : `an internal error: ${messageOf(error)}`)}\n`,
    );
    return EXIT.unusable;
  }
}

function commands(world: World, end: (code: Exit) => void): Command {
  const program = new Command('stackwarden')
    .description(
      'Finds and fixes security mistakes in CloudFormation, SAM, Terraform JSON, Terraform plans and IAM policies.',
    )
    .version(world.program.version)
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
    .showHelpAfterError('(stackwarden --help lists what there is)');

  program
    .command('lint')
    .description('check files and folders')
    .argument('[path...]', 'files and folders; the current folder when there is none')
    .addOption(new Option('--format <format>', 'how to report').choices(['text', 'json']).default('text'))
    .addOption(new Option('--profile <profile>', 'how much to ask for').choices(PROFILES).default('recommended'))
    .addOption(
      new Option('--certainty <certainty>', 'possible: also what is wrong for some values that are not known')
        .choices(['certain', 'possible'])
        .default('certain'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'the lowest severity that makes the exit code 1')
        .choices(SEVERITIES)
        .default('low'),
    )
    .addOption(new Option('--fix', 'write all safe fixes, then report the rest').conflicts('fixDryRun'))
    .addOption(new Option('--fix-dry-run', 'print all safe fixes as a patch and write nothing'))
    .option('--root <folder>', 'read nothing outside of this folder')
    .option('--config <file>', 'use this configuration in place of every .stackwarden.yaml')
    .addOption(
      new Option(
        '--scenario <name=value>',
        'look only at the scenario in which a condition or parameter of a template has this value; can be repeated',
      ).argParser(collected),
    )
    .addOption(
      new Option(
        '--parameters <file>',
        'templates and Terraform directories are deployed with the values in this file, in place of those that belong to them; can be repeated',
      ).argParser(collected),
    )
    .option('--stdin-filename <file>', 'check standard input as if it were this file')
    .option('--files-from <file>', 'check the files named in this list, one a line; - is standard input')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing wrong; 1 findings, or files that are broken or would be\nrefused; 2 wrong usage, or something that cannot be read.',
    )
    .action((paths: string[], flags: LintFlags) => end(lintCommand(paths, flags, world)));

  program
    .command('rules')
    .description('list all rules')
    .addOption(new Option('--format <format>', 'how to list them').choices(['text', 'json']).default('text'))
    .action(({ format }: { format: 'text' | 'json' }) =>
      world.out(format === 'json' ? rulesAsJson(world) : rulesAsText(world)),
    );

  program
    .command('explain')
    .description('say what a rule asks for, why, and what it rests on')
    .argument('<rule>', "a rule, another tool's check or a control: CKV_AWS_16, AWS-0080, EC2.3")
    .action((name: string) => world.out(explain(name, world)));

  program
    .command('explain-value')
    .description('say what a value comes to, why, and what each rule decides about it')
    .argument('<place>', 'a file, a line and a column as editors show them, both from 1:\ntemplate.yaml:12:20')
    .addOption(new Option('--format <format>', 'how to say it').choices(['text', 'json']).default('text'))
    .addOption(new Option('--profile <profile>', 'how much is asked for').choices(PROFILES).default('recommended'))
    .addOption(
      new Option('--certainty <certainty>', 'possible: also what is wrong for some values that are not known')
        .choices(['certain', 'possible'])
        .default('certain'),
    )
    .option('--root <folder>', 'read nothing outside of this folder')
    .option('--config <file>', 'use this configuration in place of every .stackwarden.yaml')
    .addOption(
      new Option(
        '--scenario <name=value>',
        'look only at the scenario in which a condition or parameter of a template has this value; can be repeated',
      ).argParser(collected),
    )
    .addOption(
      new Option(
        '--parameters <file>',
        'templates and Terraform directories are deployed with the values in this file, in place of those that belong to them; can be repeated',
      ).argParser(collected),
    )
    .addHelpText(
      'after',
      '\nExit codes: 0 it is explained; 2 wrong usage, something that cannot be read,\nor no value there.',
    )
    .action((place: string, flags: ExplainValueFlags) => explainValueCommand(place, flags, world));

  // The server reads these options itself; they are named here so that others are refused.
  program
    .command('lsp')
    .description('serve an editor by the Language Server Protocol')
    .option('--stdio', 'over standard input and output, which is the default')
    .addOption(new Option('--socket <port>', 'over a socket that the editor has opened').argParser(port))
    .option('--pipe <name>', 'over a pipe that the editor has opened')
    .option('--node-ipc', 'over the channel to the Node process that started this one')
    .option('--clientProcessId <id>', 'end when the process with this number ends')
    .action(() => world.serve());

  for (const command of program.commands)
    command.showHelpAfterError(`(stackwarden ${command.name()} --help lists what there is)`);
  return program;
}

/** The values of an option that may be given several times. */
function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** The number of a port of TCP. */
function port(value: string): number {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > 65_535) throw new InvalidArgumentError('It is not a port number.');
  return number;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

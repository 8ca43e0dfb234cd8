/** What shells complete, from the table of commands. */
import { COMMANDS, type CommandEntry, type OptionEntry } from '../options.ts';

/** The values of an option or argument. */
export type Values =
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  /** `rules` can be a list separated by commas. */
  | { readonly kind: 'files' | 'directories' | 'rule' | 'rules' | 'command' | 'other' };

export interface CompletedOption {
  /** `--help` and `-h`. */
  readonly names: readonly string[];
  readonly description: string;
  /** Undefined for a flag. */
  readonly values?: Values;
  readonly repeatable: boolean;
}

export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  readonly argument?: Values & { readonly several: boolean };
}

const HELP: CompletedOption = { names: ['-h', '--help'], description: 'Show help', repeatable: false };

/** The options before a command. */
export const PROGRAM_OPTIONS: readonly CompletedOption[] = [
  HELP,
  { names: ['-V', '--version'], description: 'Print the version', repeatable: false },
];

/** All commands with what can be completed after them. */
export function completedCommands(): readonly CompletedCommand[] {
  return [
    ...COMMANDS.map(completed),
    {
      name: 'help',
      description: 'Show help for a command',
      options: [],
      argument: { kind: 'command', several: false },
    },
  ];
}

/** The values of a second argument complete the first one too, if that has none. */
function completed({ name, description, argument: first, second, options }: CommandEntry): CompletedCommand {
  const argument = second ?? first;
  return {
    name,
    description,
    options: [...options.map(completedOption), HELP],
    ...(argument
      ? { argument: { ...valuesOf(argument.name, argument.choices), several: argument.name.includes('...') } }
      : {}),
  };
}

function completedOption({ flags, description, choices, repeatable }: OptionEntry): CompletedOption {
  const placeholder = flags.split(' ').find((part) => part.startsWith('<') || part.startsWith('['));
  return {
    names: flags.split(/[ ,]+/).filter((part) => part.startsWith('-')),
    description,
    ...(placeholder === undefined ? {} : { values: valuesOf(placeholder, choices) }),
    repeatable: repeatable ?? false,
  };
}

/** The values of placeholders, which the table of commands uses in one meaning each. */
const PLACEHOLDERS: ReadonlyMap<string, Exclude<Values['kind'], 'choices'>> = new Map([
  ['directory', 'directories'],
  ['file', 'files'],
  ['path', 'files'],
  ['position', 'files'],
  ['rule', 'rule'],
  ['rules', 'rules'],
]);

function valuesOf(placeholder: string, choices: readonly string[] | undefined): Values {
  if (choices) return { kind: 'choices', choices };
  return { kind: PLACEHOLDERS.get(placeholder.replaceAll(/[<>[\].]/g, '')) ?? 'other' };
}

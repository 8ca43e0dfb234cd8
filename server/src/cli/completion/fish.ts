import { flatMap } from '../../base/flat-map.ts';
import {
  completedCommands,
  PROGRAM_OPTIONS,
  type CompletedCommand,
  type CompletedOption,
  type Values,
} from './completed.ts';

/** The completion script for fish 3.0 and later. */
export function fishScript(rules: readonly string[]): string {
  const commands = completedCommands();
  const names = commands.map(({ name }) => name);
  return `# fish completion for stackwarden. Load it with: stackwarden completion fish | source

set -g __stackwarden_commands ${names.join(' ')}
set -g __stackwarden_rules ${rules.join(' ')}

# The items of a list before the last comma, each with a rule after it.
function __stackwarden_rule_list
    set -l before (commandline -ct | string replace -r '^--[a-z-]+=' '' | string replace -r '[^,]*$' '')
    printf '%s\\n' $before$__stackwarden_rules
end

complete -c stackwarden -f
${PROGRAM_OPTIONS.map((option) => line(BEFORE_COMMAND, flag(option))).join('\n')}
${flatMap(commands, (command) => commandLines(command)).join('\n')}
`;
}

const BEFORE_COMMAND = 'not __fish_seen_subcommand_from $__stackwarden_commands';

function commandLines({ name, description, options, argument }: CompletedCommand): readonly string[] {
  const after = `__fish_seen_subcommand_from ${name}`;
  return [
    line(BEFORE_COMMAND, `-a ${name} -d ${quoted(description)}`),
    ...(argument ? [line(after, valuesOf(argument, 'argument'))] : []),
    ...options.map((option) => line(after, flag(option))),
  ];
}

function line(condition: string, rest: string): string {
  return `complete -c stackwarden -n ${quoted(condition)} ${rest}`;
}

function flag({ names, description, values }: CompletedOption): string {
  const written = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  return `${written.join(' ')} -d ${quoted(description)}${values ? ` ${valuesOf(values, 'option')}` : ''}`;
}

/** The values of an option, which needs one, or of an argument. */
function valuesOf(values: Values, of: 'option' | 'argument'): string {
  const only = of === 'option' ? '-x ' : '';
  switch (values.kind) {
    case 'choices':
      return `${only}-a ${quoted(values.choices.join(' '))}`;
    case 'command':
      return `${only}-a '$__stackwarden_commands'`;
    case 'rule':
      return `${only}-a '$__stackwarden_rules'`;
    case 'rules':
      return `${only}-a '(__stackwarden_rule_list)'`;
    case 'directories':
      return `${only}-a '(__fish_complete_directories)'`;
    case 'files':
      return of === 'option' ? '-r -F' : '-F';
    case 'other':
      return only.trim();
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

import { flatMap } from '../../base/flat-map.ts';
import {
  completedCommands,
  PROGRAM_OPTIONS,
  type CompletedCommand,
  type CompletedOption,
  type Values,
} from './completed.ts';

/** The completion script for zsh. It can be sourced, or be a file `_stackwarden` in a directory of `fpath`. */
export function zshScript(rules: readonly string[]): string {
  const commands = completedCommands();
  return `#compdef stackwarden
# zsh completion for stackwarden. Load it with: source <(stackwarden completion zsh)

_stackwarden_rules() {
  local -a rules=(${rules.join(' ')})
  compadd -a rules
}

# Several rules, separated by commas.
_stackwarden_rule_list() {
  compset -P '*,'
  _stackwarden_rules
}

_stackwarden_commands() {
  local -a commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${escaped(description)}`)}`).join('\n')}
  )
  _describe command commands
}

_stackwarden() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  _arguments -C \\
${flatMap(PROGRAM_OPTIONS, specs).map(indented).join('\n')}
    ':command:_stackwarden_commands' \\
    '*::argument:->after'
  [[ $state == after ]] || return
  case $line[1] in
${commands.map(commandCase).join('\n')}
  esac
}

if [[ \${funcstack[1]} == _stackwarden ]]; then
  _stackwarden "$@"
else
  compdef _stackwarden stackwarden
fi
`;
}

function indented(spec: string): string {
  return `    ${spec} \\`;
}

function commandCase({ name, options, argument }: CompletedCommand): string {
  const all = [
    ...flatMap(options, specs),
    ...(argument ? [quoted(`${argument.several ? '*' : ''}:argument:${action(argument)}`)] : []),
  ];
  return `    ${name})\n      _arguments ${all.length === 0 ? '' : `\\\n${all.map((spec) => `        ${spec}`).join(' \\\n')}`}\n      ;;`;
}

/** The specifications of an option, one for each name. */
function specs({ names, description, values, repeatable }: CompletedOption): readonly string[] {
  return names.map((name) => {
    const before = repeatable ? '*' : names.length > 1 ? `(${names.join(' ')})` : '';
    const after = values ? `=[${escaped(description)}]:value:${action(values)}` : `[${escaped(description)}]`;
    return quoted(`${before}${name}${after}`);
  });
}

function action(values: Values): string {
  switch (values.kind) {
    case 'choices':
      return `(${values.choices.join(' ')})`;
    case 'command':
      return '_stackwarden_commands';
    case 'rule':
      return '_stackwarden_rules';
    case 'rules':
      return '_stackwarden_rule_list';
    case 'directories':
      return '_files -/';
    case 'files':
      return '_files';
    case 'other':
      return ' ';
  }
}

/** A description, in which brackets and colons would end it. */
function escaped(text: string): string {
  return text.replaceAll(/[\\[\]:]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

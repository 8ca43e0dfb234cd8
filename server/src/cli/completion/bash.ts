import { flatMap } from '../../base/flat-map.ts';
import {
  completedCommands,
  PROGRAM_OPTIONS,
  type CompletedCommand,
  type CompletedOption,
  type Values,
} from './completed.ts';

/**
 * The completion script for bash 3.2 and later. Words are never evaluated. Where the script has no words, readline
 * completes file names, with its own quoting.
 */
export function bashScript(rules: readonly string[]): string {
  const commands = completedCommands();
  const names = commands.map(({ name }) => name);
  return `# bash completion for stackwarden. Load it with: source <(stackwarden completion bash)

_stackwarden_rules='${rules.join(' ')}'

_stackwarden_words() {
  local IFS=$' \\t\\n'
  COMPREPLY=($(compgen -P "\${3-}" -W "$1" -- "$2"))
  compopt +o default +o bashdefault 2>/dev/null
}

_stackwarden() {
  local IFS=$' \\t\\n' cur=\${COMP_WORDS[COMP_CWORD]} option= command= i
  COMPREPLY=()
  # "--format=json" is three words, because "=" separates words.
  if [[ $cur == = ]]; then
    cur=
    option=\${COMP_WORDS[COMP_CWORD-1]}
  elif [[ \${COMP_WORDS[COMP_CWORD-1]} == = ]]; then
    option=\${COMP_WORDS[COMP_CWORD-2]}
  elif [[ \${COMP_WORDS[COMP_CWORD-1]} == -* ]]; then
    option=\${COMP_WORDS[COMP_CWORD-1]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} != -* ]]; then
      command=\${COMP_WORDS[i]}
      break
    fi
  done
  case "$command $option" in
${flatMap(commands, optionCases).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $command in
${commands.map(({ name, options }) => `      ${name}) _stackwarden_words '${namesOf(options)}' "$cur" ;;`).join('\n')}
      '') _stackwarden_words '${namesOf(PROGRAM_OPTIONS)}' "$cur" ;;
    esac
    return
  fi
  case $command in
${commands.map((command) => argumentCase(command, names)).join('\n')}
    '') _stackwarden_words '${names.join(' ')}' "$cur" ;;
  esac
}

complete -o bashdefault -o default -F _stackwarden stackwarden
`;
}

function namesOf(options: readonly CompletedOption[]): string {
  return flatMap(options, ({ names }) => names).join(' ');
}

/** A case for each option with values. */
function optionCases({ name, options }: CompletedCommand): readonly string[] {
  return flatMap(options, (option) =>
    option.values === undefined
      ? []
      : [`    ${option.names.map((each) => `'${name} ${each}'`).join(' | ')}) ${words(option.values, [])}return ;;`],
  );
}

function argumentCase({ name, argument }: CompletedCommand, commands: readonly string[]): string {
  return `    ${name}) ${argument ? words(argument, commands) : `_stackwarden_words '' "$cur" `};;`;
}

/** The command that completes values, with a space or separator after it; empty for file names. */
function words(values: Values, commands: readonly string[]): string {
  switch (values.kind) {
    case 'choices':
      return `_stackwarden_words '${values.choices.join(' ')}' "$cur"; `;
    case 'command':
      return `_stackwarden_words '${commands.join(' ')}' "$cur"; `;
    case 'rule':
      return '_stackwarden_words "$_stackwarden_rules" "$cur"; ';
    case 'rules':
      // Items before the last comma stay.
      return '_stackwarden_words "$_stackwarden_rules" "${cur##*,}" "${cur%"${cur##*,}"}"; ';
    case 'directories':
      return 'compopt -o dirnames +o default +o bashdefault 2>/dev/null; ';
    case 'files':
    case 'other':
      return '';
  }
}

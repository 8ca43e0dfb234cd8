/** The reference page of the command line, from the table that the parser and its help use. */
import { COMMANDS, type CommandEntry, type OptionEntry } from '../server/src/cli/options.ts';

/** The text of `docs/cli.md`. `note` states that the page is generated. */
export function cliPage(note: string): string {
  return `${[
    `${note}\n# Command line`,
    'Run `stackwarden COMMAND --help` for the same text. [Output and exit codes](output.md) describes reports, exit codes and environment variables; [configuration](configuration.md) describes `.stackwarden.yaml` and parameter files.',
    COMPLETION,
    ...COMMANDS.flatMap(section),
  ].join('\n\n')}\n`;
}

const COMPLETION = `To complete commands, options and rules in a shell, load the script of \`stackwarden completion\` in its startup file:

| shell | file | line |
| --- | --- | --- |
| bash | \`~/.bashrc\` | \`source <(stackwarden completion bash)\` |
| zsh | \`~/.zshrc\`, after \`compinit\` | \`source <(stackwarden completion zsh)\` |
| fish | \`~/.config/fish/config.fish\` | \`stackwarden completion fish \\| source\` |
| PowerShell | \`$PROFILE\` | \`stackwarden completion powershell \\| Out-String \\| Invoke-Expression\` |`;

function section({ name, description, argument, second, options, exitCodes }: CommandEntry): readonly string[] {
  const call = [
    `stackwarden ${name}`,
    ...(options.length > 0 ? ['[options]'] : []),
    ...[argument, second].flatMap((one) => (one ? [one.name] : [])),
  ];
  return [
    `## ${name}`,
    `${description}.`,
    `\`\`\`\n${call.join(' ')}\n\`\`\``,
    ...[argument, second].flatMap((one) =>
      one
        ? [
            `\`${one.name}\`: ${plain(one.description)}${one.choices ? ` (${one.choices.map((choice) => `\`${choice}\``).join(', ')})` : ''}`,
          ]
        : [],
    ),
    ...(options.length > 0
      ? [`| option | description | values | default |\n| --- | --- | --- | --- |\n${options.map(row).join('\n')}`]
      : []),
    ...(exitCodes === undefined ? [] : [plain(exitCodes)]),
  ];
}

function row(option: OptionEntry): string {
  const values = option.choices?.map((choice) => valueOf(choice, option)).join(', ') ?? '';
  const fallback = option.default ?? option.fallback;
  return `| \`${option.flags}\` | ${plain(option.description)} | ${values} | ${fallback === undefined ? '' : `\`${fallback}\``} |`;
}

/** A value, with its meaning where it has one. */
function valueOf(choice: string, { meanings }: OptionEntry): string {
  const meaning = meanings?.get(choice);
  return `\`${choice}\`${meaning === undefined ? '' : ` (${meaning})`}`;
}

/** Help breaks lines where a terminal has to. */
function plain(text: string): string {
  return text.replaceAll('\n', ' ');
}

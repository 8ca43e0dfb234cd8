/**
 * Command lines of the program in documentation and configuration, compared with the table of its commands and options.
 */
import { COMMANDS, type OptionEntry } from '../../server/src/cli/options.ts';
import { rulesSelectedBy } from '../../server/src/engine/rule-selection.ts';
import { RULES } from '../../server/src/rules/index.ts';

/** The command lines in code: what follows the name of the program, its npm package with a version, or its image. */
export function commandLinesIn(code: string): readonly string[] {
  return [...code.matchAll(/\bstackwarden(?:[@:][\w.-]+)? ([a-z][a-z-]*\b(?![.:])[^\n`']*)/g)].map(([, line]) =>
    line!.replace(/\s+(?:#|[|>&]).*$/, '').trim(),
  );
}

/** The code on a page: its blocks and its code spans, one per line. */
export function codeOf(page: string): string {
  return [...page.matchAll(/^```\w*\n([^]*?)^```$|`([^`\n]+)`/gm)].map(([, block, span]) => block ?? span).join('\n');
}

/** What is wrong with the arguments of a command line, the command first. */
export function mistakesIn(line: string): readonly string[] {
  const [command, ...args] = words(line);
  const entry = COMMANDS.find(({ name }) => name === command);
  if (!entry) return [`unknown command ${command ?? ''}`];
  const byFlag = new Map(entry.options.flatMap((option) => flagsOf(option).map((flag) => [flag, option] as const)));
  const mistakes: string[] = [];
  const isType = /^(?:AWS::|aws_)/.test(args[0] ?? '');
  if (
    command === 'explain' &&
    !isType &&
    args[0]?.startsWith('<') === false &&
    rulesSelectedBy(args[0], RULES).length === 0
  )
    mistakes.push(`unknown rule ${args[0]}`);
  for (let i = 0; i < args.length && args[i] !== '--'; i++) {
    const [flag, given] = /^(--[\w-]+)(?:=(.*))?$/s.exec(args[i]!)?.slice(1) ?? [];
    if (flag === undefined || flag === '--help') continue;
    const option = byFlag.get(flag);
    if (!option) {
      mistakes.push(`unknown option ${flag}`);
      continue;
    }
    if (!option.flags.includes('<')) continue;
    const value = given ?? args[++i];
    if (value === undefined) mistakes.push(`no value of ${flag}`);
    else mistakes.push(...wrongValue(flag, value, option, byFlag));
  }
  return mistakes;
}

function wrongValue(
  flag: string,
  value: string,
  { choices }: OptionEntry,
  byFlag: ReadonlyMap<string, OptionEntry>,
): readonly string[] {
  // A format and a file.
  const format = flag === '--output' ? /^(\w+)=/.exec(value)?.[1] : undefined;
  const formats = byFlag.get('--format')?.choices;
  if (format !== undefined && formats?.includes(format) === false) return [`unknown format ${format}`];
  // In a usage, a value can be a word in capitals.
  return choices?.includes(value) === false && !/^[A-Z]+$/.test(value) ? [`${flag} has no value ${value}`] : [];
}

/** The names of an option, with its negation if it has one. */
function flagsOf({ flags }: OptionEntry): readonly string[] {
  return flags.match(/--[\w-]+/g) ?? [];
}

/** The words of a command line, with quotes removed. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/["']/g, ''));
}

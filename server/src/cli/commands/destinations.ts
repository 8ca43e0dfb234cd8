/** Where the reports of a run go: each format to standard output or to a file. */
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Steps } from '../../base/steps.ts';
import { some } from '../../base/words.ts';
import { didYouMean } from '../../config/nearest-name.ts';
import { replaceOrCreate } from '../../host/write.ts';
import type { IncompletelyChecked } from '../lint.ts';
import type { Reporter } from '../reporters/reporter.ts';
import { joinedPieces, reporterNamed } from '../reporters/reporter.ts';
import { UsageError, type Display, type World } from '../world.ts';

/** A report and where it goes. */
export interface Destination<Subject> {
  readonly reporter: Reporter<Subject>;
  /** The file as given, and its path; standard output without it. */
  readonly file?: { readonly name: string; readonly path: string };
}

export interface OutputFlags {
  /** The names of reporters. */
  readonly format: readonly string[];
  /** `FILE` or `FORMAT=FILE`. */
  readonly output?: readonly string[];
}

/**
 * The reports of `--format` and `--output`. A format with a file is written to it, and another one to standard output,
 * which takes one report.
 */
export function destinationsOf<Subject>(
  reporters: readonly Reporter<Subject>[],
  { format, output = [] }: OutputFlags,
  cwd: string,
): readonly Destination<Subject>[] {
  const names = reporters.map(({ name }) => name);
  const files = output.map((given) => fileOf(given, names));
  const named = files.filter((file) => file.format !== undefined);
  const formats = [...new Set(format)];
  const unnamed = files.filter((file) => file.format === undefined);
  const withoutFile = formats.filter((name) => !named.some((file) => file.format === name));
  if (unnamed.length > 1 || (unnamed.length === 1 && withoutFile.length !== 1))
    throw new UsageError(
      `--output ${unnamed[0]!.name}: Name the format, such as --output ${withoutFile.at(-1) ?? formats[0] ?? names[0]!}=${unnamed[0]!.name}.`,
    );
  const toFiles = [...named, ...unnamed.map((file) => ({ ...file, format: withoutFile[0] }))];
  const toOutput = withoutFile.filter((name) => !toFiles.some((file) => file.format === name));
  if (toOutput.length > 1)
    throw new UsageError(
      `--format: Only one report can be written to standard output, not ${some(toOutput)}. Use --output, such as --output ${toOutput[1]!}=FILE.`,
    );
  return [
    ...toOutput.map((name) => ({ reporter: reporterNamed(reporters, name) })),
    ...distinct(toFiles, cwd).map(({ format: name, ...file }) => ({ reporter: reporterNamed(reporters, name!), file })),
  ];
}

interface NamedFile {
  readonly format: string | undefined;
  readonly name: string;
}

/** `FORMAT=FILE`, or a file. A file whose name looks like that is written `./a=b`. */
function fileOf(given: string, formats: readonly string[]): NamedFile {
  const [, format, name] = /^([A-Za-z][\w-]*)=(.*)$/s.exec(given) ?? [];
  if (format === undefined || name === undefined) return { format: undefined, name: nonEmpty(given, given) };
  if (!formats.includes(format))
    throw new UsageError(
      `--output ${given}: Unknown format "${format}".${didYouMean(format, formats)} Formats are ${some(formats)}.`,
    );
  return { format, name: nonEmpty(name, given) };
}

function nonEmpty(name: string, given: string): string {
  if (name === '') throw new UsageError(`--output ${given}: Expected FORMAT=FILE or FILE.`);
  return name;
}

function distinct(files: readonly NamedFile[], cwd: string): readonly (NamedFile & { readonly path: string })[] {
  const seen = new Set<string>();
  return files.map((file) => {
    const path = resolve(cwd, file.name);
    if (seen.has(path)) throw new UsageError(`--output: ${file.name} is given for two reports.`);
    seen.add(path);
    return { ...file, path };
  });
}

/** Refuses files that cannot be written, before the run, and those that are checked. */
export function checkDestinations(destinations: readonly Destination<never>[], checked: readonly string[]): void {
  for (const { file } of destinations) {
    if (!file) continue;
    const reason = unwritable(file.path, checked);
    if (reason !== undefined) throw new UsageError(`--output: ${file.name} ${reason}.`);
  }
}

function unwritable(path: string, checked: readonly string[]): string | undefined {
  if (checked.includes(path)) return 'is one of the checked files';
  if (isDirectory(path)) return 'is a directory';
  return isDirectory(dirname(path)) ? undefined : 'cannot be written: its directory does not exist';
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** The look of a report in a file. */
const IN_FILE: Display = { color: false, columns: 100, terminal: false };

/**
 * Writes the reports in steps, and states on standard error what they omit. Returns the files that could not be
 * written.
 */
export function* writingReports<Subject>(
  destinations: readonly Destination<Subject>[],
  subject: Subject,
  world: World,
): Steps<readonly IncompletelyChecked[]> {
  const missed: IncompletelyChecked[] = [];
  for (const { reporter, file } of destinations) {
    const omitted = reporter.omits?.(subject, world);
    if (omitted !== undefined) world.err(`stackwarden: ${reporter.name}: ${omitted}\n`);
    if (!file) {
      for (const piece of piecesOf(reporter, subject, world)) {
        world.out(piece);
        // A reader can be slower than the report is written.
        yield { stage: 'reporting', done: 0, total: 0 };
      }
      continue;
    }
    const reason = replaceOrCreate(file.path, piecesOf(reporter, subject, { ...world, display: IN_FILE }));
    if (reason !== undefined) missed.push({ path: file.name, reason });
  }
  return missed;
}

function piecesOf<Subject>(reporter: Reporter<Subject>, subject: Subject, world: World): Iterable<string> {
  return reporter.pieces ? joinedPieces(reporter.pieces(subject, world)) : [reporter.report(subject, world)];
}

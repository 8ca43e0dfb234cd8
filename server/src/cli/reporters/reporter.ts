/** The contract of a reporter. `cli/reporters/reporters.ts` lists the reporters of each command. */
import type { World } from '../world.ts';
import type { OutputFormat, ReportFlags, UsedDetails } from '../formats.ts';

/** Writes what a command found in one format. */
export interface Writer<Subject> {
  /** Set if the format has no place for incomplete results. */
  readonly withoutIncomplete?: true;
  /** What it uses of what an analysis computes on demand; nothing by default. */
  uses?(flags: ReportFlags): UsedDetails;
  /** The report as text, each line ended. */
  report(subject: Subject, world: World): string;
  /** The same text in pieces, if it can be long, so that it is never in memory as a whole. */
  pieces?(subject: Subject, world: World): Iterable<string>;
  /** What a report omits because of a limit of its readers, as a sentence; undefined if it has everything. */
  omits?(subject: Subject, world: World): string | undefined;
}

/** A reporter of what a command found: a value of `--format`. */
export interface Reporter<Subject> extends OutputFormat, Writer<Subject> {}

/** The reporter of a name, one of the choices of `--format`. */
export function reporterNamed<Subject>(reporters: readonly Reporter<Subject>[], name: string): Reporter<Subject> {
  const found = reporters.find((reporter) => reporter.name === name);
  if (!found) throw new Error(`There is no reporter named ${name}.`);
  return found;
}

/** A text in pieces of at least some length, which are fewer writes. */
export function* joinedPieces(pieces: Iterable<string>): Generator<string> {
  let joined = '';
  for (const piece of pieces) {
    joined += piece;
    if (joined.length < LENGTH_OF_WRITE) continue;
    yield joined;
    joined = '';
  }
  if (joined !== '') yield joined;
}

/** In UTF-16 code units. */
const LENGTH_OF_WRITE = 64 * 1024;

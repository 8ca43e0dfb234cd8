import { inert } from '../../base/inert.ts';
import { LineIndex } from '../../base/line-index.ts';
import { explainAt } from '../../engine/explain.ts';
import { Documents } from '../../engine/documents.ts';
import { ParseCache } from '../../engine/parse-cache.ts';
import { collect } from '../../engine/run.ts';
import { uriOf } from '../../host/uri.ts';
import { includingDocuments } from '../including-documents.ts';
import { inputsOf } from '../inputs.ts';
import { groupsOf, type LintOptions } from '../lint.ts';
import { shownPath } from '../shown-path.ts';
import { textProblem } from '../reporters/lint-text.ts';
import { reporterNamed } from '../reporters/reporter.ts';
import { EXPLANATION_REPORTERS } from '../reporters/reporters.ts';
import { UsageError, type World } from '../world.ts';

export interface ExplainValueFlags extends LintOptions {
  /** The name of a reporter. */
  readonly format: string;
}

/**
 * Prints what the value at a position resolves to, why, and the result of each rule that reads it, also through the
 * documents of the directory that include its file. Lines and columns count from 1.
 */
export function explainValueCommand(place: string, flags: ExplainValueFlags, world: World): void {
  const { file, line, column } = placeOf(place);
  const inputs = inputsOf([file], {}, world);
  for (const { reason } of inputs.failures) throw new UsageError(`${file} ${reason}.`);
  if (inputs.files.length !== 1 || !inputs.files[0]!.explicit)
    throw new UsageError(`Expected FILE:LINE:COLUMN, but ${file} is a directory.`);
  const { groups, configurationFaults } = groupsOf(inputs, flags, world);
  for (const { path, text, problem, confidential } of configurationFaults)
    world.err(textProblem(path, text, problem, confidential, world));
  const [group] = groups;
  if (!group) throw new UsageError(inert(`${file} is not checked: the configuration excludes it.`));
  const { reader, options: own, files } = group;
  const doc = files[0]!.uri;
  const options = { ...own, leading: includingDocuments(files[0]!.path, world.cwd, reader).map(uriOf) };
  const cache = new ParseCache();
  const snapshot = collect(reader, [doc], options, cache);
  const detection = new Documents(snapshot, cache).detection(doc);
  const refusal = reader.refusal(doc);
  const path = shownPath(files[0]!.path, world.cwd);
  if (refusal !== undefined) throw new UsageError(`${path} ${refusal}.`);
  if (!detection || detection.format === 'none')
    throw new UsageError(inert(`${path} is not checked: ${detection?.reason ?? 'it cannot be read'}.`));
  const text = reader.text(doc);
  const lines = new LineIndex(text);
  if (line > lines.lineCount)
    throw new UsageError(
      `Line ${line} is out of range: ${path} has ${lines.lineCount} ${lines.lineCount === 1 ? 'line' : 'lines'}.`,
    );
  const offset = lines.offsetAt({ line: line - 1, character: column - 1 });
  const explained = explainAt(snapshot, doc, offset, options, cache);
  if (!explained)
    throw new UsageError(`No value at ${inert(path)}:${line}:${column}: ${instead(text, lines, line - 1)}.`);
  const reported = { explained, path, textOf: (other: string) => reader.text(other), profile: options.profile };
  world.out(reporterNamed(EXPLANATION_REPORTERS, flags.format).report(reported, world));
}

interface NamedPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Parses FILE:LINE:COLUMN. A file name can contain colons, such as that of a Windows drive, so the numbers are the last
 * two.
 */
function placeOf(place: string): NamedPlace {
  const [, file, line, column] = /^(.+):(\d{1,9}):(\d{1,9})$/.exec(place) ?? [];
  if (file === undefined)
    throw new UsageError(`Expected FILE:LINE:COLUMN, such as template.yaml:12:20, but got "${place}".`);
  if (Number(line) < 1 || Number(column) < 1) throw new UsageError(`Lines and columns count from 1: "${place}".`);
  return { file, line: Number(line), column: Number(column) };
}

/** Why a line has no value to explain. */
function instead(text: string, lines: LineIndex, line: number): string {
  const { start, end } = lines.line(text, line);
  const written = text.slice(start, end).trim();
  if (written === '') return 'the line is empty';
  if (/^(?:#|\/\/|\/\*)/.test(written)) return 'the line is a comment';
  return 'no rule reads this, and nothing is evaluated. Use a position in a value or its key';
}

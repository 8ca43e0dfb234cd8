/** The reporters of a command from its formats. */
import type { OutputFormat } from '../formats.ts';
import type { Reporter, Writer } from './reporter.ts';

/** The reporters of a command, the default first. */
export type Reporters<Subject> = readonly Reporter<Subject>[];

/** The reporters of formats, in the order of these. */
export function reportersOf<Name extends string, Subject>(
  formats: readonly OutputFormat<Name>[],
  writers: Readonly<Record<Name, Writer<Subject>>>,
): Reporters<Subject> {
  return formats.map((format) => ({ ...format, ...writers[format.name] }));
}

/** Terraform directories and plans in memory, with their findings and the values of their resources. */
import { finished } from '../../server/src/base/steps.ts';
import type { Reader } from '../../server/src/base/snapshot.ts';
import type { Uri } from '../../server/src/base/span.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import type { Analysis, AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { Documents } from '../../server/src/engine/documents.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect, run } from '../../server/src/engine/run.ts';
import { loadStacks } from '../../server/src/engine/stacks.ts';
import type { BuiltStack } from '../../server/src/formats/format.ts';
import type { Finding } from '../../server/src/model/finding.ts';
import { leaves } from '../../server/src/model/navigate.ts';
import type { Stack } from '../../server/src/model/resource.ts';
import { shown } from '../../server/src/model/shown.ts';
import type { Value } from '../../server/src/model/value.ts';
import { memoryReader } from '../kit/memory-reader.ts';

/** Texts of files by name; a value that is no text is written as JSON. */
export type Files = Readonly<Record<string, unknown>>;

export const FOLDER = 'file:///stack/';

export const EVERYTHING: AnalysisOptions = {
  profile: 'strict',
  certainty: 'possible',
  configuration: DEFAULT_CONFIGURATION,
};

export interface Directory {
  readonly texts: ReadonlyMap<Uri, string>;
  readonly reader: Reader;
  readonly named: readonly Uri[];
  readonly analysis: Analysis;
}

/** Analyses files that lie in one folder. */
export function directory(files: Files, options: AnalysisOptions = EVERYTHING): Directory {
  const texts = textsOf(files);
  const reader = memoryReader(texts);
  const named = [...texts.keys()];
  return { texts, reader, named, analysis: run(reader, named, options) };
}

function textsOf(files: Files): ReadonlyMap<Uri, string> {
  return new Map(
    Object.entries(files).map(([name, content]) => [
      FOLDER + name,
      typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    ]),
  );
}

/** What rules say of files: `RULE [possible] ADDRESSES: MARKED TEXT [when NAME=VALUE]`, in the order of the report. */
export function found(files: Files, ...rules: readonly string[]): readonly string[] {
  const { texts, analysis } = directory(
    files,
    rules.length > 0 ? { ...EVERYTHING, rules: new Set(rules) } : EVERYTHING,
  );
  return analysis.documents.flatMap(({ findings }) =>
    findings.map((finding) => {
      const when = finding.when.map(({ name, value }) => ` when ${name}=${String(value)}`).join('');
      return `${finding.rule}${finding.certainty === 'possible' ? ' possible' : ''} ${finding.subjects.join(' ')}: ${markedIn(texts, finding)}${when}`;
    }),
  );
}

/** The text that a finding marks. */
export function markedIn(texts: ReadonlyMap<Uri, string>, { at }: Finding): string {
  return texts.get(at.doc)!.slice(at.start, at.end);
}

/** The stack that files in one folder make. */
export function stackOf(files: Files, cache?: ParseCache): Stack {
  return builtOf(files, cache).stack;
}

/** The same with its evaluations. */
export function builtOf(files: Files, cache = new ParseCache()): BuiltStack {
  const texts = textsOf(files);
  const documents = new Documents(collect(memoryReader(texts), [...texts.keys()], EVERYTHING, cache), cache);
  const detections = new Map([...texts.keys()].map((doc) => [doc, documents.detection(doc)!] as const));
  return finished(loadStacks(documents, detections, EVERYTHING)![0]!.building());
}

/**
 * The value of a property in every scenario: `TEXT [when NAME=VALUE]`; `open` is said of what something unread may
 * supply.
 */
export function valuesAt(stack: Stack, address: string, path: string): readonly string[] {
  const resource = stack.byAddress(address);
  if (!resource) throw new Error(`there is no ${address}`);
  return valuesOf(resource.get(path));
}

export function valuesOf(value: Value): readonly string[] {
  return leaves(value).map(({ guard, value: leaf }) => {
    const when = guard
      .describe()
      .map((term) => ` when ${term.name}=${String(term.value)}`)
      .join('');
    return `${'open' in leaf && leaf.open ? 'open ' : ''}${leaf.state === 'absent' && leaf.default ? `by default ${shown(leaf.default)}` : shown(leaf)}${when}`;
  });
}

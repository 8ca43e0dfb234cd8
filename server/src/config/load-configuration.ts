/** Loads a configuration with the files that it extends. */
import { flatMap } from '../base/flat-map.ts';
import type { Reader } from '../base/snapshot.ts';
import type { Range, Uri } from '../base/span.ts';
import type { Problem } from '../model/finding.ts';
import type { Configuration } from './configuration.ts';
import { withDefaults, merged, type PartialConfiguration } from './partial-configuration.ts';
import { readConfiguration, type ExtendedFile } from './read-configuration.ts';

/** A file of a configuration. */
export interface ConfigurationText {
  readonly doc: Uri;
  readonly text: string;
}

/** A file of a configuration with its problems. */
export interface LoadedFile extends ConfigurationText {
  readonly problems: readonly Problem[];
  /** The ranges that are not shown. */
  readonly confidential: readonly Range[];
}

export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly origins: PartialConfiguration['origins'];
  /** The file itself, and those that it extends. */
  readonly files: readonly LoadedFile[];
}

/** The maximum number of files of a configuration. */
const MOST_FILES = 64;

/**
 * The configuration of a file with those that it extends, which the reader confines to the root. What a file states
 * takes precedence over what it extends, and later files over earlier ones.
 */
export function loadConfiguration(reader: Reader, first: ConfigurationText): LoadedConfiguration {
  const files = new Map<Uri, LoadedFile>();
  const parts = partsFrom(reader, first, [], files);
  const all = merged(parts);
  return { configuration: withDefaults(all), origins: all.origins, files: [...files.values()] };
}

function partsFrom(
  reader: Reader,
  { doc, text }: ConfigurationText,
  above: readonly Uri[],
  files: Map<Uri, LoadedFile>,
): readonly PartialConfiguration[] {
  const { part, extended, problems, confidential } = readConfiguration(doc, text);
  const own = [...problems];
  // A file that is extended twice has its problems once.
  files.set(doc, { doc, text, problems: own, confidential });
  const chain = [...above, doc];
  const bases = flatMap(extended, (file) => {
    const answer = answerOf(reader, file, chain, files.size);
    if (typeof answer !== 'string') return partsFrom(reader, answer, chain, files).map(withoutRemovals);
    own.push({ at: file.at, message: answer, kind: 'document' });
    return [];
  });
  return [...bases, part];
}

/**
 * What an extended file states. Other files can extend it too, so its entries are removed only where it is edited
 * itself.
 */
function withoutRemovals(part: PartialConfiguration): PartialConfiguration {
  const { suppressions } = part.stated;
  if (!suppressions) return part;
  return { ...part, stated: { ...part.stated, suppressions: suppressions.map(({ removal: _, ...kept }) => kept) } };
}

/** The text of a file that is extended, or the problem. */
function answerOf(
  reader: Reader,
  { name, uri }: ExtendedFile,
  chain: readonly Uri[],
  count: number,
): ConfigurationText | string {
  if (chain.includes(uri)) return `${name} extends this file. Remove one of the two "extends".`;
  if (count >= MOST_FILES) return `A configuration can have at most ${MOST_FILES} files. ${name} is ignored.`;
  const answer = reader.file(uri);
  if (answer.kind === 'text') return { doc: uri, text: answer.text };
  return `${name} ${answer.kind === 'missing' ? 'does not exist' : answer.reason}.`;
}

import type { Uri } from '../base/span.ts';
import { repair } from './repair.ts';
import type { DocumentTree } from './tree.ts';
import { eventsByEntry, type ReadEntries } from './yaml-entries.ts';
import { buildingYaml, buildYaml } from './yaml-tree.ts';

/** Parses YAML. There is a tree for every text; syntax errors are among its problems. */
export function parseYaml(doc: Uri, text: string): DocumentTree {
  const { text: readable, events, repairs, problems } = repair(text);
  return { doc, text, language: 'yaml', ...buildYaml(readable, [{ events, by: 0 }], repairs), problems };
}

/** A tree with the entries that make the next reading of the document faster. */
export interface TreeOfEntries {
  readonly tree: DocumentTree;
  readonly entries: ReadEntries;
}

/**
 * Does `parseYaml` with yields, and takes over what did not change.
 * @param known The entries of the last reading of the document.
 */
export function* parsingYaml(doc: Uri, text: string, known: ReadEntries): Generator<void, TreeOfEntries, undefined> {
  const read = yield* eventsByEntry(text, known);
  const repaired = read ? undefined : repair(text);
  const built = yield* buildingYaml(
    repaired?.text ?? text,
    read?.runs ?? [{ events: repaired!.events, by: 0 }],
    repaired?.repairs,
  );
  // A syntax error leaves the entries of the last valid text, most of which come back.
  return {
    tree: { doc, text, language: 'yaml', ...built, problems: repaired?.problems ?? [] },
    entries: read?.entries ?? known,
  };
}

import type { Uri } from '../base/span.ts';
import { repair } from './repair.ts';
import type { DocumentTree } from './tree.ts';
import { buildYaml } from './yaml-tree.ts';

/** Reads YAML. Whatever the text is, there is a tree; what could not be read is among its problems. */
export function parseYaml(doc: Uri, text: string): DocumentTree {
  const { text: readable, events, repairs, problems } = repair(text);
  return { doc, text, language: 'yaml', ...buildYaml(readable, events, repairs), problems };
}

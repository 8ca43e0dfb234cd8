import type { Uri } from '../base/span.ts';
import { repair } from './repair.ts';
import type { DocumentTree } from './tree.ts';
import { buildYaml } from './yaml-tree.ts';

/** Parses YAML. There is a tree for every text; syntax errors are among its problems. */
export function parseYaml(doc: Uri, text: string): DocumentTree {
  const { text: readable, events, repairs, problems } = repair(text);
  return { doc, text, language: 'yaml', ...buildYaml(readable, events, repairs), problems };
}

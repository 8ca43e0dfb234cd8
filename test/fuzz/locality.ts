/** What is broken on one line costs that line: the resources elsewhere keep their findings. */
import type { Range } from '../../server/src/base/span.ts';
import type { Analysis } from '../../server/src/engine/analysis.ts';
import { resolved, valueOf, type Node, type Tree } from '../../server/src/syntax/tree.ts';
import { saidByResource } from './said.ts';

export interface Kept {
  /** How many resources elsewhere have findings before or after. */
  readonly resources: number;
  /** Those of which something else is said. */
  readonly lost: readonly string[];
}

/** Compares what is said of the resources that are not on the line of an offset, before and after that line was changed. */
export function keptElsewhere(tree: Tree, offset: number, before: Analysis, after: Analysis): Kept {
  const line = lineAt(tree.text, offset);
  const elsewhere = resourcesOf(tree).filter(({ range }) => range.end < line.start || range.start > line.end);
  const was = saidByResource(before);
  const is = saidByResource(after);
  const told = elsewhere.map(({ name }) => name).filter((name) => was.has(name) || is.has(name));
  return { resources: told.length, lost: told.filter((name) => was.get(name) !== is.get(name)) };
}

function lineAt(text: string, offset: number): Range {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end < 0 ? text.length : end };
}

/** The resources of a template or of a Terraform document by their names in findings. */
function resourcesOf(tree: Tree): readonly { readonly name: string; readonly range: Range }[] {
  const root = tree.roots[0];
  const templates = entries(valueOf(root, 'Resources')).map(({ name, range }) => ({ name, range }));
  const terraform = entries(valueOf(root, 'resource')).flatMap(({ name: type, value }) =>
    entries(value).map(({ name, range }) => ({ name: `${type}.${name}`, range })));
  return [...templates, ...terraform];
}

function entries(node: Node | undefined): readonly { readonly name: string; readonly range: Range; readonly value: Node }[] {
  const map = resolved(node);
  return map?.kind === 'map' ? map.pairs.map((pair) => ({ name: pair.name, range: pair, value: pair.value })) : [];
}

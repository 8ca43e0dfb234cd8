/** An error on one line affects that line: the resources elsewhere are read as before, and keep their findings. */
import type { Range } from '../../server/src/base/span.ts';
import type { Analysis } from '../../server/src/engine/analysis.ts';
import { valueOf, type Node, type Pair, type DocumentTree, type Tree } from '../../server/src/syntax/tree.ts';
import { sameNode } from '../kit/tree-change.ts';
import { findingsByResource } from './finding-lines.ts';

export interface Kept {
  /** How many resources are elsewhere: neither they nor the keys above them are on the line. */
  readonly resources: number;
  /** Those that are not read as before. */
  readonly damaged: readonly string[];
  /** How many of the resources have findings before or after. */
  readonly withFindings: number;
  /**
   * Those of which something else is said. Not each is a mistake: a changed default or name may well mean something
   * else.
   */
  readonly changed: readonly string[];
}

/** A document before or after one of its lines was changed. */
export interface Reading {
  readonly tree: DocumentTree;
  readonly analysis: Analysis;
}

/** Compares what is read and said of the resources that are not on the line of an offset. */
export function keptElsewhere(before: Reading, after: Reading, offset: number): Kept {
  const line = lineAt(before.tree.text, offset);
  const elsewhere = resourcesOf(before.tree).filter(
    ({ pair, above }) => !meets(line, pair) && !above.some((key) => meets(line, key)),
  );
  const is = new Map(resourcesOf(after.tree).map(({ name, pair }) => [name, pair]));
  const damaged = elsewhere
    .filter(({ name, pair }) => !(is.has(name) && sameNode(pair.value, is.get(name)!.value)))
    .map(({ name }) => name);
  const linesBefore = findingsByResource(before.analysis);
  const linesAfter = findingsByResource(after.analysis);
  const withFindings = elsewhere
    .map(({ name }) => name)
    .filter((name) => linesBefore.has(name) || linesAfter.has(name));
  return {
    resources: elsewhere.length,
    damaged,
    withFindings: withFindings.length,
    changed: withFindings.filter((name) => linesBefore.get(name) !== linesAfter.get(name)),
  };
}

function lineAt(text: string, offset: number): Range {
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end < 0 ? text.length : end };
}

function meets(line: Range, range: Range): boolean {
  return range.start <= line.end && range.end >= line.start;
}

interface Located {
  /** Its name in findings. */
  readonly name: string;
  readonly pair: Pair;
  /** The keys that it stands under. */
  readonly above: readonly Node[];
}

/** The resources of a template or of a Terraform document. */
function resourcesOf(tree: Tree): readonly Located[] {
  const root = tree.roots[0];
  const templates = pairsOf(valueOf(root, 'Resources')).map((pair) => ({
    name: pair.name,
    pair,
    above: keysOf(root, 'Resources'),
  }));
  // In HCL, each block begins with the name of the section.
  const sections = pairsOf(root).filter(({ name }) => name === 'resource');
  const terraform = sections.flatMap(({ key, value }) =>
    pairsOf(value).flatMap((type) =>
      pairsOf(type.value).map((pair) => ({
        name: `${type.name}.${pair.name}`,
        pair,
        above: [...(tree.language === 'hcl' ? [key] : keysOf(root, 'resource')), type.key],
      })),
    ),
  );
  return [...templates, ...terraform];
}

function keysOf(root: Node | undefined, name: string): readonly Node[] {
  return pairsOf(root)
    .filter((pair) => pair.name === name)
    .map((pair) => pair.key);
}

function pairsOf(node: Node | undefined): readonly Pair[] {
  return node?.kind === 'map' ? node.pairs : [];
}

import type { Range, Uri } from '../../server/src/base/span.ts';
import type { Analysis } from '../../server/src/engine/analysis.ts';
import type { Finding } from '../../server/src/model/finding.ts';
import type { Node, Pair, Tree } from '../../server/src/syntax/tree.ts';
import { treeOf } from './inputs.ts';

/**
 * What an analysis says, without where: one line a finding, sorted. Paths are written in one way, whether a function
 * has a long or a short form and a block stands alone or in a list of one. One finding about several places of a
 * resource is at whichever is written first; where the texts are given, its line has the first path by the alphabet, so
 * that the order of keys does not matter.
 */
export function findingLines({ documents }: Analysis, texts?: ReadonlyMap<Uri, string>): readonly string[] {
  const trees = new Map<Uri, Tree>();
  const read = (doc: Uri): Tree => trees.get(doc) ?? trees.set(doc, treeOf(doc, texts?.get(doc) ?? '')).get(doc)!;
  return documents
    .flatMap(({ findings }) =>
      findings.map((finding) => {
        if (!texts || finding.related.length === 0) return line(finding, plainPath(finding.path));
        const others = finding.related.flatMap(({ at }) => pathWithin(finding.resource, read(at.doc), at) ?? []);
        return line(finding, [plainPath(finding.path), ...others].sort()[0]!);
      }),
    )
    .sort();
}

/** The path of a range within a resource; undefined elsewhere. */
function pathWithin(resource: string | null, tree: Tree, range: Range): string | undefined {
  const names: string[] = [];
  const contains = ({ start, end }: Range): boolean => start <= range.start && range.end <= end;
  let node: Node | undefined = tree.roots.find(contains);
  while (node) {
    if (node.kind === 'map') {
      const pair: Pair | undefined = node.pairs.find(({ key, value }) => contains(key) || contains(value));
      if (pair) names.push(pair.name);
      node = pair?.value;
    } else {
      node = node.kind === 'list' ? node.items.find(({ value }) => contains(value))?.value : undefined;
    }
  }
  const path = names.join('.');
  const above = [`Resources.${resource}.`, `resource.${resource}.`].find((one) => path.startsWith(one));
  return above === undefined ? undefined : plainPath(path.slice(above.length));
}

/** What is said of each resource. */
export function findingsByResource({ documents }: Analysis): ReadonlyMap<string, string> {
  const lines = new Map<string, string[]>();
  for (const finding of documents.flatMap(({ findings }) => findings)) {
    const name = finding.resource ?? '';
    lines.set(name, [...(lines.get(name) ?? []), line(finding, plainPath(finding.path))].sort());
  }
  return new Map([...lines].map(([name, own]) => [name, own.join('\n')]));
}

function line({ rule, certainty, severity, subjects, when }: Finding, where: string): string {
  const scenario = when
    .map(({ name, value }) => ` ${name}=${String(value)}`)
    .sort()
    .join('');
  return `${rule} ${severity} ${certainty} ${[...subjects].sort().join(',')} ${where}${scenario}`;
}

/** A path without the names of functions and without indexes. */
function plainPath(path: string): string {
  return path.replace(/(^|\.)(Fn::\w+|Ref)(?=[.[]|$)|\[\d+\]/g, '');
}

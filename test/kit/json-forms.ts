/** The same content in another form is judged the same: JSON with its keys in another order, and with lists of one. */
import assert from 'node:assert/strict';
import type { Analysis, DocumentAnalysis } from '../../server/src/engine/analysis.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { childrenOf, type Node, type Tree } from '../../server/src/syntax/tree.ts';
import type { TextFile } from './as-hcl.ts';
import { asJsonText, type JsonStyle } from './as-json.ts';
import type { Case } from './fixture.ts';
import { listPlaces } from './list-places.ts';
import { prepareCase, prepareCaseOf } from './run-fixture.ts';

/** A way to write the same content in another form. */
interface Style {
  readonly name: string;
  /**
   * Set where the places and the fixes are the same too: what is missing in an object is marked at its key if it has
   * one, and lists have other fixes.
   */
  readonly exact?: boolean;
  readonly style: (tree: Tree) => JsonStyle;
}

/** A case in another form. */
export interface Form extends Pick<Style, 'name' | 'exact'> {
  readonly files: readonly TextFile[];
}

const STYLES: readonly Style[] = [
  { name: 'with its keys in the opposite order', exact: true, style: () => ({ order: (pairs) => pairs.toReversed() }) },
  // Each place is in another form, and is judged by itself, so both ways are tried together.
  {
    name: 'with single items for lists of one, and the reverse',
    style: (tree) => {
      const { lists, singles } = listPlaces(tree);
      return { listed: (node) => singles.has(node), unlisted: (node) => lists.has(node) };
    },
  },
];

/** It counts the brackets of lists too. */
const SIZE = 'iam-policy-size';

/** Rules that mark something missing at the first key of an item of a list, so that the order of keys decides where. */
const AT_FIRST_KEY: ReadonlySet<string> = new Set([
  'cloudfront-origin-access-control',
  'config-aggregator-all-regions',
  'ec2-instance-volume-encryption',
  'elb-classic-security-policy',
  'firehose-encryption',
]);

/**
 * The forms in which a case can be written. Merge keys and keys that stand twice depend on their order; what a comment
 * suppresses cannot be written in JSON.
 */
export function formsOf(rule: AnyRule, one: Case): readonly Form[] {
  if (one.yamlOnly) return [];
  const files = one.files.map(({ path, text }) => ({ path, text, tree: treeOf(path, text) }));
  const trees = files.flatMap(({ tree }) => tree ?? []);
  if (trees.some((tree) => /<<\s*:|stackwarden/.test(tree.text) || hasDuplicates(tree.roots[0]!))) return [];
  const texts = files.map(({ tree }) => tree && asJsonText(tree));
  return STYLES.filter(({ exact }) => exact || rule.id !== SIZE).flatMap(({ name, exact, style }) => {
    const written = files.map(({ tree }) => tree && asJsonText(tree, style(tree)));
    if (written.every((text, index) => text === texts[index])) return [];
    return {
      name,
      ...(exact ? { exact } : {}),
      files: files.map(({ path, text }, index) =>
        written[index] === undefined
          ? { path, text }
          : { path: path.replace(/\.ya?ml$/, '.json'), text: written[index] },
      ),
    };
  });
}

/** The tree of a document that can be written in another form. */
function treeOf(path: string, text: string): Tree | undefined {
  if (!/\.(?:json|ya?ml|template)$/.test(path) || /(?:^|\/)\.[^/]*$/.test(path)) return undefined;
  const tree = parse(`file:///case/${path}`, text);
  return tree.problems.length === 0 && tree.roots.length === 1 ? tree : undefined;
}

function hasDuplicates(root: Node): boolean {
  if (root.kind === 'map' && new Set(root.pairs.map(({ name }) => name.toLowerCase())).size < root.pairs.length)
    return true;
  return childrenOf(root).some(hasDuplicates);
}

/** Checks that a case in another form says the same as it is: that it does in JSON too is checked by `checkAsJson`. */
export function checkForm(rule: AnyRule, one: Case, { files, exact: hasPlaces = false }: Form): void {
  const exact = hasPlaces && !AT_FIRST_KEY.has(rule.id);
  const comparableOf = ({ documents }: Analysis): readonly unknown[] =>
    documents.map((document) => [comparable(document, exact), hasPlaces ? identities(document) : []]);
  assert.deepEqual(comparableOf(prepareCase(rule, files).analysis), comparableOf(prepareCaseOf(rule, one).analysis));
}

/** What baselines and suppressions recognize the findings by. */
function identities({ findings }: DocumentAnalysis): readonly string[] {
  return findings
    .map(({ rule, resource, canonicalPath, valueHash }) => [rule, resource, canonicalPath, valueHash].join(' '))
    .sort();
}

/** What is said of a document in an order of its own, without where: the indices of items are left out of paths. */
function comparable({ format, problems, findings }: DocumentAnalysis, exact: boolean): unknown {
  return {
    format,
    problems: problems.map(({ kind }) => kind),
    findings: findings
      .map(({ rule, certainty, severity, when, resource, subjects, path, fixes }) =>
        JSON.stringify({
          rule,
          certainty,
          severity,
          when: when.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
          resource,
          subjects: subjects.toSorted(),
          ...(exact
            ? { path: path.replaceAll(/\[\d+\]/g, ''), fixes: fixes.map(({ title, safe }) => ({ title, safe })) }
            : {}),
        }),
      )
      .sort(),
  };
}

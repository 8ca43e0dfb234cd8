/**
 * Suppressions in metadata: `Metadata: {Stackwarden: {Suppress: [{Rule: …, Reason: …}]}}` of a resource or a template,
 * and `"//": {"stackwarden": {"suppress": [{"rule": …, "reason": …}]}}` in the body of a block in Terraform's JSON
 * syntax. Names are not case-sensitive.
 */
import { flatMap } from '../base/flat-map.ts';
import { closest, distance } from 'fastest-levenshtein';
import { inert } from '../base/inert.ts';
import type { Range } from '../base/span.ts';
import { isTemplate, isTerraform, type Format } from '../model/format.ts';
import type { Suppression, SuppressionScope } from '../model/suppression.ts';
import { childrenOf, pairOf, resolved, type Node, type Pair, type Tree } from '../syntax/tree.ts';
import { isDay } from '../base/today.ts';
import { limitedTo, rangeIn, spanIn } from './places.ts';
import { withoutNode } from './removal.ts';
import { resourcesIn } from './resources.ts';

/** The metadata of a resource, a block or a document. */
export interface Metadata {
  readonly node: Node;
  readonly scope: SuppressionScope;
  readonly isResource: boolean;
}

/** The suppressions in the metadata of a document. */
export function metadataSuppressions(tree: Tree, format: Format): readonly Suppression[] {
  const names = isTemplate(format) ? TEMPLATE : TERRAFORM;
  return flatMap(metadataIn(tree, format), (metadata) => suppressionsOf(tree, metadata, names));
}

/** The names of members in the messages about a document. */
interface Names {
  readonly suppress: string;
  readonly rule: string;
  readonly rules: string;
  readonly reason: string;
  readonly until: string;
  readonly value: string;
}

const TERRAFORM: Names = {
  suppress: 'suppress',
  rule: 'rule',
  rules: 'rules',
  reason: 'reason',
  until: 'until',
  value: 'value',
};
const TEMPLATE: Names = {
  suppress: 'Suppress',
  rule: 'Rule',
  rules: 'Rules',
  reason: 'Reason',
  until: 'Until',
  value: 'Value',
};

/** The metadata of a document, with what each is about. */
export function metadataIn(tree: Tree, format: Format): readonly Metadata[] {
  if (isTemplate(format)) return templateMetadata(tree, format);
  return isTerraform(format) && tree.language === 'json'
    ? flatMap(tree.roots, (root) => blockMetadata(tree, root))
    : [];
}

function templateMetadata(tree: Tree, format: Format): readonly Metadata[] {
  const ofTemplate = flatMap(tree.roots, (root) => {
    const node = pairOf(root, 'Metadata')?.value;
    return node ? [{ node, scope: { kind: 'file', doc: tree.doc } as const, isResource: false }] : [];
  });
  const ofResources = flatMap(resourcesIn(tree, format), ({ pair }) => {
    const node = pairOf(pair.value, 'Metadata')?.value;
    return node ? [{ node, scope: rangeIn(tree, pair), isResource: true }] : [];
  });
  return [...ofTemplate, ...ofResources];
}

/** The members `"//"` of maps, with the pair or item that each map is the value of. */
function blockMetadata(tree: Tree, root: Node): readonly Metadata[] {
  const found: Metadata[] = [];
  const visit = (node: Node, around: Range | undefined): void => {
    const own = node.kind === 'map' ? node.pairs.find((pair) => pair.name === '//') : undefined;
    if (own?.value.kind === 'map') {
      const scope: SuppressionScope = around ? rangeIn(tree, around) : { kind: 'file', doc: tree.doc };
      found.push({ node: own.value, scope, isResource: around !== undefined });
    }
    if (node.kind === 'map') node.pairs.forEach((pair) => visit(pair.value, pair));
    // A body that is alone in a list is all of its block, whose name is in front of the list.
    else childrenOf(node).forEach((child, _, all) => visit(child, all.length === 1 || !around ? around : child));
  };
  visit(root, undefined);
  return found;
}

function suppressionsOf(tree: Tree, { node, scope }: Metadata, names: Names): readonly Suppression[] {
  const own = memberOf(node, 'stackwarden');
  const map = resolved(own?.value);
  if (!own || !map) return [];
  const failed = (at: Range, message: string): Suppression => ({
    tool: 'stackwarden',
    kind: 'metadata',
    at: spanIn(tree, at),
    rules: [],
    scope,
    error: { at: spanIn(tree, at), message },
    removal: () => withoutNode(tree, own.value),
  });
  if (map.kind !== 'map') return [failed(own.key, `Expected a mapping with ${names.suppress}.`)];
  const unknown = map.pairs.filter(({ name }) => name.toLowerCase() !== 'suppress');
  const stated = memberOf(map, 'suppress');
  const list = resolved(stated?.value);
  const entries: readonly Entry[] =
    list?.kind === 'list' ? list.items.map((item) => ({ node: item.value, item })) : list ? [{ node: list }] : [];
  return [
    ...unknown.map(({ key, name }) => failed(key, unknownName(name, [names.suppress]))),
    ...entries.map((entry) => entrySuppression(tree, entry, scope, names)),
  ];
}

/** A suppression in a list, or the only one without a list. */
interface Entry {
  readonly node: Node;
  readonly item?: Range;
}

function entrySuppression(
  tree: Tree,
  { node: entry, item }: Entry,
  whole: SuppressionScope,
  names: Names,
): Suppression {
  const own = {
    tool: 'stackwarden',
    kind: 'metadata',
    at: spanIn(tree, entry.end > entry.start ? entry : (item ?? entry)),
  } as const;
  const map = resolved(entry);
  const removal = (): ReturnType<typeof withoutNode> => withoutNode(tree, entry);
  if (map?.kind !== 'map') {
    const message = `Expected a mapping with ${names.rule} and ${names.reason}.`;
    return { ...own, rules: [], scope: whole, error: { at: own.at, message }, removal };
  }
  let error: Suppression['error'];
  const fail = (at: Range, message: string): undefined => {
    error ??= { at: spanIn(tree, at), message };
  };
  const known: ReadonlySet<string> = new Set(Object.keys(TERRAFORM).filter((name) => name !== 'suppress'));
  for (const { key, name } of map.pairs)
    if (!known.has(name.toLowerCase()))
      fail(key, unknownName(name, [names.rule, names.rules, names.reason, names.until, names.value]));
  const text = (name: 'reason' | 'until' | 'value', what: string): string | undefined => {
    const pair = memberOf(map, name);
    if (!pair) return undefined;
    return textIn(pair.value) ?? fail(placeOf(pair), `Expected ${names[name]} to be ${what}.`);
  };
  const rules = flatMap([memberOf(map, 'rule'), memberOf(map, 'rules')], (pair) => {
    const value = resolved(pair?.value);
    if (!pair || !value) return [];
    return flatMap(value.kind === 'list' ? value.items.map((item) => item.value) : [pair.value], (node) => {
      const name = textIn(node);
      if (name !== undefined) return [{ name: inert(name), at: spanIn(tree, unquotedRange(node)), node }];
      fail(node.end > node.start ? node : pair.key, `Expected ${pair.name} to name rules.`);
      return [];
    });
  });
  const reason = inert(text('reason', 'a string') ?? '').trim();
  const until = text('until', 'a date, such as 2027-01-31');
  const value = text('value', 'a string');
  if (until !== undefined && !isDay(until))
    fail(memberOf(map, 'until')!.value, `Expected ${names.until} to be a date, such as 2027-01-31.`);
  if (rules.length === 0) fail(entry, `${names.rule} is missing.`);
  return {
    ...own,
    rules: rules.map(({ name, at }) => ({ name, at })),
    scope: value === undefined ? whole : limitedTo(value, whole, tree),
    ...(reason ? { reason } : {}),
    ...(until !== undefined && isDay(until) ? { until } : {}),
    ...(error ? { error } : {}),
    removal: (rule) => {
      const named = rules.length > 1 ? rules.find(({ at }) => at.start === rule?.at.start) : undefined;
      return withoutNode(tree, named?.node ?? entry);
    },
  };
}

/** The member of a map with a name in lower case. */
export function memberOf(node: Node, name: string): Pair | undefined {
  const map = resolved(node);
  return map?.kind === 'map' ? map.pairs.findLast((pair) => pair.name.toLowerCase() === name) : undefined;
}

/** The text of a scalar that is not an intrinsic function. */
export function textIn(node: Node): string | undefined {
  const scalar = resolved(node);
  return scalar?.kind === 'scalar' && scalar.value !== '' && (!scalar.tag || scalar.tag.name.startsWith('!!'))
    ? scalar.value
    : undefined;
}

/** A scalar without its quotes. */
export function unquotedRange(node: Node): Range {
  return node.kind === 'scalar' && (node.style === 'single' || node.style === 'double') ? node.content : node;
}

/** A value, or its key if there is none. */
function placeOf({ key, value }: Pair): Range {
  return value.end > value.start ? value : key;
}

function unknownName(name: string, known: readonly string[]): string {
  const best = closest(
    name.toLowerCase(),
    known.map((one) => one.toLowerCase()),
  );
  const intended = known.find((one) => one.toLowerCase() === best)!;
  const hint = distance(name.toLowerCase(), best) <= 2 ? ` Did you mean "${intended}"?` : '';
  return `Unknown key "${inert(name)}".${hint}`;
}

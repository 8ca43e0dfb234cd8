import { MAYBE, TRUE } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { absentFrom, unknown } from '../../model/navigate.ts';
import type { Element, Member, Value } from '../../model/value.ts';
import { resolved, type MapNode, type Node, type ScalarNode, type Tree } from '../../syntax/tree.ts';
import { locatedAt, originOf, spanOf } from '../located.ts';
import { lazyElement, lazyMember, MAX_DEPTH, plainValue } from '../plain.ts';
import { labelsOf, objectsOf } from './bodies.ts';

/** Evaluates the text of a string in a place where Terraform reads templates. */
export type EvaluateTemplate = (tree: Tree, node: ScalarNode, key: Span | undefined) => Value;

/** Arguments of every block that are no attributes of the resource. */
const META: ReadonlySet<string> = new Set(['//', 'count', 'for_each', 'depends_on', 'lifecycle', 'provider', 'provisioner', 'connection', 'dynamic']);

/**
 * The attributes and nested blocks of a body as a value. A name that occurs several times is several blocks, in order; a
 * dynamic block may be there any number of times.
 */
export function bodyValue(tree: Tree, body: MapNode, nameAt: Span, evaluate: EvaluateTemplate): Value {
  const byName = new Map<string, { node: Node; keyAt: Span }[]>();
  for (const pair of body.pairs) {
    if (META.has(pair.name)) continue;
    const entry = { node: pair.value, keyAt: spanOf(tree, pair.key) };
    const before = byName.get(pair.name);
    if (before) before.push(entry);
    else byName.set(pair.name, [entry]);
  }
  const dynamic = new Map<string, readonly Element[]>();
  for (const pair of body.pairs.filter((p) => p.name === 'dynamic').flatMap((p) => labelsOf(p.value))) {
    const keyAt = spanOf(tree, pair.key);
    dynamic.set(pair.name, [...dynamic.get(pair.name) ?? [], ...objectsOf(pair.value).flatMap((block) => {
      const content = block.pairs.find((p) => p.name === 'content')?.value;
      return objectsOf(content).map((node) => ({ when: MAYBE, value: bodyValue(tree, node, keyAt, evaluate) }));
    })]);
  }
  const entries: Member[] = [];
  for (const [name, found] of byName) {
    const [first] = found;
    const made = dynamic.get(name);
    if (found.length === 1 && !made) entries.push(lazyMember(name, first!.keyAt, () => attributeValue(tree, first!.node, first!.keyAt, evaluate)));
    else entries.push(lazyMember(name, first!.keyAt, () => blocks(found.flatMap(({ node, keyAt }) => blockElements(tree, node, keyAt, evaluate)), made ?? [], first!.keyAt)));
  }
  for (const [name, made] of dynamic) if (!byName.has(name)) {
    const keyAt = made[0]?.value.origin.key ?? nameAt;
    entries.push(lazyMember(name, keyAt, () => blocks([], made, keyAt)));
  }
  return locatedAt({ state: 'object', origin: originOf(tree, body, nameAt), entries, open: false }, tree, body);
}

function blocks(written: readonly Element[], made: readonly Element[], keyAt: Span): Value {
  return { state: 'list', origin: { use: keyAt, key: keyAt, steps: [], edit: 'none' }, items: [...written, ...made], open: made.length > 0 };
}

function blockElements(tree: Tree, node: Node, keyAt: Span, evaluate: EvaluateTemplate): readonly Element[] {
  const target = resolved(node);
  if (target?.kind !== 'list') return [{ when: TRUE, value: attributeValue(tree, node, keyAt, evaluate) }];
  return target.items.map((item) => lazyElement(() => attributeValue(tree, item.value, keyAt, evaluate)));
}

/** The value of an attribute or nested block. Strings are templates; names of objects are taken as written. */
export function attributeValue(tree: Tree, node: Node, key: Span | undefined, evaluate: EvaluateTemplate, depth = 0): Value {
  const origin = originOf(tree, node, key);
  if (depth > MAX_DEPTH) return locatedAt(unknown(origin, 'budget'), tree, node);
  switch (node.kind) {
    case 'scalar': return node.style === 'double' ? evaluate(tree, node, key) : plainValue(tree, node, key);
    case 'map': return locatedAt({
      state: 'object', origin, open: false,
      entries: node.pairs.map((pair) => {
        const keyAt = spanOf(tree, pair.key);
        return lazyMember(pair.name, keyAt, () => attributeValue(tree, pair.value, keyAt, evaluate, depth + 1));
      }),
    }, tree, node);
    case 'list': return locatedAt({
      state: 'list', origin, open: false,
      items: node.items.map((item) => lazyElement(() => attributeValue(tree, item.value, undefined, evaluate, depth + 1))),
    }, tree, node);
    case 'alias': return absentFrom({ state: 'object', origin, entries: [], open: false }, true);
  }
}

/**
 * The Globals section, which sets properties for all resources of a type: maps are merged, lists are concatenated, and
 * any other value in a resource replaces the global one. A function call counts as one value.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 *
 * The transform rejects a template with an unsupported property in Globals, so no list of supported properties is
 * needed.
 */
import type { Span } from '../../base/span.ts';
import type { EditPlace, Member, Obj, Origin, Value } from '../../model/value.ts';
import { pairOf, resolved, valueOf, type MapNode, type Node, type Pair } from '../../syntax/tree.ts';
import { callOf, mergedPair, pairsWithMerges, plainText, type MergedPair } from '../cloudformation/call.ts';
import type { Template } from '../cloudformation/evaluate.ts';
import { isMadeByMacro, propertiesOf } from '../cloudformation/written-resource.ts';
import { locatedAt, originOf, spanOf } from '../located.ts';
import { lazyElement, lazyMember } from '../plain.ts';

const PREFIX = 'AWS::Serverless::';

/** The Globals for resources of a type; undefined if there are none. */
export function globalsFor(root: Node | undefined, type: string): MapNode | undefined {
  if (!type.startsWith(PREFIX)) return undefined;
  const section = valueOf(valueOf(root, 'Globals'), type.slice(PREFIX.length));
  return section?.kind === 'map' ? section : undefined;
}

/** The entry of Globals for resources of a type, if there is one. */
export function globalsPair(root: Node | undefined, type: string): readonly Pair[] {
  const pair = type.startsWith(PREFIX) ? pairOf(valueOf(root, 'Globals'), type.slice(PREFIX.length)) : undefined;
  return pair ? [pair] : [];
}

/** The global properties that a resource ignores, by its attribute IgnoreGlobals. */
function ignoredGlobals(body: Node): (name: string) => boolean {
  const ignored = resolved(mergedPair(body, 'IgnoreGlobals')?.pair.value);
  if (!ignored) return () => false;
  if (plainText(ignored) === '*') return () => true;
  const names = ignored.kind === 'list' ? ignored.items.map((item) => plainText(item.value)) : [];
  return (name) => names.includes(name);
}

/** The global properties of a type, for a resource that is not written. `nameAt` is the place of its name. */
export function globalProperties(template: Template, type: string, nameAt: Span): Value {
  const section = globalsFor(template.root, type);
  const origin: Origin = { use: nameAt, key: nameAt, steps: [], edit: 'none' };
  return section
    ? template.evaluate(section, undefined, 'shared')
    : { state: 'object', origin, entries: [], open: false };
}

/** The properties of a resource merged with the global ones. `nameAt` is the place of its name. */
export function propertiesWithGlobals(
  template: Template,
  body: Node,
  type: string,
  nameAt: Span,
  edit: EditPlace,
): Value {
  const own = mergedPair(body, 'Properties');
  const globals = globalsFor(template.root, type);
  const place = own?.merged ? 'shared' : edit;
  const key = own && spanOf(template.tree, own.pair.key);
  if (globals) {
    const ignored = ignoredGlobals(body);
    const node = resolved(own?.pair.value);
    const isIgnored = ({ pair }: MergedPair): boolean => ignored(pair.name);
    if (!own || (node?.kind === 'scalar' && node.empty)) {
      const all = mergedObject(
        template,
        globals,
        undefined,
        { use: nameAt, key: key ?? nameAt, steps: [], edit: place },
        place,
        isIgnored,
      );
      return isMadeByMacro(body) ? { ...all, open: true } : all;
    }
    if (node?.kind === 'map' && !callOf(node)) {
      return locatedAt(
        mergedObject(template, globals, node, originOf(template.tree, own.pair.value, key, place), place, isIgnored),
        template.tree,
        node,
      );
    }
  }
  return propertiesOf(template, body, nameAt, edit);
}

/** The node of a property, in the resource or in Globals. */
export function propertyNode(
  root: Node | undefined,
  body: Node,
  type: string,
  path: readonly string[],
): Node | undefined {
  const below = (node: Node | undefined): Node | undefined =>
    path.reduce<Node | undefined>((at, step) => at && resolved(mergedPair(at, step)?.pair.value), node);
  return (
    below(resolved(mergedPair(body, 'Properties')?.pair.value)) ??
    (ignoredGlobals(body)(path[0]!) ? undefined : below(globalsFor(root, type)))
  );
}

function merged(template: Template, global: Node, own: Node, key: Span, edit: EditPlace): Value {
  const [first, second] = [resolved(global), resolved(own)];
  if (first && second && !callOf(first) && !callOf(second)) {
    const place = own.kind === 'alias' ? 'shared' : edit;
    const origin = originOf(template.tree, own, key, place);
    if (first.kind === 'map' && second.kind === 'map')
      return locatedAt(mergedObject(template, first, second, origin, place), template.tree, own);
    if (first.kind === 'list' && second.kind === 'list') {
      return locatedAt(
        {
          state: 'list',
          origin,
          open: [...first.items, ...second.items].some((item) => callOf(item.value)?.name === 'Fn::Transform'),
          items: [
            ...first.items.map((item) => lazyElement(() => template.evaluate(item.value, undefined, 'shared'))),
            ...second.items.map((item) => lazyElement(() => template.evaluate(item.value, undefined, place))),
          ],
        } satisfies Value,
        template.tree,
        own,
      );
    }
  }
  return template.evaluate(own, key, edit);
}

function mergedObject(
  template: Template,
  global: MapNode,
  own: MapNode | undefined,
  origin: Obj['origin'],
  edit: EditPlace,
  isIgnored: (pair: MergedPair) => boolean = () => false,
): Obj {
  const below = own ? pairsWithMerges(own) : { pairs: [], complete: true };
  const above = pairsWithMerges(global);
  const names = new Map(below.pairs.map((one) => [one.pair.name, one]));
  const shared = new Map(above.pairs.filter((one) => !isIgnored(one)).map((one) => [one.pair.name, one]));
  let open = !below.complete || !above.complete;
  const entries: Member[] = [];
  const add = ({ pair }: MergedPair, value: (key: Span) => Value): void => {
    if (pair.name === 'Fn::Transform' || pair.name.startsWith('Fn::ForEach::')) open = true;
    else {
      const keyAt = spanOf(template.tree, pair.key);
      entries.push(lazyMember(pair.name, keyAt, () => value(keyAt)));
    }
  };
  for (const one of shared.values())
    if (!names.has(one.pair.name)) add(one, (key) => template.evaluate(one.pair.value, key, 'shared'));
  for (const one of names.values()) {
    const place = one.merged ? 'shared' : edit;
    const over = shared.get(one.pair.name);
    add(one, (key) =>
      over
        ? merged(template, over.pair.value, one.pair.value, key, place)
        : template.evaluate(one.pair.value, key, place),
    );
  }
  return { state: 'object', origin, entries, open };
}

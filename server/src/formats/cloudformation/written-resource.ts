import { bothTruths, TRUE, type Truth } from '../../base/guard.ts';
import { absentFrom, mapLeaves } from '../../model/navigate.ts';
import type { ResourcePart } from '../../model/resource.ts';
import type { EditPlace, Obj, Value } from '../../model/value.ts';
import { resolved, type MapNode, type Node, type Pair } from '../../syntax/tree.ts';
import { keySpan, spanOf } from '../located.ts';
import { mergedPair } from './call.ts';
import { isInternalToCdk } from './cdk-internal.ts';
import { constructOf, constructPath } from './cdk.ts';
import type { Template } from './evaluate.ts';
import type { ExpandedPair } from './loop.ts';
import type { ResourceParts } from './resource.ts';
import type { Dependencies } from './transformation.ts';

/** A resource as written in a template. */
export interface WrittenResource {
  readonly pair: Pair;
  /** The logical ID, and the template that evaluates the resource: for a resource in a loop, those of the iteration. */
  readonly name: string;
  readonly template: Template;
  readonly body: MapNode;
  readonly type: string;
  readonly when: Truth;
  readonly part: ResourcePart;
  /** Whether the AWS CDK added it. */
  readonly internal: boolean;
  /** The place for edits of its properties, if they are literal. */
  readonly edit: EditPlace;
}

/** The specifics of a resource that a transform generates. */
export type GeneratedResource = Pick<
  ResourceParts,
  'address' | 'family' | 'type' | 'when' | 'pair' | 'parts' | 'properties'
> &
  Required<Pick<ResourceParts, 'words'>> & {
    /**
     * What it depends on; absent if it depends on what all those generated from the resource at its address depend on.
     */
    readonly dependencies?: Dependencies;
  };

/** Whether a resource names a condition, which must be evaluated to read it. */
export function hasCondition({ pair }: ExpandedPair): boolean {
  return mergedPair(resolved(pair.value), 'Condition') !== undefined;
}

/**
 * A resource as written; undefined if the node is not a resource. `cdk` states whether the AWS CDK generated the
 * template.
 */
export function readResource(
  { pair, name, template, when, merged }: ExpandedPair,
  within: Truth,
  cdk: boolean,
): WrittenResource | undefined {
  const body = resolved(pair.value);
  const valueIn = (name: string): Node | undefined => resolved(mergedPair(body, name)?.pair.value);
  const type = valueIn('Type');
  if (body?.kind !== 'map' || type?.kind !== 'scalar') return undefined;
  const { tree } = template;
  const condition = template.text(valueIn('Condition'));
  const exists = [condition === undefined ? TRUE : template.conditions.named(condition), when, within].reduce(
    bothTruths,
  );
  const path = cdk ? constructPath(body) : undefined;
  return {
    pair,
    name,
    template,
    body,
    type: template.text(type) ?? type.value,
    when: exists,
    internal: cdk && isInternalToCdk(name, path),
    part: {
      address: name,
      ...(path === undefined ? {} : { construct: constructOf(path) }),
      nativeType: type.value,
      doc: tree.doc,
      range: spanOf(tree, pair),
      nameAt: keySpan(tree, pair),
      when: exists,
    },
    edit: merged || pair.value.kind === 'alias' ? 'shared' : 'here',
  };
}

/** A resource that no transform changes, except for properties that it can add. */
export function unchangedResource(
  { pair, name, template, body, type, when, part, edit }: WrittenResource,
  touched: readonly string[],
): Omit<GeneratedResource, 'words'> {
  const properties = propertiesOf(template, body, part.nameAt, edit);
  return {
    address: name,
    family: name,
    type,
    when,
    pair,
    parts: [part],
    properties: touched.length > 0 ? opened(properties, touched) : properties,
  };
}

/** The properties as written in a resource. */
export function propertiesOf(template: Template, body: Node, nameAt: Obj['origin']['use'], edit: EditPlace): Value {
  const properties = mergedPair(body, 'Properties');
  if (properties)
    return template.evaluate(
      properties.pair.value,
      keySpan(template.tree, properties.pair),
      properties.merged ? 'shared' : edit,
    );
  const open = isMadeByMacro(body);
  return absentFrom(
    { state: 'object', open, entries: [], origin: { use: nameAt, key: nameAt, steps: [], edit } },
    open,
  );
}

/** Whether a macro processes a resource, so that it can add properties. */
export function isMadeByMacro(body: Node): boolean {
  return mergedPair(body, 'Fn::Transform') !== undefined;
}

/** Properties, some of which can exist without being written. */
function opened(properties: Value, names: readonly string[]): Value {
  return mapLeaves(properties, (leaf) => {
    if (leaf.state !== 'object' && leaf.state !== 'absent') return leaf;
    const written = leaf.state === 'object' ? leaf.entries : [];
    const more = names
      .filter((name) => !written.some(({ key }) => key === name))
      .map((name) => ({ key: name, keyAt: leaf.origin.use, when: TRUE, value: absentFrom(leaf, true) }));
    const wider = written.map((entry) =>
      names.includes(entry.key)
        ? {
            ...entry,
            get value() {
              return mapLeaves(entry.value, (held) => (held.state === 'object' ? { ...held, open: true } : held));
            },
          }
        : entry,
    );
    return leaf.state === 'object'
      ? { ...leaf, entries: [...wider, ...more] }
      : { state: 'object', origin: leaf.origin, entries: more, open: leaf.open };
  });
}

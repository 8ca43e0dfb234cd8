/** The implicit APIs, which the transform creates for events that name no API. */
import { flatMap } from '../../base/flat-map.ts';
import { eitherTruth, FALSE, TRUE, type Truth } from '../../base/guard.ts';
import { mapLeaves } from '../../model/navigate.ts';
import type { ResourcePart } from '../../model/resource.ts';
import type { Origin, Value } from '../../model/value.ts';
import { pairOf, valueOf, type Node } from '../../syntax/tree.ts';
import type { Template } from '../cloudformation/evaluate.ts';
import { spanOf } from '../located.ts';
import type { WrittenEvent } from './events.ts';
import { globalProperties } from './globals.ts';
import type { SamResource } from './ids.ts';
import type { SamMapping, SamType } from './mapping.ts';

export interface ImplicitApi {
  readonly type: string;
  readonly id: string;
  readonly made: SamType;
  readonly users: readonly [ApiUser, ...ApiUser[]];
}

interface ApiUser {
  readonly resource: SamResource;
  readonly event: WrittenEvent;
}

/**
 * The implicit APIs of a template: one of each type whose event occurs without an API, unless the template has a
 * resource with its logical ID. `known` are the SAM resources of the template.
 */
export function implicitApis(
  root: Node | undefined,
  mapping: SamMapping,
  known: readonly SamResource[],
): readonly ImplicitApi[] {
  return flatMap(Object.entries(mapping.types), ([type, made]): readonly ImplicitApi[] => {
    const { implicit } = made;
    if (!implicit || pairOf(valueOf(root, 'Resources'), implicit.id)) return [];
    const [first, ...others] = flatMap(known, (resource) =>
      resource.events
        .filter((event) => event.type === implicit.event && !valueOf(event.properties, implicit.names))
        .map((event) => ({ resource, event })),
    );
    return first ? [{ type, id: implicit.id, made, users: [first, ...others] }] : [];
  });
}

/** An implicit API as if it were written: at its first event, with the properties of Globals and its stage. */
export function implicitly(
  template: Template,
  { type, id, made, users }: ImplicitApi,
  conditionOf: (resource: SamResource) => Truth,
): { readonly native: Value; readonly when: Truth; readonly part: ResourcePart } {
  const { pair } = users[0].event;
  const { tree } = template;
  const nameAt = spanOf(tree, pair.key);
  const origin: Origin = { use: nameAt, key: nameAt, steps: [], edit: 'none' };
  const stage = made.implicit!.stage;
  const native = mapLeaves(globalProperties(template, type, nameAt), (leaf) =>
    leaf.state !== 'object'
      ? leaf
      : {
          ...leaf,
          origin,
          entries: [
            ...leaf.entries,
            {
              key: 'StageName',
              keyAt: nameAt,
              when: TRUE,
              value: { state: 'known', origin, raw: stage, quoted: true, value: stage },
            },
          ],
        },
  );
  const when = users.map(({ resource }) => conditionOf(resource)).reduce(eitherTruth, FALSE);
  return {
    native,
    when,
    part: { address: id, nativeType: type, doc: tree.doc, range: spanOf(tree, pair), nameAt, when },
  };
}

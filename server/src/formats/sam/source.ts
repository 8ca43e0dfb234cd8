/** The sources of generated resources: SAM resources, their events, and map entries in them. */
import { flatMap } from '../../base/flat-map.ts';
import { bothTruths, Guard, TRUE, type Truth } from '../../base/guard.ts';
import { leaves, mapLeaves, member, unknown } from '../../model/navigate.ts';
import type { ResourcePart } from '../../model/resource.ts';
import type { Member, Value } from '../../model/value.ts';
import { pairOf, resolved, valueOf, type Pair } from '../../syntax/tree.ts';
import { mergedPair, plainText } from '../cloudformation/call.ts';
import type { Template } from '../cloudformation/evaluate.ts';
import type { GeneratedResource, WrittenResource } from '../cloudformation/written-resource.ts';
import { spanOf } from '../located.ts';
import { refusal } from '../lowering.ts';
import { lazyMember } from '../plain.ts';
import { canonicalProperties, isMade, type EventGrant, type Making } from './canonical.ts';
import { isCovered } from './covered-route.ts';
import { globalProperties, propertiesWithGlobals } from './globals.ts';
import type { WrittenEvent } from './events.ts';
import { eventMapping, idsOf, inId, isAliased, namedBy, type SamResource } from './ids.ts';
import type { Creation, EventMapping, SamPath, SamPolicies } from './mapping.ts';
import { samValueAt } from './native.ts';
import { nativePathOf, nativeWrites } from './native-path.ts';

export interface SourceParts {
  readonly written: Pick<WrittenResource, 'part' | 'when' | 'edit'>;
  readonly parts: readonly [ResourcePart, ...ResourcePart[]];
  readonly policies: SamPolicies;
  /** The properties that other resources add to. */
  readonly passed?: readonly string[];
}

/** A SAM resource with its events, as a source of generated resources. */
export function sourceOf(
  template: Template,
  resource: SamResource,
  { written, parts, policies, passed = [] }: SourceParts,
): CreationSource & { readonly events: readonly EventSource[] } {
  const { id, pair, body, type, mapping, events } = resource;
  const native = withPassed(propertiesWithGlobals(template, body, type, written.part.nameAt, written.edit), passed);
  const common = {
    address: id,
    pair,
    when: written.when,
    making: {
      policies,
      aliased: isAliased(template.root, resource),
      grants: [] as readonly EventGrant[],
      address: (id: string) => template.qualified(id),
      parameter: (name: string) =>
        template.parameterValue(name, pair.key, undefined) ??
        unknown({ use: written.part.nameAt, steps: [], edit: 'none' }, 'parameter'),
    },
  };
  const ofEvents = events.map((event): EventSource & { readonly grant: EventGrant | undefined } => {
    const { makes: all = [], grants, api } = eventMapping(mapping, event) ?? {};
    const isPermitted = api?.once && isCovered(events, event, api.names);
    const makes = isPermitted ? all.filter(({ type }) => type !== PERMISSION) : all;
    const nameAt = spanOf(template.tree, event.pair.key);
    const making: Making = {
      ...common.making,
      nameAt,
      native: withApi(eventProperties(native, event.pair.name), template, event, api),
      id: idsOf(template.root, resource, event),
    };
    return {
      makes,
      grant: grants && { policies: [], ...grants, making },
      source: {
        ...common,
        making,
        parts: [{ ...parts[0], nameAt }, ...parts.slice(1)],
        prefix: `Events.${event.pair.name}.Properties.`,
      },
    };
  });
  return {
    ...common,
    parts,
    prefix: '',
    events: ofEvents,
    making: {
      ...common.making,
      grants: flatMap(ofEvents, ({ grant }) => grant ?? []),
      native,
      nameAt: written.part.nameAt,
      id: idsOf(template.root, resource),
    },
  };
}

/** Properties that are partly unknown, because other resources add to them. */
function withPassed(native: Value, passed: readonly string[]): Value {
  return passed.length === 0
    ? native
    : mapLeaves(native, (leaf) =>
        leaf.state !== 'object'
          ? leaf
          : {
              ...leaf,
              entries: [
                ...leaf.entries,
                ...passed.map((key): Member => ({
                  key,
                  keyAt: leaf.origin.use,
                  when: TRUE,
                  value: unknown({ ...member(leaf, key).origin, edit: 'none' }, 'transform'),
                })),
              ],
            },
      );
}

const PERMISSION = 'AWS::Lambda::Permission';

function eventProperties(native: Value, name: string): Value {
  return member(member(samValueAt(native, 'Events'), name), 'Properties');
}

/**
 * The properties of an event, with those of its API as `^api`: of the one that it refers to in the template, or of the
 * implicit one, whose properties are in Globals.
 */
function withApi(properties: Value, template: Template, event: WrittenEvent, api: EventMapping['api']): Value {
  const read = api && apiProperties(template, event, api);
  if (!read) return properties;
  return mapLeaves(properties, (leaf) => {
    if (leaf.state !== 'object' && (leaf.state !== 'absent' || leaf.open)) return leaf;
    const entries = leaf.state === 'object' ? leaf.entries : [];
    const { origin } = leaf;
    return {
      ...(leaf.state === 'object' ? leaf : { state: 'object', origin, open: false }),
      entries: [...entries, lazyMember('^api', origin.use, read)],
    };
  });
}

function apiProperties(
  template: Template,
  event: WrittenEvent,
  { names, type, implicit }: NonNullable<EventMapping['api']>,
): (() => Value) | undefined {
  const reference = mergedPair(event.properties, names)?.pair;
  const id = reference ? namedBy(resolved(reference.value)) : implicit;
  const pair = id === undefined ? undefined : pairOf(valueOf(template.root, 'Resources'), id);
  const body = resolved(pair?.value);
  if (pair && body && plainText(mergedPair(body, 'Type')?.pair.value) === type)
    return () => propertiesWithGlobals(template, body, type, spanOf(template.tree, pair.key), 'none');
  if (reference || pair || implicit === undefined) return undefined;
  return () => globalProperties(template, type, spanOf(template.tree, event.pair.key));
}

/** A source of generated resources: a SAM resource, one of its events, or a map entry in one of them. */
export interface CreationSource {
  readonly address: string;
  readonly pair: Pair;
  readonly parts: readonly [ResourcePart, ...ResourcePart[]];
  readonly when: Truth;
  readonly making: Making;
  /** The path of the source within the properties of the resource, with a trailing dot. */
  readonly prefix: string;
}

export interface EventSource {
  readonly makes: readonly Creation[];
  readonly source: CreationSource;
}

/**
 * The resources of one creation: one, or one for each entry of the map that the creation names. Those that never exist
 * are left out.
 */
export function made(creation: Creation, source: CreationSource): readonly GeneratedResource[] {
  return creation.each === undefined
    ? madeOne(creation, source)
    : flatMap(entriesIn(source, creation.each), (entry) => madeOne(creation, entry));
}

function madeOne(creation: Creation, source: CreationSource): readonly GeneratedResource[] {
  const { making, prefix } = source;
  const when = bothTruths(source.when, isMade(creation, making.native));
  if (when.no.isAlways()) return [];
  return [
    {
      address: source.address,
      family: making.id(creation.id),
      type: creation.type,
      when,
      pair: source.pair,
      parts: source.parts,
      properties: canonicalProperties(creation, making),
      words: {
        path: (path) => `${prefix}${nativePathOf(creation, path)}`,
        writtenAs: (path, value) =>
          nativeWrites(creation, path, value)?.map((one) => ({ ...one, path: `${prefix}${one.path}` })) ??
          refusal(`SAM has no property for ${path} of ${creation.type}`),
      },
    },
  ];
}

/** The entries of a map as sources. */
function entriesIn(source: CreationSource, path: SamPath): readonly CreationSource[] {
  const { making, parts, prefix } = source;
  const all = leaves(samValueAt(making.native, path));
  const elsewhere = (guard: Guard): Guard =>
    all.reduce((sum, other) => (other.guard === guard ? sum : sum.or(other.guard)), Guard.never);
  return flatMap(all, ({ guard, value }) =>
    value.state !== 'object'
      ? []
      : value.entries.map((entry: Member): CreationSource => ({
          ...source,
          when: [entry.when, { yes: guard, no: elsewhere(guard) }].reduce(bothTruths, source.when),
          parts: [{ ...parts[0], nameAt: entry.keyAt }, ...parts.slice(1)],
          prefix: `${prefix}${path}.${entry.key}.`,
          making: {
            ...making,
            native: withKey(entry, making.native),
            nameAt: entry.keyAt,
            id: (pattern) => making.id(pattern.replaceAll('{key}', keyInId(entry.key))),
          },
        })),
  );
}

/** An entry with its key and its container, for bindings. */
function withKey({ key, keyAt, value }: Member, holder: Value): Value {
  return mapLeaves(value, (leaf) =>
    leaf.state !== 'object'
      ? leaf
      : {
          ...leaf,
          entries: [
            ...leaf.entries,
            { key: '^', keyAt, when: TRUE, value: holder },
            {
              key: '^key',
              keyAt,
              when: TRUE,
              value: {
                state: 'known',
                origin: { use: keyAt, steps: [], edit: 'none' },
                raw: key,
                quoted: true,
                value: key,
              },
            },
          ],
        },
  );
}

/** A key as a part of a logical ID: `$connect` is `Connect`. */
function keyInId(key: string): string {
  return inId(key.startsWith('$') ? `${key.charAt(1).toUpperCase()}${key.slice(2)}` : key);
}

/**
 * What the transform AWS::Serverless-2016-10-31 makes of a template, as far as the data in `schemas/sam/` says it. A resource
 * that it makes beside another one has the address of that one, because that is what its author knows, and as its family the
 * logical id that it gets.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
import { bothTruths, eitherTruth, FALSE, TRUE, type Truth } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { mapLeaves, member } from '../../model/navigate.ts';
import type { Part } from '../../model/resource.ts';
import type { Origin, Value } from '../../model/value.ts';
import { pairOf, resolved, valueOf, type MapNode, type Node, type Pair, type Tree } from '../../syntax/tree.ts';
import { argumentText, callOf, mergedPair, plainText } from '../cloudformation/call.ts';
import type { Template } from '../cloudformation/evaluate.ts';
import type { Transformation } from '../cloudformation/transformation.ts';
import type { MadeResource, WrittenResource } from '../cloudformation/written-resource.ts';
import { spanOf } from '../located.ts';
import { refusal } from '../lowering.ts';
import { canonicalProperties, isMade, type Making } from './canonical.ts';
import { eventsOf, type WrittenEvent } from './events.ts';
import { globalsFor, propertiesWithGlobals, propertyNode } from './globals.ts';
import { nativePathOf, writtenAs, type Creation, type EventMapping, type SamMapping, type SamPolicies, type SamType } from './mapping.ts';
import { nativeAt } from './native.ts';

/** A resource of the template that SAM knows. */
interface SamResource {
  readonly id: string;
  readonly pair: Pair;
  readonly body: MapNode;
  readonly type: string;
  readonly mapping: SamType;
  readonly events: readonly WrittenEvent[];
}

export function samTransformation(tree: Tree, mapping: SamMapping, policies: SamPolicies): Transformation {
  const root = resolved(tree.roots[0]);
  const { known, open } = readResources(root, mapping);
  const byPair = new Map(known.map((resource) => [resource.pair, resource]));
  const implicit = implicitApis(root, mapping, known);
  let names: ReadonlyMap<string, string> | undefined;
  const touched = touchedBy(known);
  const globals = pairOf(root, 'Globals');
  return {
    open,
    addressOf: (name) => (names ??= namesOf(root, known, implicit)).get(name),
    touched: (address) => touched.get(address) ?? [],
    madeOf: (template, written) => {
      const resource = byPair.get(written.pair);
      return resource && madeOf(template, written, resource, partsOf(template, written.part, globals), policies);
    },
    madeBeside: (template) => implicit.flatMap((api) => madeImplicitly(template, api, globals, policies)),
  };
}

/** The resources that the mapping knows, and whether the transform makes something of others, or connects some. */
function readResources(root: Node | undefined, mapping: SamMapping): { readonly known: readonly SamResource[]; readonly open: boolean } {
  const section = valueOf(root, 'Resources');
  const known: SamResource[] = [];
  let open = false;
  for (const pair of section?.kind === 'map' ? section.pairs : []) {
    const body = resolved(pair.value);
    if (body?.kind !== 'map') continue;
    // A connector makes policies for what it connects.
    if (mergedPair(body, 'Connectors')) open = true;
    const type = plainText(mergedPair(body, 'Type')?.pair.value);
    if (type === undefined || !type.startsWith('AWS::Serverless::')) continue;
    const own = Object.hasOwn(mapping.types, type) ? mapping.types[type] : undefined;
    const events = own ? eventsOf(body) : [];
    if (own) known.push({ id: pair.name, pair, body, type, mapping: own, events });
    if (!own || events.some((event) => eventMapping(own, event)?.connects?.some((path) => valueOf(event.properties, path)))) open = true;
  }
  return { known, open };
}

function eventMapping({ events = {} }: SamType, { type }: WrittenEvent): EventMapping | undefined {
  return type !== undefined && Object.hasOwn(events, type) ? events[type] : undefined;
}

/**
 * The logical id that a pattern stands for. A property that is not written has another text for its part, if there is one; of
 * one that is not a plain text there is none, as in the transform.
 */
function idOf(pattern: string, id: string, text: (property: string) => string | undefined, event?: string): string {
  return pattern.replaceAll(/\{(\w+)(?:\|(\w+))?\}/g, (_, name: string, otherwise: string | undefined) => {
    if (name === 'id') return id;
    if (name === 'event') return event ?? '';
    const said = text(name) ?? '$default';
    return said === '$default' ? otherwise ?? '' : said.replaceAll(/[^A-Za-z0-9]/g, '');
  });
}

function idsOf(root: Node | undefined, { id, body, type }: SamResource, event?: WrittenEvent): (pattern: string) => string {
  const text = (property: string): string | undefined => {
    const node = propertyNode(root, body, type, [property]);
    return node && (plainText(node) ?? '');
  };
  return (pattern) => idOf(pattern, id, text, event?.pair.name);
}

/** The names of all that is made, and the addresses that they stand for. */
function namesOf(root: Node | undefined, known: readonly SamResource[], implicit: readonly ImplicitApi[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = (id: string, { makes, refs = {} }: SamType, idFor: (pattern: string) => string): void => {
    for (const { id: pattern } of makes) names.set(idFor(pattern), idFor(pattern));
    for (const [name, pattern] of Object.entries(refs)) names.set(`${id}.${name}`, idFor(pattern));
  };
  for (const resource of known) {
    add(resource.id, resource.mapping, idsOf(root, resource));
    for (const event of resource.events) for (const { id } of eventMapping(resource.mapping, event)?.makes ?? []) {
      const name = idsOf(root, resource, event)(id);
      names.set(name, name);
    }
  }
  for (const { id, made } of implicit) add(id, made, (pattern) => idOf(pattern, id, () => made.implicit!.stage));
  return names;
}

/** The properties that events write into resources that they name. */
function touchedBy(known: readonly SamResource[]): ReadonlyMap<string, readonly string[]> {
  const touched = new Map<string, readonly string[]>();
  for (const { mapping, events } of known) for (const event of events) {
    for (const [path, names] of Object.entries(eventMapping(mapping, event)?.touches ?? {})) {
      const named = valueOf(event.properties, path);
      const call = named && callOf(named);
      const address = call?.name === 'Ref' ? argumentText(call) : undefined;
      if (address !== undefined) touched.set(address, [...touched.get(address) ?? [], ...names]);
    }
  }
  return touched;
}

/** The resource as it is written, and Globals, where some of its properties can be. A finding there is in no resource. */
function partsOf(template: Template, own: Part, globals: Pair | undefined): readonly [Part, ...Part[]] {
  if (!globals) return [own];
  return [own, { address: 'Globals', nativeType: 'Globals', doc: own.doc, range: spanOf(template.tree, globals), nameAt: spanOf(template.tree, globals.key), exists: TRUE, isFile: true }];
}

function madeOf(template: Template, written: WrittenResource, resource: SamResource, parts: readonly [Part, ...Part[]], policies: SamPolicies): readonly MadeResource[] {
  const { mapping, id, pair, events } = resource;
  const native = propertiesWithGlobals(template, written.body, resource.type, written.part.nameAt, written.edit);
  const granted = events.some((event) => eventMapping(mapping, event)?.grants);
  const own: Source = { address: id, granted, pair, parts, exists: written.exists, native, nameAt: written.part.nameAt, prefix: '', id: idsOf(template.root, resource) };
  const ofEvents = events.flatMap((event) => {
    const { makes = [] } = eventMapping(mapping, event) ?? {};
    if (makes.length === 0) return [];
    const key = spanOf(template.tree, event.pair.key);
    const source: Source = {
      ...own, parts: [{ ...parts[0], nameAt: key }, ...parts.slice(1)], nameAt: key, prefix: `Events.${event.pair.name}.Properties.`,
      native: eventProperties(native, event.pair.name), id: idsOf(template.root, resource, event),
    };
    return makes.flatMap((creation) => made(creation, source, policies));
  });
  return [...mapping.makes.flatMap((creation) => made(creation, own, policies)), ...ofEvents];
}

function eventProperties(native: Value, name: string): Value {
  return member(member(nativeAt(native, 'Events'), name), 'Properties');
}

/** What resources are made from: a SAM resource, or one of its events. */
interface Source {
  readonly address: string;
  /** Whether events make the transform grant more to its role. */
  readonly granted: boolean;
  readonly pair: Pair;
  readonly parts: readonly [Part, ...Part[]];
  readonly exists: Truth;
  readonly native: Value;
  readonly nameAt: Span;
  /** The path of `native` below the properties of the resource, with a dot behind it. */
  readonly prefix: string;
  id(pattern: string): string;
}

function made(creation: Creation, source: Source, policies: SamPolicies): readonly MadeResource[] {
  const making: Making = { creation, native: source.native, nameAt: source.nameAt, policies, granted: source.granted, id: (pattern) => source.id(pattern) };
  const exists = bothTruths(source.exists, isMade(making));
  if (exists.no.isAlways()) return [];
  return [{
    address: source.address, family: source.id(creation.id), type: creation.type, exists, pair: source.pair, parts: source.parts,
    properties: canonicalProperties(making),
    words: {
      path: (path) => `${source.prefix}${nativePathOf(creation, path)}`,
      writtenAs: (path, value) => writtenAs(creation, path, value)?.map((one) => ({ ...one, path: `${source.prefix}${one.path}` }))
        ?? refusal(`SAM has no property for ${path} of ${creation.type}`),
    },
  }];
}

/** An API that the transform makes because events need one and name none. */
interface ImplicitApi {
  readonly type: string;
  readonly id: string;
  readonly made: SamType;
  readonly users: readonly { readonly resource: SamResource; readonly event: WrittenEvent }[];
}

function implicitApis(root: Node | undefined, mapping: SamMapping, known: readonly SamResource[]): readonly ImplicitApi[] {
  return Object.entries(mapping.types).flatMap(([type, made]): readonly ImplicitApi[] => {
    const { implicit } = made;
    if (!implicit || pairOf(valueOf(root, 'Resources'), implicit.id)) return [];
    const users = known.flatMap((resource) => resource.events
      .filter((event) => event.type === implicit.event && !valueOf(event.properties, implicit.names)).map((event) => ({ resource, event })));
    return users.length > 0 ? [{ type, id: implicit.id, made, users }] : [];
  });
}

/** What an implicit API is besides what Globals says of it is not known. */
function madeImplicitly(template: Template, { type, id, made: samType, users }: ImplicitApi, globals: Pair | undefined, policies: SamPolicies): readonly MadeResource[] {
  const { event: { pair } } = users[0]!;
  const { tree } = template;
  const { stage } = samType.implicit!;
  const nameAt = spanOf(tree, pair.key);
  const section = globalsFor(template.root, type);
  const origin: Origin = { use: nameAt, key: nameAt, steps: [], edit: 'none' };
  const global: Value = section ? template.evaluate(section, undefined, 'shared') : { state: 'object', origin, entries: [], open: true };
  const native = mapLeaves(global, (leaf) => leaf.state !== 'object' ? leaf : {
    ...leaf, open: true, entries: [...leaf.entries, { key: 'StageName', keyAt: nameAt, when: TRUE, value: { state: 'known', origin, raw: stage, quoted: true, value: stage } }],
  });
  const exists = users.map(({ resource }) => conditionOf(template, resource)).reduce(eitherTruth, FALSE);
  const part: Part = { address: id, nativeType: type, doc: tree.doc, range: spanOf(tree, pair), nameAt, exists };
  const source: Source = { address: id, granted: false, pair, parts: partsOf(template, part, globals), exists, native, nameAt, prefix: '', id: (pattern) => idOf(pattern, id, () => stage) };
  return samType.makes.flatMap((creation) => made(creation, source, policies)).filter((one) => one.exists.yes.satisfiable()).map((one) => ({
    ...one, words: { ...one.words, writtenAs: () => refusal(`SAM makes ${id} from events; write it in Globals, or define the API as a resource`) },
  }));
}

function conditionOf(template: Template, { body }: SamResource): Truth {
  const condition = plainText(mergedPair(body, 'Condition')?.pair.value);
  return condition === undefined ? TRUE : template.conditions.named(condition);
}

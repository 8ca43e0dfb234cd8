/**
 * What the transform AWS::Serverless-2016-10-31 makes of a template, as far as the data in `schemas/sam/` says it. A resource
 * that it makes beside another one has the address of that one, because that is what its author knows, and as its family the
 * logical id that it gets.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
import { bothTruths, eitherTruth, Guard, TRUE, type Truth } from '../../base/guard.ts';
import { leaves, mapLeaves, member, unknown } from '../../model/navigate.ts';
import type { Part } from '../../model/resource.ts';
import type { Member, Value } from '../../model/value.ts';
import { pairOf, resolved, valueOf, type MapNode, type Node, type Pair, type Tree } from '../../syntax/tree.ts';
import { argumentText, callOf, mergedPair, plainText } from '../cloudformation/call.ts';
import type { Template } from '../cloudformation/evaluate.ts';
import type { Transformation } from '../cloudformation/transformation.ts';
import type { MadeResource, WrittenResource } from '../cloudformation/written-resource.ts';
import { spanOf } from '../located.ts';
import { refusal } from '../lowering.ts';
import { canonicalProperties, isMade, type Grant, type Making } from './canonical.ts';
import { connectionsIn, madeOfConnection, namesOfConnection, type SamConnectors } from './connectors.ts';
import { isCovered } from './covered-route.ts';
import { eventsOf } from './events.ts';
import { propertiesWithGlobals, propertyNode } from './globals.ts';
import { apiOf, eventMapping, idOf, idsOf, inId, isAliased, type SamResource } from './ids.ts';
import { implicitApis, implicitly, type ImplicitApi } from './implicit.ts';
import { nativePathOf, writtenAs, type Creation, type IdPattern, type NativePath, type Premise, type SamMapping, type SamPolicies, type SamType } from './mapping.ts';
import { nativeAt } from './native.ts';

/** The content of `schemas/sam/`. */
export interface SamData {
  readonly mapping: SamMapping;
  readonly policies: SamPolicies;
  readonly connectors: SamConnectors;
}

export function samTransformation(tree: Tree, { mapping, policies, connectors }: SamData): Transformation {
  const root = resolved(tree.roots[0]);
  const { known, open } = readResources(root, mapping);
  const byPair = new Map(known.map((resource) => [resource.pair, resource]));
  const implicit = implicitApis(root, mapping, known);
  const { connections, complete } = connectionsIn(root, connectors);
  const shared = sharedOf(root, known);
  let names: ReadonlyMap<string, string> | undefined;
  const namesOfAll = (): ReadonlyMap<string, string> => new Map([...namesOf(root, known, implicit), ...connections.flatMap(namesOfConnection).map((name) => [name, name] as const)]);
  const touched = touchedBy(known);
  const passed = passedBy(known);
  const globals = pairOf(root, 'Globals');
  return {
    open: open || !complete,
    addressOf: (name) => (names ??= namesOfAll()).get(name),
    touched: (address) => touched.get(address) ?? [],
    madeOf: (template, written) => {
      if (written.type === 'AWS::Serverless::Connector') return [];
      // What a loop makes is in no section as it stands; its names are those of the turn, and it is worked out there.
      const resource = byPair.get(written.pair) ?? resourceOf(written, mapping);
      return resource && madeOf(written.template, written, resource, partsOf(template, written.part, globals), policies, passed.get(written.name) ?? []);
    },
    madeBeside: (template) => [
      ...implicit.flatMap((api) => madeImplicitly(template, api, globals, policies)),
      ...shared.flatMap(({ creation, users }) => madeOnce(template, creation, users, globals, policies)),
      ...connections.flatMap((connection) => madeOfConnection(template, connection, conditionOf(template, connection.body), connectors)),
    ],
  };
}

/** The resources that the mapping knows, and whether the transform makes something of others. */
function readResources(root: Node | undefined, mapping: SamMapping): { readonly known: readonly SamResource[]; readonly open: boolean } {
  const section = valueOf(root, 'Resources');
  const known: SamResource[] = [];
  let open = false;
  for (const pair of section?.kind === 'map' ? section.pairs : []) {
    const body = resolved(pair.value);
    if (body?.kind !== 'map') continue;
    const type = plainText(mergedPair(body, 'Type')?.pair.value);
    if (type === undefined || !type.startsWith('AWS::Serverless::') || type === 'AWS::Serverless::Connector') continue;
    const own = resourceOf({ name: pair.name, pair, body, type }, mapping);
    if (own) known.push(own);
    else open = true;
  }
  return { known, open };
}

/** A resource as one that the mapping knows; undefined when it does not. */
function resourceOf({ name, pair, body, type }: Pick<WrittenResource, 'name' | 'pair' | 'body' | 'type'>, mapping: SamMapping): SamResource | undefined {
  const own = Object.hasOwn(mapping.types, type) ? mapping.types[type] : undefined;
  return own && { id: name, pair, body, type, mapping: own, events: eventsOf(body) };
}

/** The names of all that is made, and the addresses that they stand for. */
function namesOf(root: Node | undefined, known: readonly SamResource[], implicit: readonly ImplicitApi[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = (id: string, { makes, refs = {} }: Pick<SamType, 'makes' | 'refs'>, idFor: (pattern: IdPattern) => string): void => {
    for (const { id: pattern, each } of makes) if (each === undefined) names.set(idFor(pattern), idFor(pattern));
    for (const [name, pattern] of Object.entries(refs)) names.set(`${id}.${name}`, idFor(pattern));
  };
  for (const resource of known) {
    add(resource.id, resource.mapping, idsOf(root, resource));
    for (const event of resource.events) add(resource.id, { makes: eventMapping(resource.mapping, event)?.makes ?? [] }, idsOf(root, resource, event));
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

/** The properties of APIs to which events add something. */
function passedBy(known: readonly SamResource[]): ReadonlyMap<string, readonly string[]> {
  const passed = new Map<string, readonly string[]>();
  for (const { mapping, events } of known) for (const event of events) {
    const { api } = eventMapping(mapping, event) ?? {};
    const names = api?.passes?.filter((name) => valueOf(event.properties, name)) ?? [];
    const id = api && names.length > 0 ? apiOf(event, api.names) : undefined;
    if (id !== undefined) passed.set(id, [...passed.get(id) ?? [], ...names]);
  }
  return passed;
}

interface Shared {
  readonly creation: Creation;
  readonly users: readonly [SamResource, ...SamResource[]];
}

/** What is made once for several resources, with those that may need it. */
function sharedOf(root: Node | undefined, known: readonly SamResource[]): readonly Shared[] {
  const shared = new Map<string, { creation: Creation; users: [SamResource, ...SamResource[]] }>();
  for (const resource of known) for (const creation of resource.mapping.makes) {
    if (!creation.once || !mayBeMade(root, resource, creation)) continue;
    const held = shared.get(creation.id);
    if (held) held.users.push(resource);
    else shared.set(creation.id, { creation, users: [resource] });
  }
  return [...shared.values()];
}

/** Whether the properties are written that something is made for: a look at the text alone. */
function mayBeMade(root: Node | undefined, { body, type }: SamResource, { when = [] }: Creation): boolean {
  return [when].flat().every(({ path }: Premise) => propertyNode(root, body, type, [path.split('.')[0]!]) !== undefined);
}

/** The resource as it is written, and Globals, where some of its properties can be. A finding there is in no resource. */
function partsOf(template: Template, own: Part, globals: Pair | undefined): readonly [Part, ...Part[]] {
  if (!globals) return [own];
  return [own, { address: 'Globals', nativeType: 'Globals', doc: own.doc, range: spanOf(template.tree, globals), nameAt: spanOf(template.tree, globals.key), exists: TRUE, isFile: true }];
}

function madeOf(template: Template, written: WrittenResource, resource: SamResource, parts: readonly [Part, ...Part[]], policies: SamPolicies, passed: readonly string[]): readonly MadeResource[] {
  const own = sourceOf(template, resource, { written, parts, policies, passed });
  const all = [
    ...resource.mapping.makes.filter(({ once }) => !once).flatMap((creation) => made(creation, own)),
    ...own.events.flatMap(({ source, makes }) => makes.flatMap((creation) => made(creation, source))),
  ];
  // Of several events that make the same, the last one counts.
  const last = new Map(all.map((one) => [`${one.family} ${one.type}`, one]));
  return all.filter((one) => one.exists.no.satisfiable() || last.get(`${one.family} ${one.type}`) === one);
}

interface SourceParts {
  readonly written: Pick<WrittenResource, 'part' | 'exists' | 'edit'>;
  readonly parts: readonly [Part, ...Part[]];
  readonly policies: SamPolicies;
  /** The properties to which others add something. */
  readonly passed?: readonly string[];
}

/** A SAM resource, with its events, as what resources are made from. */
function sourceOf(template: Template, resource: SamResource, { written, parts, policies, passed = [] }: SourceParts): Source & { readonly events: readonly EventSource[] } {
  const { id, pair, body, type, mapping, events } = resource;
  const native = withPassed(propertiesWithGlobals(template, body, type, written.part.nameAt, written.edit), passed);
  const common = {
    address: id, pair, exists: written.exists,
    making: {
      policies, aliased: isAliased(template.root, resource), grants: [] as readonly Grant[], address: (id: string) => template.qualified(id),
      parameter: (name: string) => template.parameterValue(name, pair.key, undefined) ?? unknown({ use: written.part.nameAt, steps: [], edit: 'none' }, 'parameter'),
    },
  };
  const ofEvents = events.map((event): EventSource & { readonly grant: Grant | undefined } => {
    const { makes: all = [], grants, api } = eventMapping(mapping, event) ?? {};
    const makes = api?.once && isCovered(events, event, api.names) ? [] : all;
    const nameAt = spanOf(template.tree, event.pair.key);
    const making: Making = { ...common.making, nameAt, native: eventProperties(native, event.pair.name), id: idsOf(template.root, resource, event) };
    return {
      makes, grant: grants && { policies: [], ...grants, making },
      source: { ...common, making, parts: [{ ...parts[0], nameAt }, ...parts.slice(1)], prefix: `Events.${event.pair.name}.Properties.` },
    };
  });
  return {
    ...common, parts, prefix: '', events: ofEvents,
    making: { ...common.making, grants: ofEvents.flatMap(({ grant }) => grant ?? []), native, nameAt: written.part.nameAt, id: idsOf(template.root, resource) },
  };
}

/** Properties of which some are not known, because others add something to them. */
function withPassed(native: Value, passed: readonly string[]): Value {
  return passed.length === 0 ? native : mapLeaves(native, (leaf) => leaf.state !== 'object' ? leaf : {
    ...leaf,
    entries: [...leaf.entries, ...passed.map((key): Member => ({ key, keyAt: leaf.origin.use, when: TRUE, value: unknown({ ...member(leaf, key).origin, edit: 'none' }, 'transform') }))],
  });
}

function eventProperties(native: Value, name: string): Value {
  return member(member(nativeAt(native, 'Events'), name), 'Properties');
}

/** What resources are made from: a SAM resource, one of its events, or an entry of a map in one of them. */
interface Source {
  readonly address: string;
  readonly pair: Pair;
  readonly parts: readonly [Part, ...Part[]];
  readonly exists: Truth;
  readonly making: Making;
  /** The path of what it is made from below the properties of the resource, with a dot behind it. */
  readonly prefix: string;
}

interface EventSource {
  readonly makes: readonly Creation[];
  readonly source: Source;
}

function made(creation: Creation, source: Source): readonly MadeResource[] {
  return creation.each === undefined ? madeOne(creation, source) : entriesIn(source, creation.each).flatMap((entry) => madeOne(creation, entry));
}

function madeOne(creation: Creation, source: Source): readonly MadeResource[] {
  const { making, prefix } = source;
  const exists = bothTruths(source.exists, isMade(creation, making.native));
  if (exists.no.isAlways()) return [];
  return [{
    address: source.address, family: making.id(creation.id), type: creation.type, exists, pair: source.pair, parts: source.parts,
    properties: canonicalProperties(creation, making),
    words: {
      path: (path) => `${prefix}${nativePathOf(creation, path)}`,
      writtenAs: (path, value) => writtenAs(creation, path, value)?.map((one) => ({ ...one, path: `${prefix}${one.path}` }))
        ?? refusal(`SAM has no property for ${path} of ${creation.type}`),
    },
  }];
}

/** The entries of a map as what resources are made from. */
function entriesIn(source: Source, path: NativePath): readonly Source[] {
  const { making, parts, prefix } = source;
  const all = leaves(nativeAt(making.native, path));
  const elsewhere = (guard: Guard): Guard => all.reduce((sum, other) => other.guard === guard ? sum : sum.or(other.guard), Guard.never);
  return all.flatMap(({ guard, value }) => value.state !== 'object' ? [] : value.entries.map((entry: Member): Source => ({
    ...source,
    exists: [entry.when, { yes: guard, no: elsewhere(guard) }].reduce(bothTruths, source.exists),
    parts: [{ ...parts[0], nameAt: entry.keyAt }, ...parts.slice(1)],
    prefix: `${prefix}${path}.${entry.key}.`,
    making: { ...making, native: withKey(entry, making.native), nameAt: entry.keyAt, id: (pattern) => making.id(pattern.replaceAll('{key}', keyInId(entry.key))) },
  })));
}

/** An entry with its key and what it is in, for bindings. */
function withKey({ key, keyAt, value }: Member, holder: Value): Value {
  return mapLeaves(value, (leaf) => leaf.state !== 'object' ? leaf : {
    ...leaf,
    entries: [...leaf.entries, { key: '^', keyAt, when: TRUE, value: holder }, { key: '^key', keyAt, when: TRUE, value: { state: 'known', origin: { use: keyAt, steps: [], edit: 'none' }, raw: key, quoted: true, value: key } }],
  });
}

/** A key as a part of a logical id: `$connect` is `Connect`. */
function keyInId(key: string): string {
  return inId(key.startsWith('$') ? `${key.charAt(1).toUpperCase()}${key.slice(2)}` : key);
}

/** What is made once for several resources: at the first of them, where one of them needs it. */
function madeOnce(template: Template, creation: Creation, users: Shared['users'], globals: Pair | undefined, policies: SamPolicies): readonly MadeResource[] {
  const [first, ...others] = users.map((resource) => {
    const { pair, type, body } = resource;
    const exists = conditionOf(template, body);
    const part: Part = { address: pair.name, nativeType: type, doc: template.tree.doc, range: spanOf(template.tree, pair), nameAt: spanOf(template.tree, pair.key), exists };
    return made(creation, sourceOf(template, resource, { written: { part, exists, edit: 'here' }, parts: partsOf(template, part, globals), policies }))[0];
  }).filter((one) => one !== undefined);
  return first ? [{ ...first, exists: others.map(({ exists }) => exists).reduce(eitherTruth, first.exists) }] : [];
}

/** What an implicit API is besides what Globals says of it is known from its events alone. */
function madeImplicitly(template: Template, api: ImplicitApi, globals: Pair | undefined, policies: SamPolicies): readonly MadeResource[] {
  const { id, made: samType, users: [{ event: { pair } }] } = api;
  const { native, exists, part } = implicitly(template, api, ({ body }) => conditionOf(template, body));
  const making: Making = {
    native, nameAt: part.nameAt, policies, aliased: false, grants: [], address: (one) => template.qualified(one), id: (pattern) => idOf(pattern, id, () => samType.implicit!.stage),
    parameter: (name) => template.parameterValue(name, pair.key, undefined) ?? unknown(native.origin, 'parameter'),
  };
  const source: Source = { address: id, pair, parts: partsOf(template, part, globals), exists, making, prefix: '' };
  return samType.makes.flatMap((creation) => made(creation, source)).filter((one) => one.exists.yes.satisfiable()).map((one) => ({
    ...one, words: { ...one.words, writtenAs: () => refusal(`SAM makes ${id} from events; write it in Globals, or define the API as a resource`) },
  }));
}

function conditionOf(template: Template, body: Node | MapNode | undefined): Truth {
  const condition = plainText(mergedPair(body, 'Condition')?.pair.value);
  return condition === undefined ? TRUE : template.conditions.named(condition);
}

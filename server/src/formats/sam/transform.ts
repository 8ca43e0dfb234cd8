/**
 * The resources that the transform AWS::Serverless-2016-10-31 generates, from the data in `schemas/sam/`. A resource
 * generated from another one has that resource's address, which its author knows, and its generated logical ID as
 * family.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { eitherTruth, TRUE, type Truth } from '../../base/guard.ts';
import { endsStep, finished } from '../../base/steps.ts';
import { ownEntry } from '../../base/table.ts';
import { unknown } from '../../model/navigate.ts';
import type { ResourcePart } from '../../model/resource.ts';
import { pairOf, resolved, valueOf, type MapNode, type Node, type Pair, type Tree } from '../../syntax/tree.ts';
import { mergedPair, plainText } from '../cloudformation/call.ts';
import type { Template } from '../cloudformation/evaluate.ts';
import type { Dependencies, Transformation } from '../cloudformation/transformation.ts';
import type { GeneratedResource, WrittenResource } from '../cloudformation/written-resource.ts';
import { spanOf } from '../located.ts';
import { refusal } from '../lowering.ts';
import type { Making } from './canonical.ts';
import { connectionsIn, madeOfConnection, namesOfConnection, type SamConnectors } from './connectors.ts';
import { eventsOf } from './events.ts';
import { globalsPair, propertyNode } from './globals.ts';
import { apiOf, eventMapping, idOf, idsOf, type SamResource } from './ids.ts';
import { implicitApis, implicitly, type ImplicitApi } from './implicit.ts';
import type { Creation, IdPattern, Premise, SamMapping, SamPolicies, SamType } from './mapping.ts';
import { made, sourceOf, type CreationSource } from './source.ts';
import { passedBy, touchedBy } from './touched.ts';

/** The content of `schemas/sam/`. */
export interface SamData {
  readonly mapping: SamMapping;
  readonly policies: SamPolicies;
  readonly connectors: SamConnectors;
}

/**
 * The transformation of a template. It reads the SAM resources at once, but the names and properties of generated ones
 * only on demand.
 */
export function samTransformation(tree: Tree, { mapping, policies, connectors }: SamData): Transformation {
  const root = resolved(tree.roots[0]);
  const { known, open } = readResources(root, mapping);
  const byPair = new Map(known.map((resource) => [resource.pair, resource]));
  const implicit = implicitApis(root, mapping, known);
  const { connections, complete } = connectionsIn(root, connectors);
  const shared = sharedOf(root, known);
  let names: ReadonlyMap<string, string> | undefined;
  function* naming(): Generator<void, ReadonlyMap<string, string>, undefined> {
    if (names) return names;
    const found = yield* namingGenerated(root, known, implicit);
    for (const name of flatMap(connections, namesOfConnection)) found.set(name, name);
    return (names = found);
  }
  const touched = touchedBy(known);
  const passed = passedBy(known);
  const globals = pairOf(root, 'Globals');
  const byId = new Map(known.map((resource) => [resource.id, resource]));
  return {
    open: open || !complete,
    addressOf: (name) => (names ?? finished(naming())).get(name),
    naming,
    dependenciesOf: (name) => ({
      ...dependenciesOf(root, byId.get(name)),
      facts: JSON.stringify([touched.get(name), passed.get(name)]),
    }),
    touched: (address) => touched.get(address) ?? [],
    madeOf: (template, written) => {
      if (written.type === 'AWS::Serverless::Connector') return [];
      // The resources of a loop are not in a section. They are evaluated in the iteration, with its names.
      const resource = byPair.get(written.pair) ?? resourceOf(written, mapping);
      return (
        resource &&
        madeOf(
          written.template,
          written,
          resource,
          partsOf(template, written.part, globals),
          policies,
          passed.get(written.name) ?? [],
        )
      );
    },
    madeBeside: (template) => [
      ...flatMap(implicit, (api) => madeImplicitly(template, api, globals, policies)),
      ...flatMap(shared, ({ creation, users }) => madeOnce(template, creation, users, globals, policies)),
      ...flatMap(connections, (connection) =>
        madeOfConnection(template, connection, conditionOf(template, connection.body), connectors),
      ),
    ],
  };
}

/** Globals for its type and its APIs, and the APIs of its events, whose properties decide what the events generate. */
function dependenciesOf(root: Node | undefined, resource: SamResource | undefined): Omit<Dependencies, 'facts'> {
  if (!resource) return { resources: [], entries: [], conditions: [] };
  const apis = flatMap(resource.events, (event) => {
    const { api } = eventMapping(resource.mapping, event) ?? {};
    return api ? [{ type: api.type, id: apiOf(event, api.names) ?? api.implicit }] : [];
  });
  const types = new Set([resource.type, ...apis.map(({ type }) => type)]);
  return {
    resources: flatMap(apis, ({ id }) => id ?? []),
    entries: flatMap([...types], (type) => globalsPair(root, type)),
    conditions: [],
  };
}

/** The resources that the mapping supports, and whether the transform processes others. */
function readResources(
  root: Node | undefined,
  mapping: SamMapping,
): { readonly known: readonly SamResource[]; readonly open: boolean } {
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

/** A resource with a mapping; undefined without one. */
function resourceOf(
  { name, pair, body, type }: Pick<WrittenResource, 'name' | 'pair' | 'body' | 'type'>,
  mapping: SamMapping,
): SamResource | undefined {
  const own = ownEntry(mapping.types, type);
  return own && { id: name, pair, body, type, mapping: own, events: eventsOf(body) };
}

/** The logical IDs of all generated resources, with their addresses; in steps. */
function* namingGenerated(
  root: Node | undefined,
  known: readonly SamResource[],
  implicit: readonly ImplicitApi[],
): Generator<void, Map<string, string>, undefined> {
  const names = new Map<string, string>();
  const add = (
    id: string,
    { makes, refs = {} }: Pick<SamType, 'makes' | 'refs'>,
    idFor: (pattern: IdPattern) => string,
  ): void => {
    for (const { id: pattern, each } of makes) if (each === undefined) names.set(idFor(pattern), idFor(pattern));
    for (const [name, pattern] of Object.entries(refs)) names.set(`${id}.${name}`, idFor(pattern));
  };
  for (const [index, resource] of known.entries()) {
    if (endsStep(index)) yield;
    add(resource.id, resource.mapping, idsOf(root, resource));
    for (const event of resource.events)
      add(resource.id, { makes: eventMapping(resource.mapping, event)?.makes ?? [] }, idsOf(root, resource, event));
  }
  for (const { id, made } of implicit) add(id, made, (pattern) => idOf(pattern, id, () => made.implicit!.stage));
  return names;
}

interface Shared {
  readonly creation: Creation;
  readonly users: readonly [SamResource, ...SamResource[]];
}

/** A resource generated once for several others, with the resources that can require it. */
function sharedOf(root: Node | undefined, known: readonly SamResource[]): readonly Shared[] {
  const shared = new Map<string, { creation: Creation; users: [SamResource, ...SamResource[]] }>();
  for (const resource of known)
    for (const creation of resource.mapping.makes) {
      if (!creation.once || !mayBeMade(root, resource, creation)) continue;
      const held = shared.get(creation.id);
      if (held) held.users.push(resource);
      else shared.set(creation.id, { creation, users: [resource] });
    }
  return [...shared.values()];
}

/** Whether the properties that a resource is generated for are written, judged by the keys alone. */
function mayBeMade(root: Node | undefined, { body, type }: SamResource, { when = [] }: Creation): boolean {
  return [when]
    .flat()
    .every(({ path }: Premise) => propertyNode(root, body, type, [path.split('.')[0]!]) !== undefined);
}

/**
 * The resource as written, and Globals, which can contain some of its properties. A finding in Globals has no resource.
 */
function partsOf(
  template: Template,
  own: ResourcePart,
  globals: Pair | undefined,
): readonly [ResourcePart, ...ResourcePart[]] {
  if (!globals) return [own];
  return [
    own,
    {
      address: 'Globals',
      nativeType: 'Globals',
      doc: own.doc,
      range: spanOf(template.tree, globals),
      nameAt: spanOf(template.tree, globals.key),
      when: TRUE,
      isFile: true,
    },
  ];
}

function madeOf(
  template: Template,
  written: WrittenResource,
  resource: SamResource,
  parts: readonly [ResourcePart, ...ResourcePart[]],
  policies: SamPolicies,
  passed: readonly string[],
): readonly GeneratedResource[] {
  const own = sourceOf(template, resource, { written, parts, policies, passed });
  const all = [
    ...flatMap(
      resource.mapping.makes.filter(({ once }) => !once),
      (creation) => made(creation, own),
    ),
    ...flatMap(own.events, ({ source, makes }) => flatMap(makes, (creation) => made(creation, source))),
  ];
  // If several events generate the same resource, the last one applies.
  const last = new Map(all.map((one) => [`${one.family} ${one.type}`, one]));
  return all.filter((one) => one.when.no.satisfiable() || last.get(`${one.family} ${one.type}`) === one);
}

/** Resources generated once for several others: at the first of them, if one of them requires it. */
function madeOnce(
  template: Template,
  creation: Creation,
  users: Shared['users'],
  globals: Pair | undefined,
  policies: SamPolicies,
): readonly GeneratedResource[] {
  const [first, ...others] = users
    .map((resource) => {
      const { pair, type, body } = resource;
      const when = conditionOf(template, body);
      const part: ResourcePart = {
        address: pair.name,
        nativeType: type,
        doc: template.tree.doc,
        range: spanOf(template.tree, pair),
        nameAt: spanOf(template.tree, pair.key),
        when,
      };
      return made(
        creation,
        sourceOf(template, resource, {
          written: { part, when, edit: 'here' },
          parts: partsOf(template, part, globals),
          policies,
        }),
      )[0];
    })
    .filter((one) => one !== undefined);
  const dependencies = { resources: users.map(({ id }) => id), entries: [], conditions: [], facts: '' };
  return first
    ? [{ ...first, when: others.map(({ when }) => when).reduce(eitherTruth, first.when), dependencies }]
    : [];
}

/** Apart from Globals, the properties of an implicit API follow from its events only. */
function madeImplicitly(
  template: Template,
  api: ImplicitApi,
  globals: Pair | undefined,
  policies: SamPolicies,
): readonly GeneratedResource[] {
  const {
    id,
    type,
    made: samType,
    users,
    users: [
      {
        event: { pair },
      },
    ],
  } = api;
  const { native, when, part } = implicitly(template, api, ({ body }) => conditionOf(template, body));
  const making: Making = {
    native,
    nameAt: part.nameAt,
    policies,
    aliased: false,
    grants: [],
    address: (one) => template.qualified(one),
    id: (pattern) => idOf(pattern, id, () => samType.implicit!.stage),
    parameter: (name) => template.parameterValue(name, pair.key, undefined) ?? unknown(native.origin, 'parameter'),
  };
  const source: CreationSource = {
    address: id,
    pair,
    parts: partsOf(template, part, globals),
    when,
    making,
    prefix: '',
  };
  const dependencies = {
    resources: [],
    entries: globalsPair(template.root, type),
    conditions: flatMap(users, ({ resource: { body } }) => conditionName(body) ?? []),
    facts: users.map(({ resource, event }) => `${resource.id} ${event.pair.name}`).join(),
  };
  return flatMap(samType.makes, (creation) => made(creation, source))
    .filter((one) => one.when.yes.satisfiable())
    .map((one) => ({
      ...one,
      dependencies,
      words: {
        ...one.words,
        writtenAs: () =>
          refusal(`SAM generates ${id} from events; write it in Globals, or define the API as a resource`),
      },
    }));
}

function conditionOf(template: Template, body: Node | MapNode | undefined): Truth {
  const condition = conditionName(body);
  return condition === undefined ? TRUE : template.conditions.named(condition);
}

function conditionName(body: Node | MapNode | undefined): string | undefined {
  return plainText(mergedPair(body, 'Condition')?.pair.value);
}

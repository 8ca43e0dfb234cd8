/**
 * The resources that connectors create: policies of roles, queues and topics, and permissions of functions, by the
 * types that they connect. The data is in `schemas/sam/connectors.json`.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { TRUE, type Truth } from '../../base/guard.ts';
import { ownEntry } from '../../base/table.ts';
import { unknown } from '../../model/navigate.ts';
import type { ResourcePart } from '../../model/resource.ts';
import type { Element, Origin, Value } from '../../model/value.ts';
import { pairOf, resolved, valueOf, type MapNode, type Node, type Pair } from '../../syntax/tree.ts';
import { argumentList, argumentText, callOf, mergedPair, pairsWithMerges, plainText } from '../cloudformation/call.ts';
import type { Template } from '../cloudformation/evaluate.ts';
import type { GeneratedResource } from '../cloudformation/written-resource.ts';
import { originOf, spanOf } from '../located.ts';
import { refusal } from '../lowering.ts';
import { lazyElement, lazyMember } from '../plain.ts';
import { jsonValue, type FilledPlaceholder } from './json-value.ts';
import type { Json } from './mapping.ts';

/** The content of `schemas/sam/connectors.json`. */
export interface SamConnectors {
  readonly same: Readonly<Record<string, string>>;
  readonly arn: readonly string[];
  readonly id: Readonly<Record<string, string>>;
  readonly role: Readonly<Record<string, string>>;
  readonly connects: Readonly<Record<string, Readonly<Record<string, ConnectorProfile>>>>;
}

type ConnectorProfile =
  | {
      readonly makes: 'policy';
      readonly role: 'Source' | 'Destination';
      readonly grants: Readonly<Record<string, readonly Statement[]>>;
    }
  | { readonly makes: 'queue-policy' | 'topic-policy'; readonly grants: Readonly<Record<string, readonly Statement[]>> }
  | { readonly makes: 'permission'; readonly grants: Readonly<Record<string, Statement>> };

type Statement = Readonly<Record<string, Json>>;

/** A connector from a source to one destination. */
export interface SamConnection {
  /** The prefix and suffix of the logical IDs of its resources. */
  readonly id: string;
  readonly suffix: string;
  /** The connector resource, or the resource with an embedded connector. */
  readonly owner: Pair;
  /** The connector itself. */
  readonly body: Node | undefined;
  /** The place of its name. */
  readonly key: Node;
  readonly source: End;
  readonly destination: End;
  /** The permissions as written. */
  readonly permissions: readonly { readonly name: string; readonly node: Node }[];
  readonly profile: ConnectorProfile;
}

/** One end of a connector: a resource of the template, or the properties of an external one. */
interface End {
  readonly id: string | undefined;
  readonly type: string;
  readonly declaration: MapNode;
  /** The resource, if it is one of the template. */
  readonly body: Node | undefined;
}

/** The connectors of a template, including embedded ones; `complete` is false if one is not understood. */
export function connectionsIn(
  root: Node | undefined,
  data: SamConnectors,
): { readonly connections: readonly SamConnection[]; readonly complete: boolean } {
  const section = valueOf(root, 'Resources');
  const connections: SamConnection[] = [];
  let complete = true;
  const add = (
    id: string,
    owner: Pair,
    { key, value }: Pair,
    properties: Node | undefined,
    source: End | undefined,
  ): void => {
    const list = resolved(mergedPair(properties, 'Destination')?.pair.value);
    const permissions = permissionsOf(mergedPair(properties, 'Permissions')?.pair.value);
    const destinations =
      list?.kind === 'list' ? list.items.map(({ value }) => endOf(section, resolved(value))) : [endOf(section, list)];
    destinations.forEach((destination, index) => {
      const profile = source && destination && profileOf(data, source.type, destination.type);
      if (profile && permissions)
        connections.push({
          id,
          suffix: list?.kind === 'list' ? `Destination${index}` : '',
          owner,
          key,
          body: resolved(value),
          source,
          destination,
          permissions,
          profile,
        });
      else complete = false;
    });
  };
  for (const pair of section?.kind === 'map' ? section.pairs : []) {
    const body = resolved(pair.value);
    if (body?.kind !== 'map') continue;
    const properties = (node: Node | undefined): Node | undefined =>
      resolved(mergedPair(node, 'Properties')?.pair.value);
    if (plainText(mergedPair(body, 'Type')?.pair.value) === 'AWS::Serverless::Connector') {
      const ownProperties = properties(body);
      add(
        pair.name,
        pair,
        pair,
        ownProperties,
        endOf(section, resolved(mergedPair(ownProperties, 'Source')?.pair.value)),
      );
    }
    const embedded = mergedPair(body, 'Connectors');
    if (!embedded) continue;
    const connectors = resolved(embedded.pair.value);
    if (connectors?.kind !== 'map' || callOf(connectors)) complete = false;
    else
      for (const { pair: own } of pairsWithMerges(connectors).pairs) {
        const ownProperties = properties(own.value);
        const reference = resolved(mergedPair(ownProperties, 'SourceReference')?.pair.value);
        const type = plainText(mergedPair(body, 'Type')?.pair.value);
        add(
          `${pair.name}${own.name}`,
          pair,
          own,
          ownProperties,
          type === undefined
            ? undefined
            : { id: pair.name, type, declaration: reference?.kind === 'map' ? reference : body, body },
        );
      }
  }
  return { connections, complete };
}

function profileOf(
  { same, connects }: SamConnectors,
  source: string,
  destination: string,
): ConnectorProfile | undefined {
  const type = (name: string): string => ownEntry(same, name) ?? name;
  const to = ownEntry(connects, type(source)) ?? {};
  return ownEntry(to, type(destination));
}

function permissionsOf(node: Node | undefined): SamConnection['permissions'] | undefined {
  const list = resolved(node);
  if (list?.kind !== 'list') return undefined;
  const texts = list.items.map(({ value }) => ({ name: plainText(value), node: value }));
  return texts.every((one): one is { name: string; node: Node } => one.name !== undefined) ? texts : undefined;
}

function endOf(section: Node | undefined, declaration: Node | undefined): End | undefined {
  if (declaration?.kind !== 'map' || callOf(declaration)) return undefined;
  const text = (name: string): string | undefined => plainText(mergedPair(declaration, name)?.pair.value);
  if (!mergedPair(declaration, 'Id')) {
    const type = text('Type');
    return type === undefined ? undefined : { id: undefined, type, declaration, body: undefined };
  }
  const id = text('Id');
  const body = id === undefined ? undefined : resolved(pairOf(section, id)?.value);
  const type = plainText(mergedPair(body, 'Type')?.pair.value);
  return id === undefined || type === undefined ? undefined : { id, type, declaration, body };
}

/** The logical IDs of the resources of a connection. */
export function namesOfConnection({ id, suffix, profile, permissions }: SamConnection): readonly string[] {
  const granted = Object.keys(profile.grants).filter((name) => permissions.some((one) => one.name === name));
  switch (profile.makes) {
    case 'permission':
      return granted.map((name) => `${id}${name}LambdaPermission${suffix}`);
    case 'policy':
      return [`${id}Policy${suffix}`];
    case 'queue-policy':
      return [`${id}QueuePolicy${suffix}`];
    case 'topic-policy':
      return [`${id}TopicPolicy${suffix}`];
  }
}

const TYPES = {
  policy: 'AWS::IAM::ManagedPolicy',
  'queue-policy': 'AWS::SQS::QueuePolicy',
  'topic-policy': 'AWS::SNS::TopicPolicy',
  permission: 'AWS::Lambda::Permission',
} as const;

/** The resources of a connection. Their place is that of the written permissions. */
export function madeOfConnection(
  template: Template,
  connection: SamConnection,
  when: Truth,
  data: SamConnectors,
): readonly GeneratedResource[] {
  const { owner, key, profile, permissions } = connection;
  const { tree } = template;
  const nameAt = spanOf(tree, key);
  const place = (node: Node): Origin => ({ ...originOf(tree, node, nameAt), edit: 'none' });
  const granted = flatMap(Object.keys(profile.grants), (name) =>
    permissions.filter((one) => one.name === name).slice(0, 1),
  );
  const part: ResourcePart = {
    address: owner.name,
    nativeType: plainText(valueOf(resolved(owner.value), 'Type')) ?? '',
    doc: tree.doc,
    range: spanOf(tree, owner),
    nameAt,
    when,
  };
  const words: GeneratedResource['words'] = {
    path: (path) => path,
    writtenAs: () => refusal("SAM generates it from a connector; change the connector's permissions"),
  };
  const fill = (name: string): FilledPlaceholder | undefined =>
    placeholder(template, connection, name, place(key), data);
  const dependencies = {
    resources: [owner.name, connection.source.id, connection.destination.id].filter((id) => id !== undefined),
    entries: [],
    conditions: [],
    facts: '',
  };
  const resources = (properties: readonly (readonly [string, Value])[], family: string): GeneratedResource => ({
    dependencies,
    address: owner.name,
    family,
    type: TYPES[profile.makes],
    when,
    pair: owner,
    parts: [part],
    words,
    properties: {
      state: 'object',
      origin: place(key),
      open: false,
      entries: properties.map(([name, value]) => lazyMember(name, nameAt, () => value)),
    },
  });
  const names = namesOfConnection(connection);
  if (profile.makes === 'permission') {
    return granted.map(({ name, node }, index) =>
      resources(
        [
          ...Object.entries(ownEntry(profile.grants, name)!).map(
            ([property, json]) => [property, jsonValue(json, place(node), fill)] as const,
          ),
          ['FunctionName', attributeOf(template, connection.destination, 'Arn', place(node), data)],
        ],
        names[index]!,
      ),
    );
  }
  const items = flatMap(granted, ({ name, node }) =>
    ownEntry(profile.grants, name)!.map((statement): Element =>
      lazyElement(() => jsonValue({ Effect: 'Allow', ...statement }, place(node), fill)),
    ),
  );
  const document: Value = {
    state: 'object',
    origin: place(key),
    open: false,
    entries: [
      lazyMember('Version', nameAt, () => jsonValue('2012-10-17', place(key))),
      { key: 'Statement', keyAt: nameAt, when: TRUE, value: { state: 'list', origin: place(key), open: false, items } },
    ],
  };
  const only = (value: Value): Value => ({
    state: 'list',
    origin: place(key),
    open: false,
    items: [{ value, when: TRUE }],
  });
  const holder: readonly [string, Value] =
    profile.makes === 'policy'
      ? ['Roles', only(roleOf(template, connection, profile.role, place(key), data))]
      : profile.makes === 'queue-policy'
        ? ['Queues', only(attributeOf(template, connection.destination, 'QueueUrl', place(key), data))]
        : ['Topics', only(attributeOf(template, connection.destination, 'Arn', place(key), data))];
  return [resources([['PolicyDocument', document], holder], names[0]!)];
}

/** `Source.Arn`, `Destination.Name`, `AWS::Region`. */
function placeholder(
  template: Template,
  { source, destination, key }: SamConnection,
  name: string,
  place: Origin,
  data: SamConnectors,
): FilledPlaceholder | undefined {
  if (name.startsWith('AWS::'))
    return { value: template.parameterValue(name, key, undefined) ?? unknown(place, 'parameter'), written: false };
  const [end, attribute] = name.split('.');
  return attribute === undefined
    ? undefined
    : { value: attributeOf(template, end === 'Source' ? source : destination, attribute, place, data), written: false };
}

function attributeOf(
  template: Template,
  { id, type, declaration, body }: End,
  attribute: string,
  origin: Origin,
  data: SamConnectors,
): Value {
  const own = declaration === body ? undefined : mergedPair(declaration, attribute)?.pair.value;
  if (own && (id === undefined || attribute === 'Qualifier')) return template.evaluate(own);
  if (attribute === 'Qualifier') return jsonValue('*', origin);
  if (id === undefined) return unknown(origin, 'transform');
  const plain: Value = { state: 'reference', origin, to: template.qualified(id) };
  const kept = resolvedType(data, type);
  switch (attribute) {
    case 'Arn':
      return data.arn.includes(kept) ? plain : { ...plain, attribute };
    case 'ResourceId':
      return Object.hasOwn(data.id, kept) ? { ...plain, attribute: ownEntry(data.id, kept)! } : plain;
    case 'QueueUrl':
      return plain;
    default:
      return { ...plain, attribute };
  }
}

function resolvedType({ same }: SamConnectors, type: string): string {
  return ownEntry(same, type) ?? type;
}

/** The role of one end: the role that it names, or the role that SAM creates for it. */
function roleOf(
  template: Template,
  { source, destination }: SamConnection,
  which: 'Source' | 'Destination',
  origin: Origin,
  { role: properties }: SamConnectors,
): Value {
  const { id, type, declaration, body } = which === 'Source' ? source : destination;
  const given = declaration === body ? undefined : mergedPair(declaration, 'RoleName')?.pair.value;
  if (given && id === undefined) return template.evaluate(given);
  const own = mergedPair(body, 'Properties')?.pair.value;
  const named =
    type === 'AWS::Events::Rule'
      ? roleOfTarget(own, destination.id)
      : Object.hasOwn(properties, type)
        ? mergedPair(own, ownEntry(properties, type)!)?.pair.value
        : undefined;
  const to = named && referredTo(named);
  const role = to === undefined ? undefined : template.addressOf(to);
  if (role !== undefined) return { state: 'reference', origin, to: role };
  if (named) return template.evaluate(named);
  return id !== undefined && type.startsWith('AWS::Serverless::')
    ? { state: 'reference', origin, to: template.qualified(`${id}Role`) }
    : unknown(origin, 'transform');
}

/** The role of the target of a destination rule. */
function roleOfTarget(properties: Node | undefined, id: string | undefined): Node | undefined {
  const targets = resolved(mergedPair(properties, 'Targets')?.pair.value);
  const target =
    targets?.kind === 'list'
      ? targets.items
          .map(({ value }) => resolved(value))
          .find((one) => {
            const arn = mergedPair(one, 'Arn')?.pair.value;
            return arn !== undefined && id !== undefined && referredTo(arn) === id;
          })
      : undefined;
  return mergedPair(target, 'RoleArn')?.pair.value;
}

/** The logical ID in a Ref or Fn::GetAtt. */
function referredTo(node: Node): string | undefined {
  const call = callOf(resolved(node) ?? node);
  if (call?.name === 'Ref') return argumentText(call);
  if (call?.name !== 'Fn::GetAtt') return undefined;
  const parts = argumentList(call);
  return parts ? plainText(parts[0]) : argumentText(call)?.split('.')[0];
}

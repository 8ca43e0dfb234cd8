/**
 * Where a document may have a list of one or its item alone: list properties of CloudFormation, and elements of IAM
 * policies.
 */
import { callOf } from '../../server/src/formats/cloudformation/call.ts';
import { schemaData } from '../../server/src/host/schema-data.ts';
import { childrenOf, textOf, valueOf, type MapNode, type Node, type Tree } from '../../server/src/syntax/tree.ts';
import { propertyAt, type TypeSchema } from '../../tools/schemas/read.ts';
import { SCHEMAS } from './memory-reader.ts';

export interface ListPlaces {
  /** Lists of one. */
  readonly lists: ReadonlySet<Node>;
  /** What stands there alone. */
  readonly singles: ReadonlySet<Node>;
}

/** The places of a document; what a function gives is none. */
export function listPlaces(tree: Tree): ListPlaces {
  const found: Found = { lists: new Set(), singles: new Set() };
  const resources = valueOf(tree.roots[0], 'Resources');
  for (const { value } of resources?.kind === 'map' ? resources.pairs : []) {
    const schema = schemaOf(textOf(valueOf(value, 'Type')) ?? '');
    const properties = valueOf(value, 'Properties');
    if (schema && properties?.kind === 'map') visitProperties(properties, '', schema, found);
  }
  for (const root of tree.roots) visitPolicies(root, found);
  return found;
}

interface Found {
  readonly lists: Set<Node>;
  readonly singles: Set<Node>;
}

function add(node: Node, { lists, singles }: Found): void {
  if (callOf(node) || node.kind === 'alias') return;
  if (node.kind !== 'list') singles.add(node);
  else if (
    node.items.length === 1 &&
    !callOf(node.items[0]!.value) &&
    node.items[0]!.value.kind !== 'alias' &&
    node.items[0]!.value.kind !== 'list'
  )
    lists.add(node);
}

function visitProperties(map: MapNode, path: string, schema: TypeSchema, found: Found): void {
  if (callOf(map)) return;
  for (const { name, value } of map.pairs) {
    const at = path === '' ? name : `${path}.${name}`;
    const isList = propertyAt(schema, at)?.type.endsWith('[]') ?? false;
    if (isList) add(value, found);
    for (const node of value.kind === 'list' ? value.items.map((item) => item.value) : [value])
      if (node.kind === 'map') visitProperties(node, isList ? `${at}[]` : at, schema, found);
  }
}

const LISTS: readonly string[] = ['Action', 'NotAction', 'Resource', 'NotResource'];

const ELEMENTS: ReadonlySet<string> = new Set(['Version', 'Id', 'Statement']);

function visitPolicies(root: Node, found: Found): void {
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const statements =
      node.kind === 'map' && node.pairs.every(({ name }) => ELEMENTS.has(name))
        ? valueOf(node, 'Statement')
        : undefined;
    if (statements && !callOf(statements)) {
      add(statements, found);
      for (const statement of statements.kind === 'list' ? statements.items.map((item) => item.value) : [statements])
        visitStatement(statement, found);
    }
    open.push(...childrenOf(node));
  }
}

function visitStatement(statement: Node, found: Found): void {
  if (statement.kind !== 'map' || callOf(statement)) return;
  const members = (node: Node | undefined): readonly Node[] =>
    node?.kind === 'map' && !callOf(node) ? node.pairs.map(({ value }) => value) : [];
  for (const name of LISTS) for (const value of [valueOf(statement, name)]) if (value) add(value, found);
  for (const name of ['Principal', 'NotPrincipal'])
    for (const value of members(valueOf(statement, name))) add(value, found);
  for (const operator of members(valueOf(statement, 'Condition')))
    for (const value of members(operator)) add(value, found);
}

function schemaOf(type: string): TypeSchema | undefined {
  const [, service] = type.split('::');
  const data =
    service === undefined
      ? null
      : (schemaData(SCHEMAS, `cloudformation/${service.toLowerCase()}`) as {
          readonly types: Readonly<Record<string, TypeSchema>>;
        } | null);
  return data && Object.hasOwn(data.types, type) ? data.types[type] : undefined;
}

import { TRUE } from '../../base/guard.ts';
import type { Uri } from '../../base/span.ts';
import type { Value } from '../../model/value.ts';
import { readScalar } from '../../syntax/scalar.ts';
import { resolved, valueOf, type Node, type ScalarNode, type Tree } from '../../syntax/tree.ts';
import { domainOf, type Domain } from '../domain.ts';
import { plainValue } from '../plain.ts';
import { argumentList, argumentText, callOf, everyNode } from './call.ts';

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly secret: boolean;
  /** Undefined when its values cannot be known from the template: it is read from Systems Manager. */
  readonly domain: Domain | undefined;
}

/** The pseudo parameters whose value depends on where the stack is deployed. */
const PSEUDO = ['AWS::AccountId', 'AWS::NotificationARNs', 'AWS::Partition', 'AWS::Region', 'AWS::StackId', 'AWS::StackName', 'AWS::URLSuffix'];

interface Compared {
  readonly text: string;
  readonly value: Value;
}

/** The parameters of a template by name, pseudo parameters included. */
export function readParameters(tree: Tree, template: Node | undefined): ReadonlyMap<string, Parameter> {
  const compared = comparedLiterals(tree, template);
  const parameters = new Map<string, Parameter>();
  for (const name of PSEUDO) {
    parameters.set(name, { name, type: 'String', secret: false, domain: domainOf({ id: id(tree.doc, name), kind: 'parameter', name, compared: compared.get(name) ?? [] }) });
  }
  const section = valueOf(template, 'Parameters');
  if (section?.kind !== 'map') return parameters;
  for (const pair of section.pairs) parameters.set(pair.name, readParameter(tree, pair.name, resolved(pair.value), compared.get(pair.name) ?? []));
  return parameters;
}

function id(doc: Uri, name: string): string {
  return `${doc}#${name}`;
}

function readParameter(tree: Tree, name: string, body: Node | undefined, compared: readonly Compared[]): Parameter {
  const type = text(valueOf(body, 'Type')) ?? 'String';
  const secret = text(valueOf(body, 'NoEcho'))?.toLowerCase() === 'true';
  if (type.startsWith('AWS::SSM::Parameter::Value<')) return { name, type, secret, domain: undefined };
  const fallback = valueOf(body, 'Default');
  const allowed = valueOf(body, 'AllowedValues');
  const read = (node: Node | undefined): Compared | undefined => node?.kind === 'scalar' ? { text: textOf(node), value: valueOfType(tree, node, type) } : undefined;
  return {
    name, type, secret,
    domain: domainOf({
      id: id(tree.doc, name), kind: 'parameter', name, secret, compared,
      ...(fallback?.kind === 'scalar' ? { fallback: read(fallback)! } : {}),
      ...(allowed?.kind === 'list' ? { allowed: allowed.items.flatMap((item) => read(resolved(item.value)) ?? []) } : {}),
    }),
  };
}

/** The text that CloudFormation makes of a scalar: `true` and `false` for booleans in whatever case they are written. */
function textOf(node: ScalarNode): string {
  const { value, raw } = readScalar(node);
  return typeof value === 'boolean' ? String(value) : raw;
}

/** A parameter of a list type is given as one text with commas. */
function valueOfType(tree: Tree, node: ScalarNode, type: string): Value {
  const value = plainValue(tree, node);
  if (value.state !== 'known') return value;
  const raw = textOf(node);
  if (!(type === 'CommaDelimitedList' || type.startsWith('List<'))) return { ...value, raw };
  const items = raw === '' ? [] : raw.split(',').map((part) => part.trim());
  return {
    state: 'list', origin: value.origin, open: false,
    items: items.map((item) => ({ when: TRUE, value: { state: 'known', origin: value.origin, raw: item, quoted: true, value: item } as const })),
  };
}

function text(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.value : undefined;
}

/** The literals that each parameter is compared with: in Fn::Equals and as keys of mappings. */
function comparedLiterals(tree: Tree, template: Node | undefined): ReadonlyMap<string, Compared[]> {
  const found = new Map<string, Compared[]>();
  const add = (name: string, literal: Compared): void => {
    const list = found.get(name);
    if (list) list.push(literal);
    else found.set(name, [literal]);
  };
  const mappings = valueOf(template, 'Mappings');
  for (const section of ['Conditions', 'Rules', ...(mappings ? ['Resources', 'Outputs'] : [])]) {
    for (const node of everyNode(valueOf(template, section))) {
      const call = callOf(node);
      if (call?.name === 'Fn::Equals') {
        const sides = argumentList(call) ?? [];
        for (const [one, other] of [[sides[0], sides[1]], [sides[1], sides[0]]]) {
          const name = one && referredParameter(one);
          const literal = resolved(other);
          if (name && literal?.kind === 'scalar' && !callOf(literal)) add(name, { text: textOf(literal), value: valueOfType(tree, literal, 'String') });
        }
      } else if (call?.name === 'Fn::FindInMap') {
        const [map, first, second] = argumentList(call) ?? [];
        const rows = map?.kind === 'scalar' ? valueOf(mappings, map.value) : undefined;
        if (rows?.kind !== 'map') continue;
        const top = first && referredParameter(first);
        if (top) for (const row of rows.pairs) if (row.key.kind === 'scalar') add(top, { text: row.name, value: plainValue(tree, row.key) });
        const below = second && referredParameter(second);
        if (below) for (const row of rows.pairs) {
          const cells = resolved(row.value);
          if (cells?.kind === 'map') for (const cell of cells.pairs) if (cell.key.kind === 'scalar') add(below, { text: cell.name, value: plainValue(tree, cell.key) });
        }
      }
    }
  }
  return found;
}

function referredParameter(node: Node): string | undefined {
  const call = callOf(node);
  return call?.name === 'Ref' ? argumentText(call) : undefined;
}

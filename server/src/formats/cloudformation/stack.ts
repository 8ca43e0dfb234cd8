import { TRUE } from '../../base/guard.ts';
import type { Problem } from '../../model/finding.ts';
import { absentFrom } from '../../model/navigate.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Format, Parameter, Resource, Stack } from '../../model/resource.ts';
import type { Obj, Value } from '../../model/value.ts';
import { pairOf, resolved, valueOf, type Node, type Pair, type Tree } from '../../syntax/tree.ts';
import { inputOf } from '../inputs.ts';
import { spanOf } from '../located.ts';
import type { CarriersByType } from '../policy-locations.ts';
import { Relations } from '../relations.ts';
import { mergedPair } from './call.ts';
import { documentProblems, hasMacros } from './document-problems.ts';
import { Template } from './evaluate.ts';
import { CloudFormationResource, type ResourceParts } from './resource.ts';

/** A template as rules see it, with what is wrong with the template itself. */
export interface TemplateStack {
  readonly stack: Stack;
  readonly problems: readonly Problem[];
  /** How many nodes were worked out to values so far. */
  evaluations(): number;
  /** Whether something was not worked out so far because it is too much. */
  exhausted(): boolean;
}

/** Reads a template. `generated` says that a tool made it, so that nothing in it is to be edited. */
export function templateStack(tree: Tree, format: Format, carriers: CarriersByType, generated: boolean): TemplateStack {
  const template = new Template(tree);
  const section = valueOf(template.root, 'Resources');
  const resources: Resource[] = [];
  let relations: Relations | undefined;
  const closed = !hasMacros(template.root) && !(section?.kind === 'map' && section.pairs.some((pair) => pair.name.startsWith('Fn::')));
  for (const pair of section?.kind === 'map' ? section.pairs : []) {
    const resource = readResource(template, pair, format, carriers, generated, (r, kind) => (relations ??= new Relations(resources, closed)).related(r, kind));
    if (resource) resources.push(resource);
  }
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  let policies: PolicyDocument[] | undefined;
  let parameters: readonly Parameter[] | undefined;
  const stack: Stack = {
    format, documents: [tree.doc], resources,
    get policies() { return policies ??= resources.flatMap((resource) => resource.policies().documents); },
    get parameters() { return parameters ??= inputsOf(template); },
    closed,
    byAddress: (address) => byAddress.get(address),
  };
  return { stack, problems: documentProblems(tree, template.root), evaluations: () => template.evaluations, exhausted: () => template.exhausted };
}

function readResource(
  template: Template, pair: Pair, format: Format, carriers: CarriersByType, generated: boolean,
  relate: ResourceParts['relate'],
): Resource | undefined {
  const body = resolved(pair.value);
  const valueIn = (name: string): Node | undefined => resolved(mergedPair(body, name)?.pair.value);
  const type = valueIn('Type');
  if (body?.kind !== 'map' || type?.kind !== 'scalar') return undefined;
  const { tree } = template;
  const condition = valueIn('Condition');
  const exists = condition?.kind === 'scalar' ? template.conditions.named(condition.value) : TRUE;
  const nameAt = spanOf(tree, pair.key);
  const shared = pair.value.kind === 'alias' ? 'shared' : 'here';
  return new CloudFormationResource({
    address: pair.name, type: type.value, format, exists, generated, tree, pair, relate,
    part: { address: pair.name, nativeType: type.value, doc: tree.doc, range: spanOf(tree, pair), nameAt, exists },
    properties: propertiesOf(template, body, nameAt, shared),
    carriers: carriers.get(type.value) ?? [],
  });
}

function propertiesOf(template: Template, body: Node, nameAt: Obj['origin']['use'], edit: 'here' | 'shared'): Value {
  const properties = mergedPair(body, 'Properties');
  if (properties) return template.evaluate(properties.pair.value, spanOf(template.tree, properties.pair.key), properties.merged ? 'shared' : edit);
  // What a macro makes of the resource can have properties.
  const open = mergedPair(body, 'Fn::Transform') !== undefined;
  return absentFrom({ state: 'object', open, entries: [], origin: { use: nameAt, key: nameAt, steps: [], edit } }, open);
}

/** The parameters of a template. The default of one that Systems Manager keeps is a name, not a value. */
function inputsOf({ tree, root }: Template): readonly Parameter[] {
  const section = valueOf(root, 'Parameters');
  if (section?.kind !== 'map') return [];
  return section.pairs.map((pair) => {
    const text = (name: string): string => textOf(valueOf(pair.value, name));
    const isName = text('Type').startsWith('AWS::SSM::Parameter::');
    return inputOf(tree, pair, pair.name, text('NoEcho').toLowerCase() === 'true', isName ? undefined : pairOf(pair.value, 'Default'));
  });
}

function textOf(node: Node | undefined): string {
  return node?.kind === 'scalar' ? node.value : '';
}

import { bothTruths, TRUE, type Truth } from '../../base/guard.ts';
import type { Problem } from '../../model/finding.ts';
import { absentFrom, mapLeaves } from '../../model/navigate.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Format, Parameter, Part, Resource, Stack } from '../../model/resource.ts';
import type { EditPlace, Obj, Value } from '../../model/value.ts';
import { pairOf, resolved, valueOf, type MapNode, type Node, type Pair, type Tree } from '../../syntax/tree.ts';
import { inputOf } from '../inputs.ts';
import { spanOf } from '../located.ts';
import type { CarriersByType } from '../policy-locations.ts';
import { Relations } from '../relations.ts';
import { mergedPair } from './call.ts';
import { deployable } from './deployable.ts';
import { documentProblems, hasMacros } from './document-problems.ts';
import { expressionAt } from './expressions.ts';
import type { TemplateInputs } from './inputs.ts';
import type { ExpandedPair } from './loop.ts';
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

/** What a transform makes of a template before CloudFormation sees it. */
export interface Transformation {
  /** Whether it may make resources that are not seen. */
  readonly open: boolean;
  /** The address of what it makes, for a name that stands for that. */
  addressOf(name: string): string | undefined;
  /** What it makes of a resource, the resource itself first; undefined when it leaves it alone. */
  madeOf(template: Template, written: WrittenResource): readonly MadeResource[] | undefined;
  /** What it makes of the template as a whole. */
  madeBeside(template: Template): readonly MadeResource[];
  /** The properties that it may write into a resource that it leaves alone otherwise. */
  touched(address: string): readonly string[];
}

/** A resource as it is written in a template. */
export interface WrittenResource {
  readonly pair: Pair;
  /** Its logical id, and the template in which it is worked out: those of the turn, for one that a loop makes. */
  readonly name: string;
  readonly template: Template;
  readonly body: MapNode;
  readonly type: string;
  readonly exists: Truth;
  readonly part: Part;
  /** Where its properties can be changed, if they are written in it. */
  readonly edit: EditPlace;
}

/** What is particular to a resource that a transform makes. */
export type MadeResource = Pick<ResourceParts, 'address' | 'family' | 'type' | 'exists' | 'pair' | 'parts' | 'properties'> & Required<Pick<ResourceParts, 'words'>>;

export interface TemplateSource {
  readonly tree: Tree;
  readonly format: Format;
  readonly carriers: CarriersByType;
  /** Whether a tool made it, so that nothing in it is to be edited. */
  readonly generated: boolean;
  readonly transformation?: Transformation;
  readonly inputs?: TemplateInputs;
}

/** Reads a template. */
export function templateStack({ tree, format, carriers, generated, transformation, inputs }: TemplateSource): TemplateStack {
  const template = new Template(tree, { made: (name) => transformation?.addressOf(name), ...inputs ? { inputs } : {} });
  const within = deployable(template, inputs?.scenario);
  const section = template.section('Resources');
  const resources: Resource[] = [];
  let relations: Relations | undefined;
  const written = section.pairs.flatMap((pair) => readResource(pair, within) ?? []);
  // Of what a loop makes the transform of SAM makes more, which is not seen.
  const closed = !hasMacros(template.root) && !transformation?.open && !section.open && !written.some((one) => one.template !== template && one.type.startsWith('AWS::Serverless::'));
  const relate: ResourceParts['relate'] = (resource, kind) => (relations ??= new Relations(resources, closed)).related(resource, kind);
  const add = (made: Omit<ResourceParts, 'format' | 'generated' | 'tree' | 'carriers' | 'relate'>): void => {
    resources.push(new CloudFormationResource({ ...made, format, generated, tree, relate, carriers: carriers.get(made.type) ?? [] }));
  };
  for (const one of written) {
    const made = transformation?.madeOf(template, one);
    if (made) made.forEach(add);
    else add(asWritten(one, transformation?.touched(one.name) ?? []));
  }
  transformation?.madeBeside(template).forEach(add);
  const byAddress = addressed(resources);
  let policies: PolicyDocument[] | undefined;
  let parameters: readonly Parameter[] | undefined;
  const stack: Stack = {
    format, documents: [tree.doc], resources,
    get policies() { return policies ??= resources.flatMap((resource) => resource.policies().documents); },
    get parameters() { return parameters ??= inputsOf(template); },
    closed, within,
    byAddress: (address) => byAddress.get(address),
    expressionAt: (doc, offset) => doc === tree.doc ? expressionAt(template, offset) : undefined,
  };
  return { stack, problems: documentProblems(tree, template.root), evaluations: () => template.evaluations, exhausted: () => template.exhausted };
}

function readResource({ pair, name, template, when }: ExpandedPair, within: Truth): WrittenResource | undefined {
  const body = resolved(pair.value);
  const valueIn = (name: string): Node | undefined => resolved(mergedPair(body, name)?.pair.value);
  const type = valueIn('Type');
  if (body?.kind !== 'map' || type?.kind !== 'scalar') return undefined;
  const { tree } = template;
  const condition = template.text(valueIn('Condition'));
  const exists = [condition === undefined ? TRUE : template.conditions.named(condition), when, within].reduce(bothTruths);
  return {
    pair, name, template, body, type: template.text(type) ?? type.value, exists,
    part: { address: name, nativeType: type.value, doc: tree.doc, range: spanOf(tree, pair), nameAt: spanOf(tree, pair.key), exists },
    edit: pair.value.kind === 'alias' ? 'shared' : 'here',
  };
}

function asWritten({ pair, name, template, body, type, exists, part, edit }: WrittenResource, touched: readonly string[]): Omit<MadeResource, 'words'> {
  const properties = propertiesOf(template, body, part.nameAt, edit);
  return { address: name, family: name, type, exists, pair, parts: [part], properties: touched.length > 0 ? opened(properties, touched) : properties };
}

/** The properties that are written in a resource. */
export function propertiesOf(template: Template, body: Node, nameAt: Obj['origin']['use'], edit: EditPlace): Value {
  const properties = mergedPair(body, 'Properties');
  if (properties) return template.evaluate(properties.pair.value, spanOf(template.tree, properties.pair.key), properties.merged ? 'shared' : edit);
  const open = isMadeByMacro(body);
  return absentFrom({ state: 'object', open, entries: [], origin: { use: nameAt, key: nameAt, steps: [], edit } }, open);
}

/** Whether a macro makes something of a resource, which can give it properties. */
export function isMadeByMacro(body: Node): boolean {
  return mergedPair(body, 'Fn::Transform') !== undefined;
}

/** Properties of which some may be there that are not written. */
function opened(properties: Value, names: readonly string[]): Value {
  return mapLeaves(properties, (leaf) => {
    if (leaf.state !== 'object' && leaf.state !== 'absent') return leaf;
    const written = leaf.state === 'object' ? leaf.entries : [];
    const more = names.filter((name) => !written.some(({ key }) => key === name))
      .map((name) => ({ key: name, keyAt: leaf.origin.use, when: TRUE, value: absentFrom(leaf, true) }));
    return leaf.state === 'object' ? { ...leaf, entries: [...written, ...more] } : { state: 'object', origin: leaf.origin, entries: more, open: leaf.open };
  });
}

/** What an author wrote goes before what a transform makes. */
function addressed(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const byAddress = new Map(resources.filter((resource) => resource.address === resource.family).map((resource) => [resource.address, resource]));
  for (const resource of resources) if (!byAddress.has(resource.family)) byAddress.set(resource.family, resource);
  return byAddress;
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

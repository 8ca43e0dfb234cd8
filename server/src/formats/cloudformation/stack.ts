import { flatMap } from '../../base/flat-map.ts';
import { parametersInSecrets } from './secret-uses.ts';
import { TRUE } from '../../base/guard.ts';
import { finished } from '../../base/steps.ts';
import { note } from '../../base/reads.ts';
import { isolated } from '../../base/isolation.ts';
import type { ContentFacts } from '../../model/content.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Output, Parameter, Resource, Stack } from '../../model/resource.ts';
import type { EditPlace } from '../../model/value.ts';
import { pairOf, valueOf, type Node } from '../../syntax/tree.ts';
import {
  addressQuestion,
  asking,
  askingIfNoted,
  OUTPUTS_QUESTION,
  PARAMETERS_QUESTION,
  POLICIES_QUESTION,
  RESOURCES_QUESTION,
} from '../../model/question.ts';
import { inputOf } from '../inputs.ts';
import { plainValue } from '../plain.ts';
import { Relations } from '../relations/relations.ts';
import { templateContent } from './content.ts';
import type { Template } from './evaluate.ts';
import { templateExpressionAt } from './expressions.ts';
import { outputsOf } from './outputs.ts';
import { TemplateReading, type TemplateSource } from './reading.ts';
import type { ResourceParts } from './resource.ts';
import { resourcesFrom } from './resources-from.ts';

/** A template in the form for rules. */
export interface TemplateStack {
  readonly stack: Stack;
  /** The template and the nested ones, one for each document. */
  readonly templates: readonly Template[];
  /** The number of evaluated nodes so far. */
  evaluations(): number;
  /** Whether something was omitted so far because of a limit. */
  exhausted(): boolean;
}

/** Reads a template with its nested templates. */
export function templateStack(source: TemplateSource): TemplateStack {
  return finished(readingTemplate(source));
}

/** Does `templateStack` in steps. */
export function* readingTemplate(source: TemplateSource): Generator<void, TemplateStack, undefined> {
  const resources: Resource[] = [];
  let relations: Relations | undefined;
  let facts: ContentFacts | undefined;
  const relate: ResourceParts['relate'] = (resource, kind) =>
    (relations ??= new Relations(resources, source.linksOf, closed, () => facts)).related(resource, kind);
  const whole = yield* TemplateReading.starting(source, relate, {
    prefix: '',
    when: TRUE,
    ...(source.inputs ? { inputs: source.inputs } : {}),
  });
  yield* whole.making();
  const readings = [...whole.all()];
  yield;
  for (const { template } of readings)
    if (valueOf(template.root, 'Parameters')) yield* parametersInSecrets.steps(template);
  for (const reading of readings) for (const resource of reading.resources) resources.push(resource);
  const closed = readings.every((reading) => reading.closed);
  const byAddress = addressed(resources);
  const documents = [...new Set(readings.map(({ source: { tree } }) => tree.doc))];
  let policies: PolicyDocument[] | undefined;
  let parameters: readonly Parameter[] | undefined;
  let outputs: readonly Output[] | undefined;
  const stack: Stack = {
    format: source.format,
    documents,
    get resources() {
      return asking(RESOURCES_QUESTION, resources);
    },
    get policies() {
      note(POLICIES_QUESTION);
      return (policies ??= flatMap(resources, (resource) =>
        isolated(
          () => resource.self.origin.use,
          () => resource.policies().documents,
          () => [],
        ),
      ));
    },
    get parameters() {
      note(PARAMETERS_QUESTION);
      return (parameters ??= flatMap(
        readings.filter(
          ({ source: { tree } }, index) => readings.findIndex((other) => other.source.tree === tree) === index,
        ),
        ({ template, source: { generated }, isMadeByCdk }) =>
          inputsOf(template, generated || isMadeByCdk ? 'generated' : 'here'),
      ));
    },
    get outputs() {
      note(OUTPUTS_QUESTION);
      return (outputs ??= outputsOf(whole.template, source.generated || whole.isMadeByCdk));
    },
    closed,
    within: whole.within,
    ...(source.stated ? { stated: source.stated } : {}),
    byAddress: (address) => askingIfNoted(() => addressQuestion(address), byAddress.get(address)),
    content: (before) => templateContent(whole, before),
    remember: (known) => {
      facts = known;
    },
    facts: () => facts,
    generatorOf: (doc) =>
      readings.some(({ source: { tree }, isMadeByCdk }) => isMadeByCdk && tree.doc === doc) ? 'the AWS CDK' : undefined,
    expressionAt: (doc, offset) => {
      const reading = readings.find(({ source: { tree } }) => tree.doc === doc);
      return reading && templateExpressionAt(reading.template, offset);
    },
    resourcesFrom: resourcesFrom(
      resources,
      readings.map(({ source: { tree } }) => tree),
    ),
  };
  return {
    stack,
    templates: documents.map((doc) => readings.find((reading) => reading.source.tree.doc === doc)!.template),
    evaluations: () => readings.reduce((sum, { template }) => sum + template.evaluations, 0),
    exhausted: () => readings.some(({ template }) => template.exhausted),
  };
}

/** Resources that an author wrote come before generated ones. */
function addressed(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const byAddress = new Map(
    resources
      .filter((resource) => resource.address === resource.family)
      .map((resource) => [resource.address, resource]),
  );
  for (const resource of resources) if (!byAddress.has(resource.family)) byAddress.set(resource.family, resource);
  return byAddress;
}

/** Types of numbers, and of names of resources, which are not secret. */
const HARMLESS_TYPE = /^(?:List<)?(?:Number|AWS::(?!SSM::)[\w:]+|AWS::SSM::Parameter::Name)>?$/;

/**
 * Whether a parameter is an ARN, such as that of a secret, by the pattern of its values or by its description. The
 * pattern can also allow an empty string: `^$|^arn:`.
 */
function isArn(pattern: string, description: string): boolean {
  return /^[\^$|()?:]*arn[:[]/.test(pattern) || /\bARN\b/i.test(description);
}

/**
 * Whether the name of a property means that something is generated, such as `GenerateSecret`. `GeneratedPassword` is a
 * password.
 */
function turnsOnGeneration(name: string): boolean {
  const [, what] = name.toLowerCase().split('generate');
  return what !== undefined && /^_?[a-z]+$/.test(what) && !/^_?d/.test(what);
}

/** Whether a parameter only turns something on or off. */
function isSwitch(name: string, allowed: Node | undefined): boolean {
  if (turnsOnGeneration(name)) return true;
  return (
    allowed?.kind === 'list' &&
    allowed.items.length > 0 &&
    allowed.items.every(({ value }) => /^(?:true|false|yes|no|on|off|enabled?|disabled?)$/i.test(textOf(value)))
  );
}

/** The parameters of a template. The default of a Systems Manager parameter is a name, not a value. */
function inputsOf(template: Template, edit: EditPlace): readonly Parameter[] {
  const { tree, root, parameters } = template;
  const section = valueOf(root, 'Parameters');
  if (section?.kind !== 'map') return [];
  const inSecrets = parametersInSecrets(template);
  return section.pairs.map((pair) => {
    const text = (name: string): string => textOf(valueOf(pair.value, name));
    const isName = text('Type').startsWith('AWS::SSM::Parameter::');
    const secret = text('NoEcho').toLowerCase() === 'true';
    const { domain, value } = parameters.get(pair.name) ?? {};
    // If a value is given, other allowed values are not possible.
    const allowed = valueOf(pair.value, 'AllowedValues');
    const others = [
      ...(domain?.values ?? []),
      value,
      ...(allowed?.kind === 'list' ? allowed.items.map((item) => plainValue(tree, item.value)) : []),
    ].filter((other) => other !== undefined);
    return {
      ...inputOf(tree, pair, pair.name, secret, isName ? undefined : pairOf(pair.value, 'Default'), pair.value, edit),
      others,
      inSecret: inSecrets.has(pair.name),
      harmless:
        HARMLESS_TYPE.test(text('Type')) ||
        isArn(text('AllowedPattern'), text('Description')) ||
        isSwitch(pair.name, allowed),
    };
  });
}

function textOf(node: Node | undefined): string {
  return node?.kind === 'scalar' ? node.value : '';
}

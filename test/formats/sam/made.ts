/** The result of the SAM transform for templates, as text. */
import type { Truth } from '../../../server/src/base/guard.ts';
import { templateStack } from '../../../server/src/formats/cloudformation/stack.ts';
import { carriersByType, type PolicyLocations } from '../../../server/src/formats/policy-locations.ts';
import type { SamConnectors } from '../../../server/src/formats/sam/connectors.ts';
import type { SamMapping, SamPolicies } from '../../../server/src/formats/sam/mapping.ts';
import { samTransformation } from '../../../server/src/formats/sam/transform.ts';
import { itemsOf, leaves } from '../../../server/src/model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../../server/src/model/policy.ts';
import type { Resource, Stack } from '../../../server/src/model/resource.ts';
import type { Leaf, Value } from '../../../server/src/model/value.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { data } from '../../schemas/data.ts';
import { valueText, whenText } from '../template-values.ts';
import { ALL_LINKS } from '../../kit/all-links.ts';

export const MAPPING = data<SamMapping>('sam/resources');
const DATA = {
  mapping: MAPPING,
  policies: data<SamPolicies>('sam/policies'),
  connectors: data<SamConnectors>('sam/connectors'),
};
const CARRIERS = carriersByType(data<PolicyLocations>('iam/locations'));

export const HEAD = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
`;

/** The stack of a template of which the head is left out. */
export function stackOf(text: string): Stack {
  return wholeStackOf(HEAD + text);
}

export function wholeStackOf(text: string): Stack {
  const tree = parse('file:///t.yaml', text);
  return templateStack({
    tree,
    format: 'sam',
    carriers: CARRIERS,
    linksOf: ALL_LINKS,
    generated: false,
    transformation: samTransformation(tree, DATA),
  }).stack;
}

/** The resource with a logical id of its own, or one that the transform gives. */
export function resourceOf(text: string, family: string): Resource {
  const found = stackOf(text).resources.find((resource) => resource.family === family);
  if (!found) throw new Error(`There is no ${family}.`);
  return found;
}

export function existsText({ yes, no }: Truth): string {
  return yes.satisfiable() ? whenText(yes, []) : no.isAlways() ? ' never' : ' perhaps';
}

/** A line for each resource: its logical id, its type, and where it is there. */
export function resourceLines(text: string): readonly string[] {
  return stackOf(text).resources.map((resource) => `${resource.family} ${resource.type}${existsText(resource.when)}`);
}

/** The text that stands at the place of a value, of each thing that it can be. */
export function textAt(text: string, resource: Resource, path: string): string {
  const { use } = resource.get(path).origin;
  return (HEAD + text).slice(use.start, use.end);
}

export function propertyText(resource: Resource, path: string): string {
  return valueText(resource.get(path), []);
}

/** The names of the managed policies of a role, and where it has them. */
export function managedNames(role: Resource): readonly string[] {
  return itemsOf(role.get('ManagedPolicyArns')).items.map(
    ({ value, when }) => `${plainText(value).replace(/^.*\//, '')}${existsText(when)}`,
  );
}

/**
 * A line for each policy of a resource but those of trust: its name if it has one, and what each statement allows on
 * what.
 */
export function policyLines(resource: Resource): readonly string[] {
  const names = itemsOf(resource.get('Policies')).items.map(({ value }) =>
    value.state === 'object' ? plainText(value.entries.find(({ key }) => key === 'PolicyName')!.value) : '?',
  );
  const documents = resource.policies().documents.filter(({ kind }) => kind !== 'trust');
  return documents.map(
    (document, index) => `${names[index] === undefined ? '' : `${names[index]}: `}${statementsText(document)}`,
  );
}

function statementsText({ statements, complete }: PolicyDocument): string {
  return [...statements.map(statementText), ...(complete.yes.isAlways() ? [] : ['…'])].join('; ');
}

function statementText({ effect, actions, resources, principals, conditions, when }: Statement): string {
  const effectText = plainText(effect) === 'Allow' ? '' : `${plainText(effect)} `;
  const whom = principals.state === 'absent' ? '' : ` for ${plainText(principals)}`;
  const limits = conditions.map(({ operator, key }: Condition) => ` where ${operator} ${key}`).join('');
  return `${effectText}${plainText(actions)} on ${plainText(resources)}${whom}${limits}${existsText(when)}`;
}

/** A value as text without quotes: what is not known is a question mark. */
export function plainText(value: Value): string {
  return leaves(value)
    .map(({ guard, value: leaf }) => `${plainLeaf(leaf)}${whenText(guard, [])}`)
    .join(' | ');
}

function plainLeaf(leaf: Leaf): string {
  switch (leaf.state) {
    case 'known':
      return leaf.raw;
    case 'template':
      return leaf.pieces.map((piece) => (typeof piece === 'string' ? piece : plainLeaf(piece))).join('');
    case 'reference':
      return leaf.attribute === undefined ? leaf.to : `${leaf.to}.${leaf.attribute}`;
    case 'list':
      return leaf.items.map((item) => plainText(item.value)).join(' ');
    case 'object':
      return leaf.entries.map((entry) => `${entry.key} ${plainText(entry.value)}`).join(' ');
    default:
      return '?';
  }
}

/** What the transform of SAM makes of templates, as text. */
import type { Truth } from '../../../server/src/base/guard.ts';
import { templateStack } from '../../../server/src/formats/cloudformation/stack.ts';
import { carriersByType, type PolicyLocations } from '../../../server/src/formats/policy-locations.ts';
import type { SamConnectors } from '../../../server/src/formats/sam/connectors.ts';
import type { SamMapping, SamPolicies } from '../../../server/src/formats/sam/mapping.ts';
import { samTransformation } from '../../../server/src/formats/sam/transform.ts';
import type { Resource, Stack } from '../../../server/src/model/resource.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { data } from '../../schemas/data.ts';
import { valueText, whenText } from '../template-values.ts';

export const MAPPING = data<SamMapping>('sam/resources');
const DATA = { mapping: MAPPING, policies: data<SamPolicies>('sam/policies'), connectors: data<SamConnectors>('sam/connectors') };
const CARRIERS = carriersByType(data<PolicyLocations>('iam/locations'));

export const HEAD = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
`;

/** The stack of a template of which the head is left out. */
export function stackOf(text: string): Stack {
  const tree = parse('file:///t.yaml', HEAD + text);
  return templateStack({ tree, format: 'sam', carriers: CARRIERS, generated: false, transformation: samTransformation(tree, DATA) }).stack;
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
  return stackOf(text).resources.map((resource) => `${resource.family} ${resource.type}${existsText(resource.exists)}`);
}

/** The text that stands at the place of a value, of each thing that it can be. */
export function textAt(text: string, resource: Resource, path: string): string {
  const { use } = resource.get(path).origin;
  return (HEAD + text).slice(use.start, use.end);
}

export function propertyText(resource: Resource, path: string): string {
  return valueText(resource.get(path), []);
}

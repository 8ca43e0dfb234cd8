import { pairOf, resolved, valueOf, type MapNode, type Node, type Tree } from '../../../syntax/tree.ts';
import { callOf } from '../call.ts';
import { isOrgFormation } from '../org-formation.ts';
import { isSection, isSectionOfParts } from '../sections.ts';
import { REJECTED, type Missing, type ReportProblem } from './report.ts';

/**
 * Whether a template is the input of a tool that generates CloudFormation templates: it has other sections, directives
 * of Rain, the format version of org-formation, or a resource whose type is not a string.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 * https://aws-cloudformation.github.io/rain/
 */
export function isForAnotherTool(tree: Tree, template: MapNode): boolean {
  if (!template.pairs.every(({ name }) => isSection(name)) || tree.text.includes('Rain::') || isOrgFormation(template))
    return true;
  const resources = valueOf(template, 'Resources');
  return (
    resources?.kind === 'map' &&
    resources.pairs.some(({ value }) => {
      const type = valueOf(value, 'Type');
      return type !== undefined && type.kind !== 'scalar';
    })
  );
}

/** The smallest number of undefined names in a part of a template. */
const MANY = 3;

/**
 * Whether a file with a format version is still a part of a template: it has no other section of a complete
 * template, and refers to several names of all kinds that it does not define.
 */
export function isPart(template: MapNode, missing: readonly Missing[]): boolean {
  const names = new Set(missing.map(({ kind, name }) => `${kind} ${name}`));
  return (
    names.size >= MANY &&
    missing.some(({ kind }) => kind === 'name') &&
    missing.some(({ kind }) => kind !== 'name') &&
    template.pairs.every(({ name }) => isSectionOfParts(name) || name === 'AWSTemplateFormatVersion')
  );
}

/**
 * The required keys of a section's members.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
export function checkMembers(template: MapNode, report: ReportProblem): void {
  members(template, 'Resources', (key, name, body) => {
    if (!pairOf(body, 'Type'))
      report(key, `The resource ${name} has no Type. ${REJECTED}; add one, such as AWS::S3::Bucket.`);
  });
  members(template, 'Outputs', (key, name, body) => {
    if (!pairOf(body, 'Value')) report(key, `The output ${name} has no Value. ${REJECTED}; add one.`);
  });
  members(template, 'Rules', (key, name, body) => {
    const assertions = resolved(pairOf(body, 'Assertions')?.value);
    if (!assertions) return report(key, `The rule ${name} has no Assertions. ${REJECTED}; add assertions.`);
    if (assertions.kind !== 'list' || callOf(assertions)) return;
    for (const { value } of assertions.items) {
      const assertion = resolved(value);
      if (assertion?.kind === 'map' && !callOf(assertion) && !isMerged(assertion) && !pairOf(assertion, 'Assert'))
        report(
          assertion.pairs[0]?.key ?? assertion,
          `This assertion of the rule ${name} has no Assert. ${REJECTED}; add a condition.`,
        );
    }
  });
}

/** The members of a section that are literal maps. */
function members(template: MapNode, section: string, each: (key: Node, name: string, body: MapNode) => void): void {
  const node = valueOf(template, section);
  if (node?.kind !== 'map' || callOf(node)?.short) return;
  for (const { key, name, value } of node.pairs) {
    const body = resolved(value);
    if (body?.kind === 'map' && name !== '<<' && !name.startsWith('Fn::') && !callOf(body) && !isMerged(body))
      each(key, name, body);
  }
}

/** Whether a map can have more keys than those in the source. */
function isMerged(map: MapNode): boolean {
  return map.pairs.some(({ name }) => name === '<<' || name.startsWith('Fn::'));
}

/**
 * The maximum number of members of each section.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const LIMITS: Readonly<Record<string, number>> = { Parameters: 200, Mappings: 200, Resources: 500, Outputs: 200 };

/** Sections with more members than CloudFormation allows. */
export function checkLimits(template: MapNode, report: ReportProblem): void {
  for (const [section, most] of Object.entries(LIMITS)) {
    const pair = pairOf(template, section);
    const node = resolved(pair?.value);
    if (pair && node?.kind === 'map' && node.pairs.length > most)
      report(
        pair.key,
        `${section} has ${node.pairs.length} members; the quota is ${most}. ${REJECTED}; split the template.`,
      );
  }
}

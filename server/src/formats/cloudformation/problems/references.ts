import { flatMap } from '../../../base/flat-map.ts';
import { resolved, type Node, type Tree } from '../../../syntax/tree.ts';
import { unclosedIn } from '../unclosed.ts';
import { callOf, type IntrinsicCall } from '../call.ts';
import { getAttNamed, refNamed, type NamedReference } from '../named-resource.ts';
import type { DefinedNames } from './names.ts';
import type { SubPlaceholder, Substitution } from './placeholders.ts';
import { REJECTED, type ReportProblem } from './report.ts';
import type { Visit } from './walk.ts';

/**
 * Undefined names in Ref, Fn::GetAtt and Fn::Sub. CloudFormation checks both branches of Fn::If.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getatt.html
 */
export function checkReference({ call, place, substitution }: Visit, names: DefinedNames, report: ReportProblem): void {
  if (place.section === 'Conditions') return checkCondition(call, substitution, names, report);
  if (place.section !== 'Outputs' && place.attribute !== 'Properties') return;
  if (call.name === 'Ref') {
    const ref = refNamed(call);
    if (ref && names.isNothing(ref.name))
      report(
        ref.at,
        `There is no parameter or resource named ${ref.name}. ${REJECTED}; define it or correct the name.`,
        { kind: 'name', name: ref.name },
      );
  } else if (call.name === 'Fn::GetAtt') {
    const resource = getAttNamed(call);
    if (resource) checkAttribute(resource, names, report);
  } else if (substitution) {
    for (const placeholder of unresolved(substitution)) checkPlaceholder(placeholder, names, report);
  }
}

/** The well-formed placeholders of a call, except those of its own variables. */
function unresolved({ placeholders, variables }: Substitution): readonly SubPlaceholder[] {
  return variables ? placeholders.filter(({ name }) => isName(name) && !variables.has(name)) : [];
}

function checkAttribute({ name, at }: NamedReference, names: DefinedNames, report: ReportProblem): void {
  if (!names.isNoResource(name)) return;
  if (names.isParameter(name))
    report(at, `${name} is a parameter, which has no attributes. ${REJECTED}; refer to it with Ref.`);
  else
    report(at, `There is no resource named ${name}. ${REJECTED}; define it or correct the name.`, {
      kind: 'name',
      name,
    });
}

function checkPlaceholder({ name, start, end }: SubPlaceholder, names: DefinedNames, report: ReportProblem): void {
  const at = { start, end };
  const dot = name.indexOf('.');
  if (dot >= 0) checkAttribute({ name: name.slice(0, dot), at }, names, report);
  else if (names.isNothing(name))
    report(
      at,
      `There is no parameter, resource or variable named ${name}. ${REJECTED}; define it, or write \${!${name}} for literal text.`,
      { kind: 'name', name },
    );
}

/**
 * References to resources in conditions, which are evaluated before resources exist.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html
 */
function checkCondition(
  call: IntrinsicCall,
  substitution: Substitution | undefined,
  names: DefinedNames,
  report: ReportProblem,
): void {
  const check = ({ name, at }: NamedReference): void => {
    if (names.resources.has(name) && !names.isParameter(name))
      report(
        at,
        `A condition cannot depend on the resource ${name}, because conditions are evaluated before resources are created. ${REJECTED}; compare parameters instead.`,
      );
    else if (names.isNothing(name))
      report(at, `There is no parameter named ${name}. ${REJECTED}; define it or correct the name.`, {
        kind: 'name',
        name,
      });
  };
  if (call.name === 'Ref' || call.name === 'Fn::GetAtt') {
    const named = call.name === 'Ref' ? refNamed(call) : getAttNamed(call);
    if (named) check(named);
  } else if (substitution) {
    for (const { name, start, end } of unresolved(substitution))
      check({ name: name.split('.', 1)[0]!, at: { start, end } });
  }
}

/**
 * Whether a placeholder has a valid name for Fn::Sub. For others, CloudFormation reports: "variable names in Fn::Sub
 * syntax must contain only alphanumeric characters, underscores, periods, and colons".
 */
function isName(text: string): boolean {
  return /^[\w.:]+$/.test(text);
}

/** Placeholders with an invalid name, or without a closing brace. */
export function checkPlaceholders(
  tree: Tree,
  { substitution, place }: Visit,
  names: DefinedNames,
  report: ReportProblem,
): void {
  if (!substitution || place.attribute === 'Metadata') return;
  // Preprocessors can replace some placeholders, but none without a closing brace.
  for (const { name, start, end } of names.part ? [] : substitution.placeholders) {
    if (isName(name)) continue;
    const what =
      name === ''
        ? 'This placeholder of Fn::Sub is empty'
        : 'This placeholder of Fn::Sub is not a name of letters, digits, underscores, periods and colons';
    report({ start, end }, `${what}. ${REJECTED}; correct it, or write \${! instead of \${ for literal text.`);
  }
  const { unclosed, variables } = substitution;
  const name = unclosed && unclosedIn(tree.text.slice(unclosed.start, unclosed.end))?.name;
  if (name !== undefined && (names.isParameter(name) || names.resources.has(name) || variables?.has(name))) {
    report(
      { start: unclosed!.start, end: unclosed!.start + 2 },
      `The placeholder of ${name} is not closed, so CloudFormation keeps \${${name} as literal text; add the missing brace.`,
    );
  }
}

/**
 * References to undefined resources in DependsOn.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html
 */
export function checkDependsOn(body: Node | undefined, names: DefinedNames, report: ReportProblem): void {
  for (const { name, at } of dependsOn(body)) {
    if (!names.isNoResource(name)) continue;
    const what = names.isParameter(name)
      ? `${name} is a parameter, but DependsOn requires a resource`
      : `There is no resource named ${name} to depend on`;
    report(
      at,
      `${what}. ${REJECTED}; correct the name or remove it.`,
      names.isParameter(name) ? undefined : { kind: 'name', name },
    );
  }
}

/** The resources in the DependsOn of a resource. */
export function dependsOn(body: Node | undefined): readonly NamedReference[] {
  if (body?.kind !== 'map') return [];
  const value = resolved(body.pairs.findLast(({ name }) => name === 'DependsOn')?.value);
  if (!value || callOf(value)) return [];
  const nodes = value.kind === 'list' ? value.items.map((item) => item.value) : [value];
  return flatMap(nodes, (node) =>
    node.kind === 'scalar' && !callOf(node) && node.value !== '' ? [{ name: node.value, at: node }] : [],
  );
}

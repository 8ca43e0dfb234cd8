import type { Problem } from '../../../model/finding.ts';
import type { MapNode } from '../../../syntax/tree.ts';
import { spanOf } from '../../located.ts';
import type { IntrinsicCall } from '../call.ts';
import type { Template } from '../evaluate.ts';
import { INTRINSICS } from '../intrinsics.ts';
import { hasLoops, hasMacros } from '../macros.ts';
import { checkArguments } from './arguments.ts';
import { DependencyCycles } from './cycles.ts';
import { checkComparison } from './comparisons.ts';
import { circularConditions, ConditionNames } from './conditions.ts';
import { checkLoops } from './loops.ts';
import { checkFixedSection, checkLookup, checkMappings } from './mappings.ts';
import { DefinedNames } from './names.ts';
import { checkParameters } from './parameters.ts';
import { checkDependsOn, checkPlaceholders, checkReference } from './references.ts';
import type { Missing, ReportProblem } from './report.ts';
import { checkLimits, checkMembers, isForAnotherTool, isPart } from './sections.ts';
import { walking } from './walk.ts';

/**
 * The problems of a template, in document order: errors for which CloudFormation certainly rejects it, and values that
 * are certainly unintended. Templates with macros, which can change everything, templates for a preprocessor, and
 * templates with syntax errors, which can hide definitions, are not checked. In a template with loops, which generate
 * names, only the loops are checked. Yields between parts of the template.
 */
export function* findingProblems(template: Template): Generator<void, readonly Problem[], undefined> {
  const { tree, root } = template;
  if (root?.kind !== 'map' || tree.problems.length > 0 || isForAnotherTool(tree, root) || hasMacros(root)) return [];
  const problems: Problem[] = [];
  const missing = new Map<Problem, Missing>();
  const report: ReportProblem = (at, message, name) => {
    const problem: Problem = { at: spanOf(tree, at), message, kind: 'document' };
    problems.push(problem);
    if (name) missing.set(problem, name);
  };
  if (hasLoops(tree)) checkLoops(root, report);
  else if (!(yield* checkingAll(template, root, report))) return [];
  return (isPart(root, [...missing.values()]) ? problems.filter((one) => !missing.has(one)) : problems).sort(
    (a, b) => a.at.start - b.at.start || a.at.end - b.at.end,
  );
}

/** Checks all parts of a template; false if it contains calls that are not CloudFormation functions. */
function* checkingAll(
  { tree, conditions }: Template,
  root: MapNode,
  report: ReportProblem,
): Generator<void, boolean, undefined> {
  const names = new DefinedNames(tree, root);
  const conditionNames = new ConditionNames(root, report);
  const dependencies = new DependencyCycles(names);
  let understood = true;
  yield* walking(tree, root, (visit) => {
    understood &&= isFunction(visit.call);
    conditionNames.visit(visit);
    checkReference(visit, names, report);
    checkPlaceholders(tree, visit, names, report);
    checkArguments(visit, names, report);
    checkLookup(visit, names, report);
    checkFixedSection(visit, report);
    checkComparison(visit, names, report);
    dependencies.visit(visit);
  });
  yield;
  circularConditions(root, report);
  dependencies.report(report, (condition) => conditions.named(condition).yes.satisfiable());
  for (const { value } of names.resources.values()) checkDependsOn(value, names, report);
  checkMembers(root, report);
  checkMappings(root, report);
  checkParameters(root, report);
  checkLimits(root, report);
  return understood;
}

/** Whether a call is a CloudFormation function; other tags belong to a preprocessor. */
function isFunction({ name, short }: IntrinsicCall): boolean {
  return !short || INTRINSICS.has(name);
}

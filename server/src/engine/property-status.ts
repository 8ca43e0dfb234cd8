/** What rules find about the properties of a resource, for cards. */
import { Interrupted } from '../base/budget.ts';
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import type { Status } from '../hover/card.ts';
import { propertyReadBy } from '../hover/read-properties.ts';
import { all, any, judgement } from '../model/judgement.ts';
import { never } from '../model/quantified.ts';
import type { Resource, Stack } from '../model/resource.ts';
import { RULES } from '../rules/index.ts';
import type { AnyRule, Context, ResourceCheck } from '../rules/rule.ts';
import type { AnalysisOptions } from './analysis.ts';
import { contextOf } from './rule-context.ts';
import { documentRules } from './configured-rules.ts';
import type { Documents } from './documents.ts';
import { rulesFor } from './rules-by-subject.ts';
import { actionsIn, iamIn } from './service-data.ts';

type ResourceRule = AnyRule & ResourceCheck<never>;

/**
 * Returns what the rules that are on for a resource find about a property, in any scenario; undefined if no rule is
 * about it.
 */
export function propertyStatus(
  stack: Stack,
  documents: Documents,
  options: AnalysisOptions,
): (resource: Resource, path: string) => Status | undefined {
  const context = contextOf(stack, {
    configuration: options.configuration,
    actions: actionsIn(documents),
    iam: iamIn(documents),
  });
  const statuses = memoize((resource: Resource) => statusesOf(resource, stack, options, context));
  return (resource, path) => {
    const found = statuses(resource)
      .filter(({ about }) => `${path}.`.startsWith(`${about}.`) || about.startsWith(`${path}.`))
      .map(({ status }) => status);
    return (['wrong', 'unknown', 'good'] as const).find((status) => found.includes(status));
  };
}

interface RuleStatus {
  /** The path of the property that the rule is about. */
  readonly about: string;
  readonly status: Status;
}

function statusesOf(
  resource: Resource,
  stack: Stack,
  options: AnalysisOptions,
  context: Context,
): readonly RuleStatus[] {
  const doc = resource.parts[0]?.doc ?? stack.documents[0]!;
  const { isOn } = documentRules(options, doc);
  const rules = rulesFor(RULES, stack.format).ofResources.get(resource.type) ?? [];
  return flatMap(rules.filter(isOn), (rule): readonly RuleStatus[] => {
    const about = propertyReadBy(rule, resource.type);
    const status = about === undefined ? undefined : statusOf(rule, resource, context);
    return about !== undefined && status ? [{ about, status }] : [];
  });
}

/** What a rule finds; undefined if it fails, and for a resource that never exists, which is not good either. */
function statusOf(rule: ResourceRule, resource: Resource, context: Context): Status | undefined {
  if (never(judgement(resource.when))) return undefined;
  try {
    const violations = flatMap([...rule.check(resource as never, context)], (report) => report.violations);
    const wrong = all(judgement(resource.when), any(...violations.map((violation) => violation.wrong)));
    if (wrong.yes.satisfiable()) return 'wrong';
    return wrong.no.isAlways() ? 'good' : 'unknown';
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return undefined;
  }
}

/** Whether the findings after a fix are those that the fix says it uncovers. */
import type { Reader } from '../../server/src/base/snapshot.ts';
import type { Range, Span, Uri } from '../../server/src/base/span.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { inspect } from '../../server/src/engine/inspect.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import type { Finding, LoweredFix, TextEdit } from '../../server/src/model/finding.ts';
import { SEVERITIES } from '../../server/src/model/severity.ts';
import type { Resource } from '../../server/src/model/resource.ts';
import type { RelationKind } from '../../server/src/model/relation.ts';
import { itemsOfProperty, leaves } from '../../server/src/model/navigate.ts';
import type { Value } from '../../server/src/model/value.ts';
import { RULES } from '../../server/src/rules/index.ts';

/** The places of policies that a fix has changed, in the documents as they are after it. */
export interface ChangedPolicies {
  readonly policies: readonly Span[];
  readonly statements: readonly Span[];
  /** The addresses of who has one of them, as a policy or as a boundary, by reference or by name. */
  readonly holders: ReadonlySet<string>;
  /**
   * The addresses of the hosts and holders with a policy that limits their other policies: it denies, or is a
   * permissions boundary.
   */
  readonly limited: ReadonlySet<string>;
  /** What is written at a place after the fix. */
  readonly textAt: (at: Span) => string;
}

export function changedPolicies(
  after: Reader,
  named: readonly Uri[],
  options: AnalysisOptions,
  fix: LoweredFix,
): ChangedPolicies {
  const cache = new ParseCache();
  const attached = new Set<string>();
  const changed = [...new Set(fix.edits.map(({ doc }) => doc))].flatMap((doc) => {
    const ranges = rangesAfter(fix.edits.filter((edit) => edit.doc === doc));
    const stack = inspect(collect(after, [doc, ...named], options, cache), doc, options, cache)?.stack;
    const policies = stack?.policies ?? [];
    const isChanged = (place: Span): boolean =>
      place.doc === doc && ranges.some((range) => range.start <= place.end && range.end >= place.start);
    // A policy that is named by its ARN alone stands in no policy of the stack.
    for (const resource of stack?.resources ?? [])
      if (itemsOfProperty(resource.get('ManagedPolicyArns')).items.some(({ value }) => spansOf(value).some(isChanged)))
        attached.add(resource.address);
    return policies
      .map(({ value, statements, host }) => ({
        holders: holdersOf(host),
        bounded: host.related('boundary-of').edges.map(({ resource }) => resource.address),
        denies: statements.some(({ effect }) =>
          leaves(effect).some((leaf) => leaf.value.state === 'known' && leaf.value.value === 'Deny'),
        ),
        policies: spansOf(value),
        statements: statements.flatMap((statement) => spansOf(statement.value)),
      }))
      .filter((one) => [...one.policies, ...one.statements].some(isChanged));
  });
  const textAt = ({ doc, start, end }: Span): string => {
    const answer = after.file(doc);
    return answer.kind === 'text' ? answer.text.slice(start, end) : '';
  };
  return {
    policies: changed.flatMap(({ policies }) => policies),
    statements: changed.flatMap(({ statements }) => statements),
    holders: new Set([...attached, ...changed.flatMap(({ holders, bounded }) => [...holders, ...bounded])]),
    limited: new Set(changed.flatMap(({ holders, bounded, denies }) => [...(denies ? holders : []), ...bounded])),
    textAt,
  };
}

/** The addresses of the resource that has a policy, and of those that it is attached to. */
function holdersOf(host: Resource): readonly string[] {
  return [host.address, ...HOLDERS.flatMap((kind) => host.related(kind).edges.map(({ resource }) => resource.address))];
}

const HOLDERS = [
  'policy-roles',
  'policy-users',
  'policy-groups',
  'policy-permission-sets',
] as const satisfies readonly RelationKind[];

/**
 * Whether a finding that a fix brings is one that it says it uncovers. Where a part is left of what was allowed, that
 * lies within a statement, and not at the policy as a whole as its length does, and is no graver than what was fixed; a
 * service that the title says is stopped lacks the permission then. Where something has an effect now, it lies in the
 * policy, or is about what it allows others, or about the remaining permissions of other policies that it limits.
 */
export function isUncovered(
  { uncovers, title }: LoweredFix,
  fixed: Finding,
  fresh: Finding,
  changed: () => ChangedPolicies,
): boolean {
  // What stands for several of one cause lies where any of them does.
  const liesIn = (places: readonly Span[]): boolean =>
    [fresh.at, ...fresh.related.map((one) => one.at)].some((at) =>
      places.some(({ doc, start, end }) => doc === at.doc && start <= at.start && at.end <= end),
    );
  // Once it is corrected, a statement can be equal to another one. Nothing about its permissions is new.
  if (fresh.rule === 'iam-policy-duplicate-statement' && liesIn(changed().policies)) return true;
  switch (uncovers) {
    case 'part':
      return isNoGraver(fresh, fixed) && (liesIn(changed().statements) || isInCost(title, fresh));
    // What names a policy of AWS stands for that.
    case 'effect':
      return (
        // A setting has no policy, and other rules check its resource once it is on.
        (fresh.resource === fixed.resource && (fresh.path === fixed.path || changed().policies.length === 0)) ||
        liesIn([...changed().policies, ...changed().statements]) ||
        (fresh.resource !== null && changed().limited.has(fresh.resource) && isNoGraver(fresh, fixed)) ||
        isAboutOthersWith(fixed, fresh, changed())
      );
    default:
      return false;
  }
}

/** What is only possible weighs less than what is certain, whichever is graver. */
function isNoGraver(fresh: Finding, fixed: Finding): boolean {
  return (
    SEVERITIES.indexOf(fresh.severity) >= SEVERITIES.indexOf(fixed.severity) ||
    (fresh.certainty === 'possible' && fixed.certainty === 'certain')
  );
}

/**
 * Whether a finding is about policies together, and about what was fixed: of whom it is a policy or a boundary, or
 * named in its words or at a related place, as who may pass a role may do what that role is given.
 */
function isAboutOthersWith(
  { resource }: Finding,
  { rule, subjects, message, related }: Finding,
  { holders, textAt }: ChangedPolicies,
): boolean {
  if (resource === null || !TOGETHER.has(rule)) return false;
  return (
    subjects.some((subject) => subject === resource || holders.has(subject)) ||
    [message, ...related.map(({ at }) => textAt(at))].some((text) => text.split(/[^\w.-]+/).includes(resource))
  );
}

/** The rules that look at more than one resource or policy. */
const TOGETHER: ReadonlySet<string> = new Set(
  RULES.filter(({ on }) => on === 'identity' || on === 'stack').map(({ id }) => id),
);

/**
 * Whether a finding says that a service lacks a permission which the title of a fix says that it loses: `…; stops
 * events.amazonaws.com)`.
 */
function isInCost(title: string, { rule, message }: Finding): boolean {
  const stopped = /; stops (.+)\)$/.exec(title)?.[1] ?? '';
  return (
    rule === 'iam-resource-policy-service-missing' &&
    [...stopped.matchAll(/[\w.-]+\.amazonaws\.com/g)].some(([service]) => message.includes(service))
  );
}

/** Where what the edits of one document write stands afterwards. */
export function rangesAfter(edits: readonly TextEdit[]): readonly Range[] {
  let moved = 0;
  return edits
    .toSorted((a, b) => a.range.start - b.range.start)
    .map(({ range, newText }) => {
      const start = range.start + moved;
      moved += newText.length - (range.end - range.start);
      return { start, end: start + newText.length };
    });
}

/** Where a value stands, and its key, at which what is missing in it is marked. */
function spansOf(value: Value): readonly Span[] {
  return leaves(value).flatMap(
    ({
      value: {
        origin: { use, def, key },
      },
    }) => [use, ...(def ? [def] : []), ...(key ? [key] : [])],
  );
}

/**
 * What several policies allow together: what some statement allows and none denies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { all, among, any, is, judgement, not, type Judgement } from '../../server/src/model/judgement.ts';
import type { PolicyDocument, Statement } from '../../server/src/model/policy.ts';
import { oneOf } from '../../server/src/model/predicate.ts';
import type { ResourceTest } from '../../server/src/policy/resource/arn-shape.ts';
import { conditionsHold, type RequestContext } from '../../server/src/policy/condition/condition-holds.ts';
import { namesAction, namesResource } from '../../server/src/policy/resource/statement-names.ts';

/** What somebody wants to do. */
export interface Request {
  /** `s3:GetObject`, in any case. */
  readonly action: string;
  /**
   * Answers for each resource as a policy writes it whether what the request is about is one of those: see `arn` and
   * `every`.
   */
  readonly resource: ResourceTest;
  /** The values of condition keys; without them conditions count that hold for every request or for none. */
  readonly context?: RequestContext;
}

/**
 * Where a statement, whatever its effect, is about a request: it names the action and the resource, and its conditions
 * are met.
 */
function isAbout(statement: Statement, { action, resource, context }: Request): Judgement {
  const named = all(judgement(statement.when), namesAction(statement, action));
  return named.no.isAlways()
    ? named
    : all(named, namesResource(statement, resource), conditionsHold(statement, context));
}

/**
 * What some policies allow together, as far as they are all that count: a statement that denies wins over all that
 * allow.
 */
export function allowedBy(policies: readonly PolicyDocument[], request: Request): Judgement {
  const decisions = policies.map((policy) => {
    const by = (effect: string): Judgement =>
      all(
        judgement(policy.when),
        among(
          any(
            ...policy.statements.map((statement) =>
              all(is(statement.effect, oneOf(effect)), isAbout(statement, request)),
            ),
          ),
          policy.complete,
        ),
      );
    return { allowed: by('Allow'), denied: by('Deny') };
  });
  return all(any(...decisions.map(({ allowed }) => allowed)), not(any(...decisions.map(({ denied }) => denied))));
}

/**
 * Whether statements are about a request, and what several of them allow together: what some statement allows and none denies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { all, among, any, exists, is, isAbsent, isPresent, judgement, not, type Judgement, type Predicate } from '../model/judgement.ts';
import { itemsOf } from '../model/navigate.ts';
import type { PolicyDocument, Statement } from '../model/policy.ts';
import { oneOf } from '../model/predicate.ts';
import type { Value } from '../model/value.ts';
import { actionPattern, covers } from './action.ts';
import type { Taken } from './arn-shape.ts';
import { conditionsHold, type RequestContext } from './condition-holds.ts';
import { HOLE, shapeOf } from './hole.ts';
import { fits } from './wildcard.ts';

/** What somebody wants to do. */
export interface Request {
  /** `s3:GetObject`, in any case. */
  readonly action: string;
  /** Answers for each resource as a policy writes it whether what the request is about is one of those: see `arn` and `every`. */
  readonly resource: Taken;
  /** The values of condition keys; without them conditions count that hold for every request or for none. */
  readonly context?: RequestContext;
}

/** Where a statement, whatever its effect, is about a request: it names the action and the resource, and its conditions are met. */
function isAbout(statement: Statement, { action, resource, context }: Request): Judgement {
  const named = all(judgement(statement.when), namesAction(statement, action));
  return named.no.isAlways() ? named : all(named, namesResource(statement, resource), conditionsHold(statement, context));
}

/** What some policies allow together, as far as they are all that count: a statement that denies wins over all that allow. */
export function allowedBy(policies: readonly PolicyDocument[], request: Request): Judgement {
  const told = policies.map((policy) => {
    const by = (effect: string): Judgement => all(judgement(policy.exists), among(any(...policy.statements.map((statement) => all(is(statement.effect, oneOf(effect)), isAbout(statement, request)))), policy.complete));
    return { allowed: by('Allow'), denied: by('Deny') };
  });
  return all(any(...told.map(({ allowed }) => allowed)), not(any(...told.map(({ denied }) => denied))));
}

/** Where a statement names an action, by Action or by leaving it out of NotAction. */
export function namesAction({ actions, notActions }: Statement, action: string): Judgement {
  return listedOrLeft(actions, notActions, covering(action));
}

/** Where a statement names a resource. One that names none is about what its policy is attached to. */
export function namesResource({ resources, notResources }: Statement, taken: Taken): Judgement {
  return any(all(isAbsent(resources), isAbsent(notResources)), listedOrLeft(resources, notResources, taking(taken)));
}

function listedOrLeft(listed: Value, left: Value, predicate: Predicate): Judgement {
  return any(
    exists(itemsOf(listed, true), (item) => is(item.value, predicate)),
    all(isPresent(left), not(exists(itemsOf(left, true), (item) => is(item.value, predicate)))),
  );
}

/** An action of a policy that stands for some action. What is put in can be anything that its text leaves open. */
export function covering(action: string): Predicate {
  const lower = action.toLowerCase();
  return {
    known: ({ raw }) => {
      const pattern = actionPattern(raw);
      return pattern !== undefined && covers(pattern, lower);
    },
    text: (text) => fits(lower, shapeOf(text).toLowerCase().replaceAll(HOLE, '*')) ? undefined : false,
    collection: false,
  };
}

/** A resource of a policy that stands for what is asked about. */
export function taking(taken: Taken): Predicate {
  return { known: ({ raw }) => taken(raw), text: (text) => taken(shapeOf(text)), reference: () => taken(HOLE), collection: false };
}

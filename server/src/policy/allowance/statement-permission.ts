/** A permission of an identity by a statement of its policies. */
import { once } from '../../base/once.ts';
import { all, any, exists, judgement, not, YES, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import { conditionsCanHold, conditionsHold, type RequestContext } from '../condition/condition-holds.ts';
import { restrictsResources } from '../condition/scope.ts';
import { everyResource } from '../resource/arn-shape.ts';
import type { Target } from '../resource/target.ts';
import { namesEvery, namesSome, type arnFormsOf, type RequestedResources } from './denial.ts';
import { grantsToIdentity } from './grant.ts';
import type { ActionEntry } from './granted.ts';
import { forHolder } from './holder.ts';
import type { IdentityContext, Permission } from './identity-access.ts';
import type { limitsOf } from './identity-limits.ts';
import type { Grant } from './identity.ts';
import { limiting, limitingFor } from './limiting.ts';

/** An entry of an action in a policy that an identity has in some scenarios. */
export interface GrantedEntry extends Pick<Grant, 'policy' | 'when'> {
  readonly entry: ActionEntry;
}

/** What the grants of an action to an identity have in common. */
export interface ActionOfIdentity {
  readonly action: string;
  /** The forms of the ARNs of resources that the action supports. */
  readonly any: ReturnType<typeof arnFormsOf>['any'];
  readonly facts: RequestContext;
  readonly limits: ReturnType<typeof limitsOf>;
  readonly lookup: IdentityContext;
}

/**
 * A grant by a statement. A class, because object literals with functions and getters would be large and slow to read.
 */
export class StatementPermission implements Permission {
  readonly action: string;
  readonly at: Value;
  readonly policy: PolicyDocument;
  readonly statement: Statement;
  readonly whole: boolean;
  readonly #granted: ActionOfIdentity;
  readonly #there: () => Judgement;
  readonly #limited: () => Statement;

  constructor({ policy, when, entry: { statement, at, named, whole } }: GrantedEntry, granted: ActionOfIdentity) {
    this.action = granted.action;
    this.at = at;
    this.policy = policy;
    this.statement = statement;
    this.whole = whole;
    this.#granted = granted;
    this.#there = once(() => all(judgement(when), grantsToIdentity(policy), named));
    // Conditions that every principal can meet, or that test only sent values, do not limit the grant.
    this.#limited = once(() => forHolder(limiting(statement, granted.lookup, [granted.action]), granted.facts));
  }

  get limited(): Statement {
    return this.#limited();
  }
  get there(): Judgement {
    return this.#there();
  }

  everywhere(request?: RequestContext): Judgement {
    return this.#on(
      'every',
      () => namesEvery(this.statement, everyResource(this.#granted.any)),
      () => not(restrictsResources(this.limited, request)),
      request,
    );
  }

  everywhereIfMet(): Judgement {
    return this.#on(
      'every',
      () => namesEvery(this.statement, everyResource(this.#granted.any)),
      () => not(restrictsResources(this.limited)),
      undefined,
      conditionsCanHold,
    );
  }

  somewhere(request?: RequestContext): Judgement {
    return this.#on(
      'some',
      () => namesSome(this.statement, this.#granted.any),
      () => YES,
      request,
    );
  }

  for(target: Target, request?: RequestContext): Judgement {
    return this.#on(
      target,
      () => exists(itemsOf(this.statement.resources, true), (item) => target.named(item.value)),
      () => not(restrictsResources(this.limited, request)),
      request,
    );
  }

  keptFrom(target: Target): Judgement {
    const { limits } = this.#granted;
    return any(limits.denied(this.statement, target), not(limits.capped(target)));
  }

  #on(
    extent: RequestedResources,
    resources: () => Judgement,
    narrow: () => Judgement,
    context?: RequestContext,
    hold = conditionsHold,
  ): Judgement {
    const { facts, limits } = this.#granted;
    const request = requestWith(facts, context);
    const where = all(this.there, resources());
    if (where.no.isAlways()) return where;
    const allowed = all(where, narrow());
    if (allowed.no.isAlways()) return allowed;
    return all(
      allowed,
      hold(limitingFor(this.statement, this.limited, request), request),
      not(limits.denied(this.statement, extent, request)),
      limits.capped(extent, request),
    );
  }
}

/** The known facts about a request of an identity. */
export function requestWith(facts: RequestContext, context: RequestContext | undefined): RequestContext {
  return context ? new Map([...facts, ...context]) : facts;
}

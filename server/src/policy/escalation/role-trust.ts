/**
 * Whether the trust policy of a role allows an identity of the stack to assume it. If the identity is allowed to use
 * sts:AssumeRole, the role can trust either the account or the identity itself.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import {
  all,
  among,
  any,
  exists,
  is,
  isPresent,
  judge,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  type Judgement,
} from '../../model/judgement.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { itemsOf, member } from '../../model/navigate.ts';
import { isWithin } from '../../model/quantified.ts';
import { oneOf } from '../../model/predicate.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { conditionsHold, type PartlyKnown } from '../condition/condition-holds.ts';
import { readOperator, type Operator } from '../text/condition-operator.ts';
import type { Identity } from '../allowance/identity.ts';
import { isForeign } from '../principal/own-account.ts';
import { principal, principalReading, principalsIn } from '../principal/principal.ts';
import { namesAction } from '../resource/statement-names.ts';

export const ASSUME_ROLE = 'sts:AssumeRole';

export interface Trust {
  /** Where the role trusts the identity. */
  readonly where: Judgement;
  /** Whether it does so only under conditions that the identity does not always meet. */
  readonly conditional: boolean;
}

/** Whether a role trusts an identity that is allowed to assume it. */
export function trustIn(role: Resource, identity: Identity, stack: Stack): Trust {
  const trusting = trustPoliciesOf(role);
  const { allowing, denying } = statementsNaming(trusting, (statement) => namesHolder(statement, identity, stack));
  const holds = ({ statement, named }: Named): Judgement => all(named, conditionsHold(statement, identity.facts));
  return {
    where: all(any(...allowing.map(holds), ...hiddenIn(role, trusting)), not(any(...denying.map(holds)))),
    conditional: allowing.every(({ statement }) => !conditionsHold(statement, identity.facts).yes.isAlways()),
  };
}

/** Whether a role can trust a principal of an account. Most roles trust services only. */
export const trustsPrincipals = memoize((role: Resource): boolean => {
  const trusting = trustPoliciesOf(role);
  const { allowing } = statementsNaming(trusting, ({ principals, notPrincipals }) =>
    any(
      is(principals, oneOf('*')),
      ...principalsIn(principals).map(({ kind, when }) => (kind === 'AWS' ? judgement(when) : NO)),
      isPresent(notPrincipals),
    ),
  );
  return allowing.length > 0 || !isWithin(any(...hiddenIn(role, trusting)), NO);
});

/** Where the trust policies of a role are unknown in part. The unknown parts could name any principal. */
function hiddenIn(role: Resource, trusting: readonly PolicyDocument[]): readonly Judgement[] {
  const there = judgement(role.when);
  return trusting.length > 0
    ? [...trusting.map(({ complete }) => complete), role.policies().complete].map((complete) =>
        all(there, among(NO, complete)),
      )
    : [all(there, UNKNOWABLE)];
}

/** Where a role trusts a service, as far as its trust policy is known. */
export function trustsService(role: Resource, service: string): Judgement {
  const name = service.replace(/\.amazonaws\.com$/, '');
  const { allowing, denying } = statementsNaming(trustPoliciesOf(role), ({ principals }) =>
    exists(itemsOf(member(principals, 'Service'), true), ({ value }) =>
      is(
        value,
        principal('Service', (reading) => reading.form === 'service' && reading.name === name),
      ),
    ),
  );
  const holds = ({ statement, named }: Named): Judgement => all(named, conditionsHold(statement));
  return all(any(...allowing.map(holds)), not(any(...denying.map(holds))));
}

function trustPoliciesOf(role: Resource): readonly PolicyDocument[] {
  return role.policies().documents.filter(({ kind }) => kind === 'trust');
}

interface Named {
  readonly statement: Statement;
  /** Where it exists, includes sts:AssumeRole, and names the principal. */
  readonly named: Judgement;
}

function statementsNaming(
  policies: readonly PolicyDocument[],
  names: (statement: Statement) => Judgement,
): { readonly allowing: readonly Named[]; readonly denying: readonly Named[] } {
  const by = (effect: string): readonly Named[] =>
    flatMap(policies, (policy) =>
      flatMap(policy.statements, (statement): readonly Named[] => {
        const there = all(
          judgement(policy.when),
          judgement(statement.when),
          is(statement.effect, oneOf(effect)),
          namesAction(statement, ASSUME_ROLE),
        );
        const named = there.no.isAlways() ? NO : all(there, names(statement));
        return named.no.isAlways() ? [] : [{ statement, named }];
      }),
    );
  return { allowing: by('Allow'), denying: by('Deny') };
}

function namesHolder({ principals, notPrincipals }: Statement, identity: Identity, stack: Stack): Judgement {
  const others = isPresent(notPrincipals);
  return any(
    is(principals, oneOf('*')),
    ...principalsIn(principals).map(({ kind, value, when }) =>
      kind === 'AWS' ? all(judgement(when), isHolder(value, identity, stack)) : NO,
    ),
    // IAM rejects NotPrincipal with Allow in trust policies. Its effect with Deny is uncertain.
    others.no.isAlways() ? NO : all(others, UNKNOWABLE),
  );
}

const EQUALS: Operator = readOperator('StringEquals')!;

/** Where a principal element includes an identity: by its ARN, its account or a wildcard. */
function isHolder(named: Value, { facts }: Identity, stack: Stack): Judgement {
  const meets = (leaf: Leaf, arn: PartlyKnown['alternatives'][number] | undefined): boolean | undefined => {
    const { form, account } = principalReading('AWS', leaf);
    switch (form) {
      case 'anyone':
        return true;
      case 'account':
      case 'root': {
        const foreign = facts.has('aws:principalaccount') ? isForeign(account, stack) : undefined;
        return foreign === undefined ? undefined : !foreign;
      }
      case 'role':
      case 'user':
      case 'other':
        // If the principals of a policy are unknown, or for members of a group, the identity is unknown.
        return isForeign(account, stack) === true ? false : arn?.meets(EQUALS, leaf);
      case 'session':
        return undefined;
      default:
        return false;
    }
  };
  const [arn] = facts.get('aws:principalarn') ?? [];
  return arn === undefined || typeof arn === 'string'
    ? judge(named, (leaf) => meets(leaf, undefined))
    : any(
        ...arn.alternatives.map((one) =>
          all(
            one.there,
            judge(named, (leaf) => meets(leaf, one)),
          ),
        ),
      );
}

/**
 * The conditions on GitHub Actions tokens in the trust policy of a role. All GitHub users share one issuer, so only the
 * claims about the repository distinguish one organization from another.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
import {
  all,
  any,
  every,
  is,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
  type Predicate,
} from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { Condition } from '../../../model/policy.ts';
import type { Stack } from '../../../model/resource.ts';
import type { Value } from '../../../model/value.ts';
import { readOperator } from '../../../policy/text/condition-operator.ts';
import { UNKNOWN_PIECE, shapeOf } from '../../../policy/text/unknown-piece.ts';
import { resourcesOfTypes } from '../../../model/resources-of-type.ts';
import { issuerOf } from '../../../policy/principal/issuer.ts';
import { isMetOnlyByKnown } from '../../../policy/principal/narrowing.ts';

/** The issuer of the tokens of all GitHub users. */
export const ISSUER = 'token.actions.githubusercontent.com';

/**
 * Whether a federated principal is GitHub's issuer: by its ARN, by a reference to a provider of the stack, or because a
 * condition tests a claim that only GitHub's tokens have.
 */
export function isGitHub(principal: Value, conditions: readonly Condition[], stack: Stack): Judgement {
  const issuer = issuerOf(principal, stack);
  if (issuer !== undefined) return issuer.toLowerCase() === ISSUER ? YES : NO;
  const providers = resourcesOfTypes(stack, ['AWS::IAM::OIDCProvider']);
  const compared = conditions
    .filter((condition) => claimOf(condition) !== undefined)
    .map(({ when }) => judgement(when));
  return any(
    is(principal, NAMES_ISSUER),
    ...compared,
    ...providers.map((provider) =>
      all(
        is(principal, {
          known: () => false,
          text: () => false,
          reference: ({ to }) => to === provider.address || to === provider.family,
          collection: false,
        }),
        is(provider.get('Url'), {
          known: ({ raw }) => /^https:\/\/token\.actions\.githubusercontent\.com\/?$/.test(raw),
        }),
      ),
    ),
  );
}

const NAMES_ISSUER: Predicate = {
  known: ({ raw }) => isIssuer(raw),
  text: (text) => isIssuer(shapeOf(text)),
  reference: () => false,
  collection: false,
};

/**
 * Whether an ARN is that of the shared issuer. An enterprise can have its own issuer with a longer path, which issues
 * tokens only to its members.
 */
function isIssuer(arn: string): boolean {
  return arn.endsWith(`:oidc-provider/${ISSUER}`) || arn === ISSUER;
}

/** The claim that a condition tests, such as `sub`; undefined if it is not about GitHub's tokens. */
export function claimOf({ key }: Condition): string | undefined {
  const [issuer, claim, ...more] = key.toLowerCase().split(':');
  return issuer === ISSUER && more.length === 0 ? claim : undefined;
}

/** Whether a condition restricts access to workflows of a named owner. */
export function namesOwner(condition: Condition): Judgement {
  const claim = claimOf(condition);
  if (claim === undefined) return isMetOnlyByKnown(condition);
  if (OF_ANY_OWNER.has(claim)) return any();
  const operator = readOperator(condition.operator);
  const width = WIDTHS.get(claim);
  if (!operator || !width) return UNKNOWABLE;
  if (operator.negated || operator.how === 'null') return any();
  if (operator.holdsWithoutKey && !IN_EVERY_TOKEN.has(claim)) return claim === 'enterprise_id' ? any() : UNKNOWABLE;
  if (operator.how === 'like') return every(itemsOf(condition.values, true), ({ value }) => is(value, fits(width)));
  // Without a Like operator, wildcards are literal characters, which no claim contains.
  return operator.how === 'equals'
    ? every(itemsOf(condition.values, true), ({ value }) =>
        is(
          value,
          fits((text) => /[*?]/.test(text) || width(text)),
        ),
      )
    : UNKNOWABLE;
}

/** Claims with values that workflows of any owner can have: names of branches, environments and workflows. */
const OF_ANY_OWNER: ReadonlySet<string> = new Set(['aud', 'iss', 'environment', 'ref', 'workflow']);

/** Claims that every token has. Only tokens of enterprises have an `enterprise_id`. */
const IN_EVERY_TOKEN: ReadonlySet<string> = new Set(['sub', 'repository', 'repository_id', 'repository_owner_id']);

/** A value of a claim: where it applies, and where it also matches tokens of other owners. */
export interface ClaimPattern {
  readonly at: Value;
  readonly there: Judgement;
  readonly wide: Judgement;
}

/** The patterns that a condition compares a claim with. */
export function claimPatterns(condition: Condition): readonly ClaimPattern[] {
  const width = WIDTHS.get(claimOf(condition) ?? '');
  const operator = readOperator(condition.operator);
  if (!width || operator?.how !== 'like' || operator.negated) return [];
  return itemsOf(condition.values, true).items.map(({ value, when }) => {
    const there = all(judgement(condition.when), judgement(when));
    return { at: value, there, wide: all(there, not(is(value, fits(width)))) };
  });
}

/** Whether an operator holds for a token without the claim. */
export function holdsWithoutClaim({ operator }: Condition): boolean {
  const read = readOperator(operator);
  return read !== undefined && !read.negated && read.holdsWithoutKey;
}

/** Whether a condition tests a claim. */
export function requiresClaim(claim: string, conditions: readonly Condition[]): Judgement {
  return any(...conditions.filter((condition) => claimOf(condition) === claim).map(({ when }) => judgement(when)));
}

type Width = (pattern: string) => boolean | undefined;

const id: Width = (pattern) => pattern !== '' && !/[*?]/.test(pattern);

/**
 * A repository as `owner/name`, or with their numbers, `owner@1/name@2`. The name of the owner identifies it; it can
 * contain neither `/` nor `@`.
 */
const repository: Width = (pattern) => id(pattern.split(/[/@]/)[0]!);

/**
 * A subject: claims with their names, by default `repo:owner/name:…`. An organization can configure others, of which
 * the first one counts. If it is not about the repository, other organizations can have the same subject.
 */
const subject: Width = (pattern) => {
  const [, name, value = ''] = /^([^:*?]*):([^:]*)/.exec(pattern) ?? [];
  switch (name) {
    case 'repo':
    case 'repository':
    case 'job_workflow_ref':
      return repository(value);
    case 'repository_id':
    case 'repository_owner':
    case 'repository_owner_id':
    case 'enterprise':
    case 'enterprise_id':
      return id(value);
    case undefined:
      return /[*?]/.test(pattern) &&
        !pattern.includes(UNKNOWN_PIECE) &&
        !/(?:^|:)(?:repo|job_workflow_ref|enterprise)\w*:/.test(pattern)
        ? false
        : undefined;
    default:
      return undefined;
  }
};

/** The claims by which AWS distinguishes repositories, with the patterns that match a single owner. */
const WIDTHS: ReadonlyMap<string, Width> = new Map([
  ['sub', subject],
  ['job_workflow_ref', repository],
  ['repository', repository],
  ['repository_id', id],
  ['repository_owner_id', id],
  ['enterprise_id', id],
]);

function fits(width: Width): Predicate {
  return { known: ({ raw }) => width(raw), text: (text) => width(shapeOf(text)), collection: false };
}

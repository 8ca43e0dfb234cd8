/**
 * The issuer of a federated principal's tokens, and the conditions of its trust policy on other issuers. A token has
 * only the claims of its own issuer, so keys of other issuers are missing from its requests.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
import { any, judgement, type Judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import type { Stack } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { hasToolPlaceholder } from '../condition/condition-keys.ts';
import { textWithUnknowns } from '../text/condition-text.ts';
import { needsKey } from '../condition/conditions.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import { OWN_ACCOUNT, principalReading } from './principal.ts';
import { providerNamed } from './provider.ts';
import { withConditions } from '../statement/with-conditions.ts';

/** The prefix of the claims of every SAML provider. */
const SAML = 'saml';

/** The issuer of a federated principal's tokens, as the prefix of condition keys; undefined if unknown. */
export function issuerOf(principal: Value, stack: Stack): string | undefined {
  const [only, ...more] = leaves(principal);
  if (!only || more.length > 0) return undefined;
  const leaf = only.value;
  if (leaf.state === 'reference') {
    const provider = providerNamed(leaf.to, stack);
    if (provider?.type === 'AWS::IAM::SAMLProvider') return SAML;
    return provider && issuerIn(provider.get('Url'));
  }
  const { form, name } = principalReading('Federated', leaf);
  if (form === 'saml') return SAML;
  return (form === 'oidc' || form === 'domain') && name !== undefined ? known(name) : undefined;
}

function issuerIn(url: Value): string | undefined {
  const [only, ...more] = leaves(url);
  const text = only && more.length === 0 ? textWithUnknowns(only.value) : undefined;
  return text === undefined ? undefined : known(text.replace(/^https:\/\//, '').replace(/\/$/, ''));
}

function known(name: string): string | undefined {
  return name.includes(UNKNOWN_PIECE) || name.includes(OWN_ACCOUNT) || hasToolPlaceholder(name) ? undefined : name;
}

/**
 * The issuer in a condition key, in lower case; undefined for AWS's own keys, unknown issuers and issuers without a
 * host.
 */
function issuerOfKey({ key }: Condition): string | undefined {
  const issuer = key.slice(0, Math.max(0, key.lastIndexOf(':'))).toLowerCase();
  return /[./]|^saml$/.test(issuer) && !issuer.includes('://') ? known(issuer) : undefined;
}

/** A statement and its conditions, evaluated for the tokens of one issuer. */
export interface ForIssuer {
  /** The statement without conditions on other issuers that hold if their keys are missing. */
  readonly statement: Statement;
  /** The omitted conditions. */
  readonly idle: readonly Condition[];
  /** The conditions on other issuers that no token of this issuer meets. */
  readonly foreign: readonly Condition[];
  /** Where one of these exists, so that the statement allows nothing for the tokens. */
  readonly closed: Judgement;
}

/** Evaluates a statement for the tokens of an issuer; undefined means any issuer. */
export function forIssuer(statement: Statement, issuer: string | undefined): ForIssuer {
  const own = issuer?.toLowerCase();
  const others = own === undefined ? [] : statement.conditions.filter((one) => (issuerOfKey(one) ?? own) !== own);
  if (others.length === 0) return { statement, idle: [], foreign: [], closed: any() };
  const idle = others.filter((one) => needsKey(one).no.isAlways());
  const foreign = others.filter((one) => needsKey(one).yes.isAlways());
  return {
    statement: withConditions(
      statement,
      statement.conditions.filter((one) => !idle.includes(one)),
    ),
    idle,
    foreign,
    closed: any(...foreign.map(({ when }) => judgement(when))),
  };
}

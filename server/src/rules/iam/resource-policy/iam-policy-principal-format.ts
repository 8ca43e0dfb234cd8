import { memoize, memoizeName } from '../../../base/memoize.ts';
import type { Fix } from '../../../model/edit.ts';
import { isTerraform } from '../../../model/format.ts';
import { all, is, judgement, not, type Judgement, type Predicate } from '../../../model/judgement.ts';
import type { Aliases } from '../../../model/covered.ts';
import type { PolicyDocument, PolicyKind } from '../../../model/policy.ts';
import type { Leaf, Member, Value } from '../../../model/value.ts';
import { hasToolPlaceholder } from '../../../policy/condition/condition-keys.ts';
import { UNKNOWN_PIECE } from '../../../policy/text/unknown-piece.ts';
import type { IamData } from '../../../policy/data/iam-data.ts';
import { nearest } from '../../../policy/text/nearest.ts';
import { placeholderInPrincipal } from '../../../policy/text/placeholder.ts';
import {
  isMalformed,
  isWrittenAs,
  hasWrongAccount,
  keyValue,
  PRINCIPAL_KINDS,
  principalKeys,
  principalsIn,
  writtenText,
  type NamedPrincipal,
  type PrincipalKind,
} from '../../../policy/principal/principal.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-principal-format',
  on: 'policy',
  selfContained: true,
  needs: { statement: [['principal', 'not-principal']] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'Policy principals should have a valid format',
  keywords: [
    'invalid principal',
    'MalformedPolicyDocument',
    'wildcard in principal',
    'service principal',
    '12-digit account ID',
    'federated principal',
  ],
  why: 'AWS rejects a policy with an invalid principal, so the deployment fails and the policy neither allows nor denies anything.',
  remedy:
    'Use "*", or an object with the keys AWS, Service, Federated and CanonicalUser: accounts and ARNs without wildcards, services as name.amazonaws.com, identity providers by ARN.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html':
      'A principal is "*" or an object from AWS, CanonicalUser, Federated and Service to principals; a wildcard matches no part of a name or ARN; services are named by service-name.amazonaws.com.',
    'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html': {
      claim: 'An AWS account ID is a 12-digit number.',
      seen: '2026-11-28',
    },
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Errors are a principal in another format, another key, a partial wildcard, a service or identity provider in another format, and an identity provider in a policy that is not the trust policy of a role.',
  },
  aliases: {
    'access-analyzer': [
      'FEDERATED_PRINCIPAL_NOT_SUPPORTED',
      'INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY',
      'INVALID_PRINCIPAL_FORMAT',
      'INVALID_PRINCIPAL_KEY',
      'INVALID_SERVICE_PRINCIPAL_FORMAT',
      'UNSUPPORTED_WILDCARD_IN_PRINCIPAL',
    ],
    parliament: ['UNKNOWN_FEDERATION_SOURCE', 'UNKNOWN_PRINCIPAL'],
  },
  fix: 'safe',
  *check(policy, { iam }) {
    if (!WITH_PRINCIPALS.has(policy.kind)) return;
    for (const statement of policy.statements)
      for (const element of [statement.principals, statement.notPrincipals]) {
        const present = all(judgement(policy.when), judgement(statement.when));
        yield* shapeReports(policy, present, element);
        for (const named of principalsIn(element))
          if (named.kind) yield* principalReports(policy, all(present, judgement(named.when)), named, named.kind, iam);
      }
  },
});

/**
 * The kinds of policies with principals. The principal of a resource control policy is always `*`, which another rule
 * checks.
 */
const WITH_PRINCIPALS: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['trust', 'resource', 'endpoint', 'unclear']);

/** Reports elements without a principal type, and invalid principal types. */
function* shapeReports(policy: PolicyDocument, there: Judgement, element: Value): Iterable<Report> {
  const { displayName } = policy.host;
  const malformed = isMalformed(element);
  yield {
    message: (shown) =>
      `${displayName} has ${shown === '' ? 'an empty principal' : `a principal without a principal type (${shown})`}. AWS rejects it; use "*" or an object such as {"AWS": …}.`,
    fixes: (leaf) => withKind(policy, element, leaf),
    ...found('INVALID_PRINCIPAL_FORMAT', all(there, malformed), element),
  };
  for (const entry of principalKeys(element)) {
    if (
      isKind(entry.key) ||
      (hasToolPlaceholder(entry.key) && isTerraform(policy.host.format)) ||
      isTerraformStar(policy, entry)
    )
      continue;
    const intended = nearest(entry.key, PRINCIPAL_KINDS);
    yield {
      message: `${displayName} has the unknown principal type ${entry.key}. AWS rejects it; use ${intended ?? 'AWS, Service, Federated or CanonicalUser'}.`,
      // If only the case differs, the intended key is clear. A rejected policy grants no access, so the fix is safe.
      fixes: () =>
        intended === undefined
          ? []
          : [
              {
                title: `Change to ${intended}`,
                safe: intended.toLowerCase() === entry.key.toLowerCase() && entry.computedKey === undefined,
                uncovers: 'effect',
                edits: [{ op: 'renameKey', resource: policy.host, target: entry.value, name: intended }],
              },
            ],
      ...found('INVALID_PRINCIPAL_KEY', all(there, judgement(entry.when)), keyValue(entry)),
    };
  }
}

/** Whether an entry is Terraform's principal type `*`, which means all principals. */
function isTerraformStar({ host }: PolicyDocument, { key }: Member): boolean {
  return key === '*' && isTerraform(host.format);
}

function isKind(key: string): boolean {
  return (PRINCIPAL_KINDS as readonly string[]).includes(key);
}

/** An input with an empty default, which every deployment must override. */
const IS_EMPTY_INPUT: Predicate = {
  known: ({ raw, origin }) => raw === '' && origin.steps.length > 0,
  text: () => false,
  reference: () => false,
  collection: false,
  unknown: false,
};

/** Reports an invalid principal of a valid type. */
function* principalReports(
  policy: PolicyDocument,
  there: Judgement,
  { value }: NamedPrincipal,
  kind: PrincipalKind,
  iam: IamData | undefined,
): Iterable<Report> {
  const { displayName } = policy.host;
  const partial = isWrittenAs(value, kind, ({ form, text }) => form !== 'anyone' && /[*?]/.test(text));
  yield {
    message: (shown) =>
      `${displayName} has a wildcard in the principal ${shown}. AWS rejects it; specify the full ARN, or the account with a condition on aws:PrincipalArn.`,
    ...found('UNSUPPORTED_WILDCARD_IN_PRINCIPAL', all(there, partial), value),
  };
  const misnumbered = isWrittenAs(value, kind, (reading) => hasWrongAccount(reading));
  yield {
    // Access Analyzer checks only the accounts of resources.
    violations: [{ wrong: all(there, misnumbered), at: value, aliases: {} }],
    message: (shown) =>
      `${displayName} has the principal ${shown} with an invalid account ID. AWS rejects it; use the 12-digit account ID.`,
  };
  const emptied = is(value, IS_EMPTY_INPUT);
  if (kind === 'Service' || (kind === 'Federated' && policy.kind === 'trust')) {
    const input = isTerraform(policy.host.format) ? 'variable' : 'parameter';
    yield {
      violations: [{ wrong: all(there, emptied), at: value, aliases: {} }],
      severity: 'low',
      message: `${displayName} has an empty principal where a ${input} keeps its empty default. Set the ${input} in every deployment, or remove the default.`,
    };
  }
  if (kind === 'Service') {
    yield {
      message: (shown) =>
        `${displayName} has the invalid service principal ${shown || '""'}. AWS rejects it; use a name such as ec2.amazonaws.com.`,
      fixes: (leaf) => ofService(policy, value, leaf, iam),
      ...found('INVALID_SERVICE_PRINCIPAL_FORMAT', all(there, not(emptied), isNoService(value, iam)), value),
    };
  }
  if (kind !== 'Federated') return;
  if (policy.kind === 'resource')
    yield {
      message: (shown) =>
        `${displayName} has the federated principal ${shown}. Only trust policies support it, so AWS rejects it; specify a role that its users assume.`,
      ...found('FEDERATED_PRINCIPAL_NOT_SUPPORTED', there, value),
    };
  if (policy.kind === 'trust')
    yield {
      message: (shown) =>
        `${displayName} has the invalid federated principal ${shown || '""'}. AWS rejects it; use the ARN of the SAML or OIDC provider.`,
      ...found(
        'INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY',
        all(
          there,
          not(emptied),
          isWrittenAs(
            value,
            'Federated',
            ({ form, text }) =>
              form === 'other' &&
              !/[*?]/.test(text) &&
              !text.includes(UNKNOWN_PIECE) &&
              placeholderInPrincipal('Federated', text) === undefined,
          ),
        ),
        value,
      ),
    };
}

/** The checks of Parliament by the code of IAM Access Analyzer. */
const PARLIAMENT: Readonly<Partial<Record<Code, string>>> = {
  INVALID_PRINCIPAL_FORMAT: 'UNKNOWN_PRINCIPAL',
  UNSUPPORTED_WILDCARD_IN_PRINCIPAL: 'UNKNOWN_PRINCIPAL',
  INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY: 'UNKNOWN_FEDERATION_SOURCE',
};

const aliasesOf = memoizeName((code: Code): Aliases => {
  const parliament = PARLIAMENT[code];
  return { ...analyzerAliases(code), ...(parliament ? { parliament: [parliament] } : {}) };
});

function found(code: Code, wrong: Judgement, at: Value): Pick<Report, 'violations' | 'severity' | 'profile'> {
  return { violations: [{ wrong, at, aliases: aliasesOf(code) }], ...severityOf(code) };
}

/** Whether a value lacks the format of a service principal of any partition. */
function isNoService(value: Value, iam: IamData | undefined): Judgement {
  const suffixes = suffixesOf(iam);
  return isWrittenAs(value, 'Service', ({ text }) => {
    // Another rule reports wildcards, and the end of an interpolated string is unknown.
    if (/[*?]/.test(text) || text.endsWith(UNKNOWN_PIECE) || placeholderInPrincipal('Service', text) !== undefined)
      return false;
    return !suffixes.some((suffix) => text.endsWith(`.${suffix}`)) || /\s|^arn:|\//.test(text);
  });
}

/** Domain suffixes of service principals. Alexa uses `amazon.com`. */
const SUFFIXES: readonly string[] = ['amazonaws.com', 'amazonaws.com.cn', 'amazon.com', 'aws.internal'];

/** The domain suffixes of service principals, with those of all partitions. */
function suffixesOf(iam: IamData | undefined): readonly string[] {
  return iam ? suffixesWith(iam) : SUFFIXES;
}

const suffixesWith = memoize(({ partitions }: IamData): readonly string[] => [
  ...new Set([...SUFFIXES, ...[...partitions.values()].map(({ suffix }) => suffix)]),
]);

/** A fix for a service name without its suffix, or with a misspelled one. */
function ofService(policy: PolicyDocument, value: Value, leaf: Leaf, iam: IamData | undefined): readonly Fix[] {
  const [, name, ending] = /^([a-z0-9-]+(?:\.[a-z]{2}(?:-[a-z]+)+-\d)?)(?:\.([a-z.]+))?$/.exec(writtenText(leaf)) ?? [];
  const suffix =
    ending === undefined || ending === 'amazonaws' || ending === 'aws'
      ? 'amazonaws.com'
      : nearest(ending, suffixesOf(iam));
  if (name === undefined || suffix === undefined) return [];
  return [
    {
      title: `Change to ${name}.${suffix} (allows this service)`,
      safe: false,
      uncovers: 'effect',
      edits: [{ op: 'replace', resource: policy.host, target: value, value: `${name}.${suffix}` }],
    },
  ];
}

/** A fix that moves a principal to the key for its format. */
function withKind(policy: PolicyDocument, element: Value, leaf: Leaf): readonly Fix[] {
  const text = writtenText(leaf);
  const kind: PrincipalKind | undefined = /^arn:[^:]*:iam::[^:]*:(?:saml|oidc)-provider\//.test(text)
    ? 'Federated'
    : /^(?:arn:[^:]*:(?:iam|sts)::|\d{12}$)/.test(text)
      ? 'AWS'
      : /\.amazonaws\.com(?:\.cn)?$/.test(text)
        ? 'Service'
        : undefined;
  if (kind === undefined) return [];
  return [
    {
      title: `Move the principal under ${kind}`,
      safe: false,
      uncovers: 'effect',
      edits: [{ op: 'replace', resource: policy.host, target: element, value: { [kind]: text } }],
    },
  ];
}

import type { Fix } from '../../model/edit.ts';
import { all, judgement, type Judgement } from '../../model/judgement.ts';
import type { PolicyDocument, PolicyKind } from '../../model/policy.ts';
import type { Leaf, Member, Value } from '../../model/value.ts';
import { isFilledIn } from '../../policy/condition-keys.ts';
import { HOLE } from '../../policy/hole.ts';
import type { IamData } from '../../policy/iam-data.ts';
import { nearest } from '../../policy/nearest.ts';
import { placeholderInPrincipal } from '../../policy/placeholder.ts';
import {
  isMalformed,
  isWrittenAs,
  keyOf,
  PRINCIPAL_KINDS,
  principalKeys,
  principalsIn,
  writtenText,
  type NamedPrincipal,
  type PrincipalKind,
} from '../../policy/principal.ts';
import { analyzerAliases, severityOf, type Code } from '../access-analyzer.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-principal-format',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'Principals of a policy are written as AWS reads them',
  why: 'AWS refuses a policy whose principal has no form that it knows, so whatever the policy is to allow or deny, it does not.',
  remedy:
    'Write "*", or an object with the keys AWS, Service, Federated and CanonicalUser: accounts and ARNs without wildcards, services as name.amazonaws.com, identity providers by their ARN.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      claim:
        'A principal is "*" or an object from AWS, CanonicalUser, Federated and Service to principals; a wildcard matches no part of a name or ARN; services are named by service-name.amazonaws.com.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'Errors are a principal of another shape, another key, a partial wildcard, a service or identity provider in another form, and an identity provider in a policy that is not the trust policy of a role.',
      seen: '2026-11-26',
    },
  ],
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
  controls: {},
  fix: 'safe',
  *check(policy, { iam }) {
    if (!WITH_PRINCIPALS.has(policy.kind)) return;
    for (const statement of policy.statements)
      for (const element of [statement.principals, statement.notPrincipals]) {
        const there = all(judgement(policy.exists), judgement(statement.when));
        yield* shapeReports(policy, there, element);
        for (const named of principalsIn(element))
          if (named.kind) yield* principalReports(policy, all(there, judgement(named.when)), named, named.kind, iam);
      }
  },
});

/** The kinds of policies whose statements name principals. Those of resource control policies are everybody, which another rule is about. */
const WITH_PRINCIPALS: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['trust', 'resource', 'endpoint', 'unclear']);

/** What is wrong with an element as a whole, and with its keys. */
function* shapeReports(policy: PolicyDocument, there: Judgement, element: Value): Iterable<Report> {
  const { displayName } = policy.host;
  const malformed = isMalformed(element);
  if (!malformed.no.isAlways())
    yield {
      ...found('INVALID_PRINCIPAL_FORMAT', all(there, malformed), element),
      message: (shown) =>
        `The policy in ${displayName} names ${shown} as a principal without its kind, which AWS refuses; write "*" or an object such as {"AWS": …}.`,
      fixes: (leaf) => withKind(policy, element, leaf),
    };
  for (const entry of principalKeys(element)) {
    if (
      isKind(entry.key) ||
      (isFilledIn(entry.key) && policy.host.format.startsWith('terraform')) ||
      isTerraformStar(policy, entry)
    )
      continue;
    const meant = nearest(entry.key, PRINCIPAL_KINDS);
    yield {
      ...found('INVALID_PRINCIPAL_KEY', all(there, judgement(entry.when)), keyOf(entry)),
      message: `The policy in ${displayName} has principals under ${entry.key}, a key that AWS refuses; ${meant ? `write ${meant}` : 'the keys are AWS, Service, Federated and CanonicalUser'}.`,
      // Only the case is wrong: nothing else can be meant, and a policy that is refused lets nobody in.
      fixes: () =>
        meant === undefined
          ? []
          : [
              {
                title: `Write ${meant}`,
                safe: meant.toLowerCase() === entry.key.toLowerCase(),
                uncovers: 'effect',
                edits: [{ op: 'renameKey', resource: policy.host, target: entry.value, name: meant }],
              },
            ],
    };
  }
}

/** Terraform calls everybody a principal of the type `*`. */
function isTerraformStar({ host }: PolicyDocument, { key }: Member): boolean {
  return key === '*' && host.format.startsWith('terraform');
}

function isKind(key: string): boolean {
  return (PRINCIPAL_KINDS as readonly string[]).includes(key);
}

/** What is wrong with one principal under a key that there is. */
function* principalReports(
  policy: PolicyDocument,
  there: Judgement,
  { value }: NamedPrincipal,
  kind: PrincipalKind,
  iam: IamData | undefined,
): Iterable<Report> {
  const { displayName } = policy.host;
  const partial = isWrittenAs(value, kind, ({ form, text }) => form !== 'everybody' && /[*?]/.test(text));
  yield {
    ...found('UNSUPPORTED_WILDCARD_IN_PRINCIPAL', all(there, partial), value),
    message: (shown) =>
      `The policy in ${displayName} names the principal ${shown} with a wildcard, which AWS refuses there; name principals in full, or the account with a condition on aws:PrincipalArn.`,
  };
  if (kind === 'Service') {
    yield {
      ...found('INVALID_SERVICE_PRINCIPAL_FORMAT', all(there, isNoService(value, iam)), value),
      message: (shown) =>
        `The policy in ${displayName} names the service ${shown}, which is not how AWS names services, so it refuses the policy; write it like ec2.amazonaws.com.`,
      fixes: (leaf) => ofService(policy, value, leaf, iam),
    };
  }
  if (kind !== 'Federated') return;
  if (policy.kind === 'resource')
    yield {
      ...found('FEDERATED_PRINCIPAL_NOT_SUPPORTED', there, value),
      message: (shown) =>
        `The policy in ${displayName} names the identity provider ${shown}, which trust policies of roles alone can do, so AWS refuses it; name a role that its users assume.`,
    };
  if (policy.kind === 'trust')
    yield {
      ...found(
        'INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY',
        all(
          there,
          isWrittenAs(
            value,
            'Federated',
            ({ form, text }) =>
              form === 'other' &&
              !/[*?]/.test(text) &&
              !text.includes(HOLE) &&
              placeholderInPrincipal('Federated', text) === undefined,
          ),
        ),
        value,
      ),
      message: (shown) =>
        `The trust policy of ${displayName} names the identity provider ${shown}, which is neither a domain name nor the ARN of a SAML or OIDC provider, so AWS refuses it; write the ARN of the provider.`,
    };
}

function found(code: Code, wrong: Judgement, at: Value): Pick<Report, 'violations' | 'severity' | 'profile'> {
  return { ...severityOf(code), violations: [{ wrong, at, aliases: analyzerAliases(code) }] };
}

/** What has not the name of a service, in any partition. */
function isNoService(value: Value, iam: IamData | undefined): Judgement {
  const suffixes = suffixesOf(iam);
  return isWrittenAs(value, 'Service', ({ text }) => {
    // What a wildcard or something that is put in ends is another finding, or nothing that can be told.
    if (/[*?]/.test(text) || text.endsWith(HOLE) || placeholderInPrincipal('Service', text) !== undefined) return false;
    return !suffixes.some((suffix) => text.endsWith(`.${suffix}`)) || /\s|^arn:|\//.test(text);
  });
}

/** `amazon.com` is for Alexa. */
function suffixesOf(iam: IamData | undefined): readonly string[] {
  return [
    ...new Set([
      'amazonaws.com',
      'amazonaws.com.cn',
      'amazon.com',
      'aws.internal',
      ...[...(iam?.partitions.values() ?? [])].map(({ suffix }) => suffix),
    ]),
  ];
}

/** A name without its ending, or with one that is misspelt. */
function ofService(policy: PolicyDocument, value: Value, leaf: Leaf, iam: IamData | undefined): readonly Fix[] {
  const [, name, ending] = /^([a-z0-9-]+(?:\.[a-z]{2}(?:-[a-z]+)+-\d)?)(?:\.([a-z.]+))?$/.exec(writtenText(leaf)) ?? [];
  const suffix =
    ending === undefined || ending === 'amazonaws' || ending === 'aws'
      ? 'amazonaws.com'
      : nearest(ending, suffixesOf(iam));
  if (name === undefined || suffix === undefined) return [];
  return [
    {
      title: `Write ${name}.${suffix} (lets this service in)`,
      safe: false,
      uncovers: 'effect',
      edits: [{ op: 'replace', resource: policy.host, target: value, value: `${name}.${suffix}` }],
    },
  ];
}

/** A principal that stands alone, under the key that its form says. */
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
      title: `Write it under ${kind}`,
      safe: false,
      uncovers: 'effect',
      edits: [{ op: 'replace', resource: policy.host, target: element, value: { [kind]: text } }],
    },
  ];
}

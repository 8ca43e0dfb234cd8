import { some } from '../../base/words.ts';
import type { Fix } from '../../model/edit.ts';
import type { Aliases } from '../../model/finding.ts';
import { all, is, isAbsent, isPresent, not, type Predicate } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import { always } from '../../model/quantified.ts';
import { NOT_KNOWN, shown } from '../../model/shown.ts';
import type { Value } from '../../model/value.ts';
import { newOwnAccount } from '../../policy/principal/own-account.ts';
import { matchesEveryAccount } from '../../policy/principal/narrowing.ts';
import { principal } from '../../policy/principal/principal.ts';
import { defineRule } from '../rule.ts';

/** The checks of other tools for service principals without any source. */
const NO_SOURCE: Aliases = {
  checkov: ['CKV_AWS_364'],
  trivy: ['AWS-0067'],
  guard: ['LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED'],
};

export default defineRule({
  id: 'lambda-permission-source',
  on: 'resource',
  reads: {
    'AWS::Lambda::Permission': [
      'Action',
      'EventSourceToken',
      'Principal',
      'PrincipalOrgID',
      'SourceAccount',
      'SourceArn',
    ],
  },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'Lambda permissions for AWS services should restrict the source',
  keywords: ['confused deputy', 'cross-service', 'service principal'],
  why: 'An AWS service calls functions on behalf of all its customers. Without a source in the permission, another customer can make the service invoke your function (confused deputy).',
  remedy:
    'Set SourceArn to the bucket, topic, rule or API that invokes the function. For a bucket, also set SourceAccount.',
  sources: {
    'https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html':
      'SourceArn and SourceAccount restrict on whose behalf a service can invoke the function; SourceAccount belongs to a bucket ARN, because a deleted bucket can be recreated by another account.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html':
      'Policies for a service principal should restrict the resource, account or organization on whose behalf it acts.',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html': {
      claim:
        'A principal that associates a function with a distribution needs lambda:GetFunction and lambda:EnableReplication* on the function. No source is documented for the services of Lambda@Edge.',
      seen: '2026-12-02',
    },
    'AWS::Lambda::Permission': { claim: 'Lambda compares SourceArn with the operator StringLike.', seen: '2026-11-28' },
  },
  aliases: NO_SOURCE,
  fix: 'suggestion',
  *check(permission, { stack }) {
    const at = permission.get('Principal');
    const account = permission.get('SourceAccount');
    const unlimited = all(
      isAbsent(account),
      isAbsent(permission.get('PrincipalOrgID')),
      isAbsent(permission.get('EventSourceToken')),
    );
    const source = permission.get('SourceArn');
    // Lambda compares the ARN as a pattern.
    const wide = matchesEveryAccount(source);
    const does = whatItAllows(permission.get('Action'));
    const words = { arn: permission.nativePath('SourceArn'), account: permission.nativePath('SourceAccount') };
    const fixes = (): readonly Fix[] => {
      const value = always(is(at, BUCKETS)) ? newOwnAccount(permission, stack) : undefined;
      return value
        ? [
            {
              title: `Restrict to this account with ${words.account} (blocks events of other accounts)`,
              safe: false,
              edits: [{ op: 'set', resource: permission, path: 'SourceAccount', value }],
            },
          ]
        : [];
    };
    yield {
      violations: [{ wrong: all(unlimited, isAbsent(source), is(at, SERVICES)), at, aliases: NO_SOURCE }],
      message: (service) =>
        `${permission.displayName} allows any AWS customer to ${does} through ${service === NOT_KNOWN ? 'a service' : service}. Add ${words.arn} ${service.startsWith('s3.') ? 'and' : 'or'} ${words.account} to prevent a confused deputy.`,
      fixes,
    };
    yield {
      violations: [{ wrong: all(unlimited, wide, is(at, SERVICES)), at: source, aliases: {} }],
      message: `${permission.displayName} allows any AWS customer to ${does} through a service. ${words.arn} matches every account; specify one resource, or add ${words.account}.`,
      fixes,
    };
    yield {
      severity: 'info',
      profile: 'strict',
      violations: [{ wrong: all(unlimited, isPresent(source), not(wide), is(at, BUCKETS)), at, aliases: {} }],
      message: `${permission.displayName} does not restrict the account of the bucket. If another account recreates the bucket, it can ${does}; add ${words.account}.`,
      fixes,
    };
  },
});

/** What the permission allows, in words. */
function whatItAllows(action: Value): string {
  if (!always(is(action, OTHER_THAN_INVOKE))) return 'invoke the function';
  return `use ${some([...new Set(leaves(action).map(({ value }) => shown(value)))])} on the function`;
}

const OTHER_THAN_INVOKE: Predicate = { known: ({ raw }) => /^lambda:(?!invoke)[a-z]+$/i.test(raw), collection: false };

/** The services that invoke functions. A value that cannot be one of these, such as an account ID, is not a service. */
const CALLERS: readonly string[] = [
  'apigateway',
  'cloudformation',
  'codecommit',
  'cognito-idp',
  'config',
  'elasticloadbalancing',
  'events',
  'iot',
  'logs',
  's3',
  'scheduler',
  'secretsmanager',
  'ses',
  'sns',
  'sqs',
  'ssm',
  'vpc-lattice',
].map((name) => `${name}.amazonaws.com`);

/** The services of Lambda@Edge, which act only for a principal with permissions on the function. */
const OF_LAMBDA_EDGE: ReadonlySet<string | undefined> = new Set(['edgelambda', 'replicator.lambda']);

/** AWS service principals. Alexa skills use a token instead of a source, and other principals. */
const SERVICES: Predicate = {
  ...principal(
    'Service',
    ({ form, name, text }) => form === 'service' && !text.endsWith('.amazon.com') && !OF_LAMBDA_EDGE.has(name),
  ),
  texts: CALLERS,
  reference: () => false,
};

const BUCKETS: Predicate = {
  ...principal('Service', ({ name }) => name === 's3'),
  texts: ['s3.amazonaws.com'],
  reference: () => false,
};

import type { Fix } from '../../model/edit.ts';
import { all, is, isAbsent, isPresent, not, type Predicate } from '../../model/judgement.ts';
import { newOwnAccount } from '../../policy/own-account.ts';
import { matchesEveryAccount } from '../../policy/narrowing.ts';
import { principal } from '../../policy/principal.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'lambda-permission-source',
  on: 'resource',
  reads: {
    'AWS::Lambda::Permission': ['EventSourceToken', 'Principal', 'PrincipalOrgID', 'SourceAccount', 'SourceArn'],
  },
  topic: 'identity',
  severity: 'medium',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'Lambda permissions for AWS services should restrict the source',
  why: 'A service acts for all its customers under one name. With a permission for the service alone, another customer can have it call your function (confused deputy).',
  remedy:
    'Add the ARN of the bucket, topic, rule or API that calls the function as its source, and for a bucket the account as well.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html',
      claim:
        'SourceArn and SourceAccount limit for whom a service may call the function; SourceAccount goes with the ARN of a bucket, which somebody else can have once it was deleted.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
      claim: 'Policies that let a service in should say for which resource, account or organisation it acts.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html',
      claim: 'Lambda compares SourceArn with the operator StringLike.',
      seen: '2026-11-28',
    },
  ],
  aliases: { checkov: ['CKV_AWS_364'] },
  controls: {},
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
    const words = { arn: permission.nativePath('SourceArn'), account: permission.nativePath('SourceAccount') };
    const fixes = (): readonly Fix[] => {
      const value = is(at, BUCKETS).yes.isAlways() ? newOwnAccount(permission, stack) : undefined;
      return value
        ? [
            {
              title: `Let it call for this account only, by ${words.account} (keeps out events of other accounts)`,
              safe: false,
              edits: [{ op: 'set', resource: permission, path: 'SourceAccount', value }],
            },
          ]
        : [];
    };
    yield {
      violations: [{ wrong: all(unlimited, isAbsent(source), is(at, SERVICES)), at }],
      message: (shown) =>
        `The permission ${permission.displayName} allows any AWS customer to invoke the function through ${shown}. Add ${words.arn}${shown.startsWith('s3.') ? ` and ${words.account}` : ` or ${words.account}`}.`,
      fixes,
    };
    yield {
      violations: [{ wrong: all(unlimited, wide, is(at, SERVICES)), at: source }],
      message: `The permission ${permission.displayName} lets a service invoke the function for any AWS customer, because ${words.arn} matches every account. Name one resource, or add ${words.account}.`,
      fixes,
    };
    yield {
      severity: 'info',
      profile: 'strict',
      violations: [{ wrong: all(unlimited, isPresent(source), not(wide), is(at, BUCKETS)), at }],
      message: `The permission ${permission.displayName} names a bucket by its ARN, which has no account ID. A later owner of that bucket name could invoke the function; add ${words.account}.`,
      fixes,
    };
  },
});

/** Services that call functions; what can be none of these, such as the id of an account, is no service. */
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

/** Services of AWS. Skills of Alexa say whose they are by a token, and have names of their own. */
const SERVICES: Predicate = {
  ...principal('Service', ({ form, text }) => form === 'service' && !text.endsWith('.amazon.com')),
  texts: CALLERS,
  reference: () => false,
};

const BUCKETS: Predicate = {
  ...principal('Service', ({ name }) => name === 's3'),
  texts: ['s3.amazonaws.com'],
  reference: () => false,
};

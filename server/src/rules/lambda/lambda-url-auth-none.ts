import { all, any, is, judgement, type Judgement } from '../../model/judgement.ts';
import { oneOf } from '../../model/predicate.ts';
import { connectionText, type RelationKind } from '../../model/relation.ts';
import type { Edge, Resource } from '../../model/resource.ts';
import { defineRule, type RelatedValue } from '../rule.ts';
import { allowsInvocation, allowsUrl, letsEverybody, PERMISSION_PATHS, type Permission } from './public-permission.ts';

export default defineRule({
  id: 'lambda-url-auth-none',
  on: 'resource',
  reads: { 'AWS::Lambda::Url': ['AuthType', 'TargetFunctionArn'], 'AWS::Lambda::Permission': PERMISSION_PATHS },
  topic: 'data-exposure',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-24',
  title: 'Lambda function URL authenticates its callers',
  why: 'With AuthType NONE Lambda lets in whoever calls the URL as soon as a permission names everybody, so the function is open to the internet, and its owner pays for every call.',
  remedy:
    'Set AuthType to AWS_IAM, or put an API or a distribution with origin access control in front that authenticates. For webhooks, check the signature in the function.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
      claim:
        'With NONE Lambda does not authenticate, but the policy of the function still has to grant access to everybody; since October 2025 new URLs need both lambda:InvokeFunctionUrl and lambda:InvokeFunction.',
      seen: '2026-11-24',
    },
  ],
  aliases: { checkov: ['CKV_AWS_258'] },
  controls: {},
  fix: 'suggestion',
  subsumes: ['lambda-permission-public'],
  *check(url) {
    if (url.type !== 'AWS::Lambda::Url') return;
    const auth = url.get('AuthType');
    const none = is(auth, oneOf('NONE'));
    const permissions = permissionsOf(url);
    const granted = (allows: (permission: Permission) => Judgement): Judgement =>
      any(...permissions.map(({ resource, when }) => all(judgement(when), letsEverybody(resource), allows(resource))));
    const reached = all(none, granted(allowsUrl));
    const common = {
      subjects: permissions.map(({ resource }) => resource),
      related: functionsBehind(url),
      fixes: () => [
        {
          title: `Set ${url.nativePath('AuthType')} to AWS_IAM (unsigned requests are rejected)`,
          safe: false,
          edits: [{ op: 'set' as const, resource: url, path: 'AuthType', value: 'AWS_IAM' }],
        },
      ],
    };
    const withPermissions = (wrong: Judgement) => [
      { wrong, at: auth },
      ...permissions.map(({ resource, when }) => ({
        wrong: all(
          wrong,
          judgement(when),
          letsEverybody(resource),
          any(allowsUrl(resource), allowsInvocation(resource)),
        ),
        at: resource.get('Principal'),
        also: `${resource.displayName} allows anyone to invoke the function.`,
      })),
    ];
    // Of several findings at one place the first that is certain is kept.
    yield {
      ...common,
      violations: withPermissions(all(reached, granted(allowsInvocation))),
      message: `The function URL ${url.displayName} does not authenticate, and a permission allows anyone to invoke it. Set ${url.nativePath('AuthType')} to AWS_IAM.`,
    };
    yield {
      ...common,
      violations: withPermissions(reached),
      severity: 'medium',
      message: `The function URL ${url.displayName} does not authenticate, and a permission allows anyone to use it. URLs created since October 2025 also need lambda:InvokeFunction; set ${url.nativePath('AuthType')} to AWS_IAM.`,
    };
    yield {
      ...common,
      violations: [{ wrong: none, at: auth }],
      severity: 'low',
      message: `The function URL ${url.displayName} does not authenticate. A permission for anyone would open it to the internet; set ${url.nativePath('AuthType')} to AWS_IAM.`,
    };
  },
});

/** Where a URL names its function, or an alias of that; one that SAM makes of the function's own properties does not. */
function functionsBehind(url: Resource): readonly RelatedValue[] {
  return (['function-of-url', 'alias-of-url'] as const).flatMap((kind) =>
    url
      .related(kind)
      .edges.filter(({ resource }) => resource.address !== url.address)
      .map(({ resource, when, via }) => ({ value: via, when, message: `${connectionText(kind, url, resource)}.` })),
  );
}

/** The permissions for a URL: its own, those of the function behind it and of its aliases, and those of the alias that it names itself. */
function permissionsOf(url: Resource): readonly Edge[] {
  const functions = url.related('function-of-url').edges;
  const aliases = [...through(functions, 'function-aliases'), ...url.related('alias-of-url').edges];
  return [
    ...through(functions, 'function-permissions'),
    ...through(aliases, 'alias-permissions'),
    ...url.related('url-permissions').edges,
  ];
}

/** What the resources at the end of some edges are connected with. */
function through(edges: readonly Edge[], kind: RelationKind): readonly Edge[] {
  return edges.flatMap((first) =>
    first.resource
      .related(kind)
      .edges.map((second) => ({ ...second, when: all(judgement(first.when), judgement(second.when)) })),
  );
}

import { flatMap } from '../../base/flat-map.ts';
import { all, any, is, judgement, type Judgement } from '../../model/judgement.ts';
import { oneOf } from '../../model/predicate.ts';
import { always } from '../../model/quantified.ts';
import { connectionText } from '../../model/relation.ts';
import type { Resource } from '../../model/resource.ts';
import { functionExposure } from '../forms/exposure.ts';
import { defineRule, type RelatedValue } from '../rule.ts';
import {
  allowsInvocation,
  allowsUrl,
  isPublicPermission,
  PERMISSION_PATHS,
  type FunctionPermission,
} from '../../reachability/public-access/function-permission.ts';
import { permissionsOfUrl, permitsAnyone } from '../../reachability/public-access/functions.ts';

export default defineRule({
  id: 'lambda-url-auth-none',
  on: 'resource',
  reads: { 'AWS::Lambda::Url': ['AuthType', 'TargetFunctionArn'], 'AWS::Lambda::Permission': PERMISSION_PATHS },
  topic: 'data-exposure',
  severity: 'high',
  judged: '2026-11-24',
  title: 'Lambda function URLs should require authentication',
  keywords: ['AuthType NONE', 'AWS_IAM', 'unauthenticated', 'anonymous', 'public endpoint', 'open to the world'],
  why: 'A function URL with AuthType NONE does not authenticate requests. With a permission for all principals, anyone on the internet can invoke the function, and you pay for every invocation.',
  remedy:
    'Set AuthType to AWS_IAM, or put an API that authenticates or a CloudFront distribution with origin access control in front of the URL. For webhooks, verify the signature in the function.',
  sources: {
    'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html':
      'With NONE, Lambda does not authenticate requests, but the function policy must still grant public access; new URLs since October 2025 require both lambda:InvokeFunctionUrl and lambda:InvokeFunction.',
    'https://github.com/hashicorp/terraform-provider-aws/pull/44858':
      'For a URL with NONE, the provider of Terraform adds permissions for anyone to the function; newer versions add both.',
  },
  aliases: ['CKV_AWS_258'],
  fix: 'suggestion',
  judgesElsewhere: true,
  subsumes: ['lambda-permission-public'],
  *check(url) {
    if (url.type !== 'AWS::Lambda::Url') return;
    const auth = url.get('AuthType');
    const none = is(auth, oneOf('NONE'));
    const permissions = permissionsOfUrl(url);
    const granted = (allows: (permission: FunctionPermission) => Judgement): Judgement =>
      any(
        ...permissions.map(({ resource, when }) =>
          all(judgement(when), isPublicPermission(resource), allows(resource)),
        ),
      );
    const isPermitted = permitsAnyone(url);
    const reached = all(none, any(granted(allowsUrl), isPermitted));
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
          isPublicPermission(resource),
          any(allowsUrl(resource), allowsInvocation(resource)),
        ),
        at: resource.get('Principal'),
        also: `${resource.displayName} allows anyone to invoke the function.`,
      })),
    ];
    const exposes = {
      ...common,
      cause: functionExposure(url, {
        who: 'anyone on the internet',
        does: 'to invoke the function URL',
        also: `${url.displayName} also allows anyone on the internet to invoke the function URL.`,
      }),
    };
    // Of several findings at one place the first that is certain is kept.
    yield {
      ...exposes,
      violations: withPermissions(all(reached, granted(allowsInvocation))),
      message: `Anyone on the internet can invoke the function URL ${url.displayName}. Set ${url.nativePath('AuthType')} to AWS_IAM.`,
    };
    yield {
      ...exposes,
      violations: withPermissions(reached),
      severity: 'medium',
      message: always(isPermitted)
        ? `Terraform adds permissions for anyone to the function URL ${url.displayName}. Set ${url.nativePath('AuthType')} to AWS_IAM.`
        : `Anyone can invoke the function URL ${url.displayName} if it was created before October 2025. Newer URLs also require lambda:InvokeFunction; set ${url.nativePath('AuthType')} to AWS_IAM.`,
    };
    yield {
      ...common,
      violations: [{ wrong: none, at: auth }],
      severity: 'low',
      message: `The function URL ${url.displayName} does not require authentication. A public permission would expose it to the internet; set ${url.nativePath('AuthType')} to AWS_IAM.`,
    };
  },
});

/**
 * The places where a URL names its function or an alias. A URL that SAM generates from the properties of the function
 * has none.
 */
function functionsBehind(url: Resource): readonly RelatedValue[] {
  return flatMap(['function-of-url', 'alias-of-url'] as const, (kind) =>
    url
      .related(kind)
      .edges.filter(({ resource }) => resource.address !== url.address)
      .map(({ resource, when, via }) => ({ value: via, when, message: `${connectionText(kind, url, resource)}.` })),
  );
}

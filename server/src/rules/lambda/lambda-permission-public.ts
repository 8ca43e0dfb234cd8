import type { Fix, NewValue } from '../../model/edit.ts';
import { all, any, is, isAbsent } from '../../model/judgement.ts';
import { oneOf } from '../../model/predicate.ts';
import { always, never } from '../../model/quantified.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { organizationOf } from '../../policy/principal/known-principals.ts';
import { newOwnAccount } from '../../policy/principal/own-account.ts';
import { writtenText } from '../../policy/principal/principal.ts';
import { functionExposure } from '../forms/exposure.ts';
import { defineRule, type Cause } from '../rule.ts';
import {
  allowsInvocation,
  allowsUrl,
  isForUrl,
  isPublicPermission,
  PERMISSION_PATHS,
} from '../../reachability/public-access/function-permission.ts';

export default defineRule({
  id: 'lambda-permission-public',
  on: 'resource',
  reads: {
    'AWS::Lambda::Permission': PERMISSION_PATHS,
    'AWS::Lambda::LayerVersionPermission': ['Principal', 'OrganizationId'],
  },
  topic: 'data-exposure',
  severity: 'critical',
  judged: '2026-11-24',
  title: 'Lambda permissions should not allow public access',
  keywords: [
    'wildcard principal',
    'function policy',
    'anonymous',
    'cross-account',
    'AddPermission',
    'open to the world',
  ],
  why: 'A wildcard principal allows any AWS account to invoke the function or read the layer. For a function URL without authentication, it allows anyone on the internet.',
  remedy:
    'Specify the account or service, or add SourceAccount, SourceArn or PrincipalOrgID. For a layer, add OrganizationId.',
  sources: {
    'config:lambda-function-public-access-prohibited':
      'A function policy with a wildcard principal is public unless it grants access to fixed values only.',
    'https://repost.aws/knowledge-center/security-hub-lambda-finding':
      'Lambda.1: function policies should prohibit public access; a condition on AWS:SourceAccount resolves it.',
    'AWS::Lambda::LayerVersionPermission':
      'A wildcard principal grants all AWS accounts the use of a layer, unless OrganizationId is specified.',
    'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html':
      'A function URL with AuthType NONE requires a permission for all principals.',
  },
  aliases: ['CKV_AWS_301', 'F13', 'LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED'],
  controls: { securityHub: ['Lambda.1'] },
  fix: 'suggestion',
  *check(permission, { stack }) {
    const principal = permission.get('Principal');
    const fixes =
      (path: 'OrganizationId' | 'PrincipalOrgID', ofService = false) =>
      (star: Leaf): readonly Fix[] =>
        knownOnes(permission, star, stack, path, ofService);
    if (permission.type === 'AWS::Lambda::LayerVersionPermission') {
      yield {
        violations: [
          {
            wrong: all(is(principal, oneOf('*')), isAbsent(permission.get('OrganizationId'))),
            at: principal,
            // The checks of other tools and the control are about functions.
            aliases: {},
            controls: {},
          },
        ],
        severity: 'medium',
        profile: 'recommended',
        fixes: fixes('OrganizationId'),
        message: `${permission.displayName} allows any AWS account to read the code in the layer. Specify the accounts, or add ${permission.nativePath('OrganizationId')}.`,
      };
      return;
    }
    const open = isPublicPermission(permission);
    const shared = (who: string, does: string): Cause =>
      functionExposure(permission, { who, does, also: `${permission.displayName} also allows ${who} ${does}.` });
    // Of several findings at one place the first that is certain is kept.
    yield {
      decidedBy: () => ({ whole: [permission.get('Action')] }),
      cause: shared('any AWS account', 'to invoke the function URL'),
      violations: [
        {
          wrong: all(open, isForUrl(permission), is(permission.get('FunctionUrlAuthType'), oneOf('AWS_IAM'))),
          at: principal,
        },
      ],
      severity: 'high',
      profile: 'recommended',
      fixes: fixes('PrincipalOrgID'),
      message: `${permission.displayName} allows any AWS account to invoke the function URL. Specify the principals, or add ${permission.nativePath('PrincipalOrgID')}.`,
    };
    yield {
      decidedBy: () => ({ whole: [permission.get('Action')] }),
      cause: shared('anyone on the internet', 'to invoke the function URL'),
      violations: [{ wrong: all(open, isForUrl(permission)), at: principal }],
      severity: 'high',
      profile: 'recommended',
      message: `${permission.displayName} allows anyone on the internet to invoke the function URL. Specify the principals, and set the authentication of the URL to AWS_IAM.`,
    };
    const does = never(any(allowsInvocation(permission), allowsUrl(permission))) ? 'read or change' : 'invoke';
    yield {
      decidedBy: () => ({ whole: [permission.get('Action')] }),
      cause: shared('any AWS account', `to ${does} the function`),
      violations: [{ wrong: open, at: principal }],
      // With a source, the principal is a service, not an account.
      fixes: fixes('PrincipalOrgID', !always(isAbsent(permission.get('SourceArn')))),
      message: `${permission.displayName} allows any AWS account to ${does} the function. Specify the account or service, or add ${permission.nativePath('SourceAccount')}.`,
    };
  },
});

/**
 * The fixes that restrict access to the account of the stack, or to the organization that its policies name. A URL
 * without authentication supports neither.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 */
function knownOnes(
  resource: Resource,
  star: Leaf,
  stack: Stack,
  path: 'OrganizationId' | 'PrincipalOrgID',
  ofService: boolean,
): readonly Fix[] {
  if (writtenText(star) !== '*') return [];
  const account = newOwnAccount(resource, stack);
  const id = organizationOf(stack);
  const set = (name: string, value: NewValue, called: string): Fix => ({
    title: `Restrict to ${called} (ends this public access)`,
    safe: false,
    edits: [{ op: 'set', resource, path: name, value }],
  });
  if (ofService) return account ? [set('SourceAccount', account, 'AWS services acting for this account')] : [];
  return [
    ...(account
      ? [
          {
            title: 'Restrict to this account (ends this public access)',
            safe: false,
            edits: [{ op: 'replace', resource, target: star, value: account } as const],
          },
        ]
      : []),
    ...(id === undefined ? [] : [set(path, id, `organization ${id}`)]),
  ];
}

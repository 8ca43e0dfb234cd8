/**
 * Public access to functions, their URLs and layers by permissions.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-layerversionpermission.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { bothTruths, TRUE } from '../../base/guard.ts';
import { isTerraform } from '../../model/format.ts';
import { all, any, is, isAbsent, judgement, NO, not, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import { oneOf } from '../../model/predicate.ts';
import { never } from '../../model/quantified.ts';
import type { Edge, Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import { WILDCARD_PRINCIPAL } from '../../policy/principal/principal.ts';
import { permissionsFor, permissionsWith, qualifiedBy } from './function-qualifier.ts';
import { allowsInvocation, allowsUrl, isForUrl, isPublicPermission } from './function-permission.ts';
import { accessThrough, type PublicAccess, type PublicCause } from './public-access.ts';

/** Public access to a function: by its permissions, and through its URLs. */
export function functionAccess(fn: Resource): PublicAccess {
  const { complete } = fn.related('function-permissions');
  const urls = fn.related('function-urls');
  const causes = [
    ...flatMap(permissionsFor(fn), ({ resource, when }) =>
      permissionCause(resource, all(judgement(when), not(isForUrl(resource)))),
    ),
    ...flatMap(urls.edges, ({ resource, when }) =>
      urlAccess(resource).causes.map((cause) => ({ ...cause, open: all(judgement(when), cause.open) })),
    ),
  ];
  return accessThrough(causes, bothTruths(complete, urls.complete));
}

function permissionCause(permission: Resource, when: Judgement): readonly PublicCause[] {
  const open = all(judgement(permission.when), when, isPublicPermission(permission));
  if (never(open)) return [];
  return [
    {
      resource: permission,
      text: `${permission.displayName} allows any AWS account to call ${shown(permission.get('Action'))}`,
      at: permission.get('Principal'),
      from: 'other-accounts',
      open,
    },
  ];
}

/** Public access to a function URL: without authentication, and with permissions for anyone. */
export function urlAccess(url: Resource): PublicAccess {
  const auth = url.get('AuthType');
  const none = is(auth, oneOf('NONE'));
  const permissions = permissionsOfUrl(url);
  const granted = (allows: (permission: Resource) => Judgement): Judgement =>
    any(
      ...permissions.map(({ resource, when }) => all(judgement(when), isPublicPermission(resource), allows(resource))),
    );
  const cause: PublicCause = {
    resource: url,
    text: `${url.displayName} does not require authentication`,
    at: auth,
    from: 'internet',
    open: all(
      judgement(url.when),
      none,
      any(granted(allowsUrl), permitsAnyone(url)),
      // Only URLs created since October 2025 require both permissions.
      any(granted(allowsInvocation), UNKNOWABLE),
    ),
    missing: `whether ${url.displayName} was created before October 2025`,
  };
  return accessThrough(never(none) ? [] : [cause], TRUE);
}

/**
 * Whether the creation of a URL without authentication also adds permissions for anyone, as the provider of Terraform
 * does: for lambda:InvokeFunctionUrl and, in newer versions, for lambda:InvokeFunction.
 * https://github.com/hashicorp/terraform-provider-aws/pull/44858
 */
export function permitsAnyone({ format }: Pick<Resource, 'format'>): Judgement {
  return isTerraform(format) ? YES : NO;
}

/** Public access to a layer version permission. */
export function layerAccess(permission: Resource): PublicAccess {
  const principal = permission.get('Principal');
  const open = all(is(principal, WILDCARD_PRINCIPAL), isAbsent(permission.get('OrganizationId')));
  const text = `${permission.displayName} allows any AWS account to use the layer`;
  return accessThrough([{ resource: permission, text, at: principal, from: 'other-accounts', open }], TRUE);
}

/** The permissions that apply to a URL: its own, and those for the same function, version or alias. */
export function permissionsOfUrl(url: Resource): readonly Edge[] {
  return [
    ...flatMap(['function-of-url' as const, 'alias-of-url' as const], (kind) =>
      flatMap(url.related(kind).edges, ({ resource: owner, when, via }) =>
        permissionsWith(permissionsFor(owner), qualifiedBy(owner, via, url.get('Qualifier'))).map((edge) => ({
          ...edge,
          via: edge.via,
          when: all(judgement(when), judgement(edge.when)),
        })),
      ),
    ),
    ...url.related('url-permissions').edges,
  ];
}

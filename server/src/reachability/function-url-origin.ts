/** Whether CloudFront distributions can call function URLs that require signed requests. */
import { all, any, is, isPresent, judge, judgement, not, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { oneOf, oneOfIgnoringCase } from '../model/predicate.ts';
import type { Entry, Resource } from '../model/resource.ts';
import { allowsInvocation } from './public-access/function-permission.ts';
import { permissionsOfUrl } from './public-access/functions.ts';

/**
 * Whether a function URL answers requests from a distribution: without authentication, those of anyone; otherwise the
 * distribution must sign them with an origin access control, and permissions must allow it to call the URL. These can
 * also be given elsewhere.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
export function answersDistribution(url: Resource, distribution: Resource, origins: readonly Entry[]): Judgement {
  const auth = url.get('AuthType');
  const permissions = permissionsOfUrl(url).map(({ resource, when }) => ({
    permission: resource,
    forIt: all(judgement(when), judgement(resource.when), isFor(resource, distribution)),
  }));
  const calls = any(UNKNOWABLE, ...permissions.map(({ permission, forIt }) => all(forIt, allowsSigned(permission))));
  // Only URLs created since October 2025 also require the second permission.
  const invokes = any(
    UNKNOWABLE,
    ...permissions.map(({ permission, forIt }) => all(forIt, allowsInvocation(permission))),
  );
  const signs = any(...origins.map((origin) => isPresent(origin.get('OriginAccessControlId'))));
  return any(
    all(is(auth, oneOf('NONE')), UNKNOWABLE),
    all(is(auth, oneOf('AWS_IAM')), signs, not(neverSigns(distribution)), calls, invokes),
  );
}

/** Whether all origin access controls of a distribution leave requests unsigned. */
function neverSigns(distribution: Resource): Judgement {
  const controls = distribution.related('origin-access').edges;
  return all(
    ...(controls.length === 0 ? [UNKNOWABLE] : []),
    ...controls.map(({ resource }) => is(resource.get('OriginAccessControlConfig.SigningBehavior'), oneOf('never'))),
  );
}

/** Whether a permission allows its principals to call a URL with signed requests. */
function allowsSigned(permission: Resource): Judgement {
  return all(
    is(permission.get('Action'), oneOfIgnoringCase('lambda:InvokeFunctionUrl', 'lambda:*', '*')),
    not(is(permission.get('FunctionUrlAuthType'), oneOf('NONE'))),
  );
}

/** Whether a permission is for CloudFront, and for this distribution. */
function isFor(permission: Resource, distribution: Resource): Judgement {
  const isNamed = judge(permission.get('SourceArn'), (leaf) => {
    if (leaf.state === 'absent') return true;
    const pieces = leaf.state === 'template' ? leaf.pieces : [leaf];
    const isIt = pieces.some(
      (one) => typeof one === 'object' && one.state === 'reference' && one.to === distribution.address,
    );
    return isIt || undefined;
  });
  return all(is(permission.get('Principal'), oneOf('cloudfront.amazonaws.com', '*')), isNamed);
}

/** Whether a Lambda permission allows public access. */
import { all, any, is, isPresent, not, UNKNOWABLE, type Judgement } from '../../model/judgement.ts';
import { isTrue, oneOf, oneOfIgnoringCase } from '../../model/predicate.ts';
import { matchesOnlyKnown } from '../../policy/principal/narrowing.ts';
import { WILDCARD_PRINCIPAL } from '../../policy/principal/principal.ts';
import type { Resource } from '../../model/resource.ts';

/** The paths that are read of a permission. */
export const PERMISSION_PATHS = [
  'Action',
  'EventSourceToken',
  'FunctionUrlAuthType',
  'InvokedViaFunctionUrl',
  'Principal',
  'PrincipalOrgID',
  'SourceAccount',
  'SourceArn',
] as const;

export type FunctionPermission = Pick<Resource<string, (typeof PERMISSION_PATHS)[number]>, 'get'>;

/**
 * Whether a permission has a wildcard principal, and nothing in it restricts that. Lambda compares SourceArn as a
 * pattern.
 */
export function isPublicPermission(permission: FunctionPermission): Judgement {
  return all(
    is(permission.get('Principal'), WILDCARD_PRINCIPAL),
    not(
      any(
        matchesOnlyKnown('aws:principalorgid', 'equals', permission.get('PrincipalOrgID')),
        matchesOnlyKnown('aws:sourceaccount', 'equals', permission.get('SourceAccount')),
        matchesOnlyKnown('aws:sourcearn', 'like', permission.get('SourceArn')),
        // A token restricts callers as long as it is kept secret.
        all(isPresent(permission.get('EventSourceToken')), UNKNOWABLE),
      ),
    ),
  );
}

/** Whether a permission applies only to requests to the function URL. */
export function isForUrl(permission: FunctionPermission): Judgement {
  return any(
    is(permission.get('Action'), oneOfIgnoringCase('lambda:InvokeFunctionUrl')),
    is(permission.get('InvokedViaFunctionUrl'), isTrue),
  );
}

/** Whether a permission allows its principals to call a URL without authentication. */
export function allowsUrl(permission: FunctionPermission): Judgement {
  return all(
    is(permission.get('Action'), oneOfIgnoringCase('lambda:InvokeFunctionUrl', 'lambda:*', '*')),
    not(is(permission.get('FunctionUrlAuthType'), oneOf('AWS_IAM'))),
  );
}

/** Whether a permission allows its principals to invoke the function other than through its URL. */
export function allowsDirectInvocation(permission: FunctionPermission): Judgement {
  return all(
    allowsInvocation(permission),
    not(is(permission.get('InvokedViaFunctionUrl'), isTrue)),
    // Of other events it is unknown whether they have a token, and of other actions whether they have a type.
    any(
      not(any(isPresent(permission.get('EventSourceToken')), isPresent(permission.get('FunctionUrlAuthType')))),
      UNKNOWABLE,
    ),
  );
}

/**
 * Whether a permission allows its principals to invoke the function, which a URL created since October 2025 also
 * requires.
 */
export function allowsInvocation(permission: FunctionPermission): Judgement {
  return is(permission.get('Action'), oneOfIgnoringCase('lambda:InvokeFunction', 'lambda:*', '*'));
}

/** Whom a permission of a function lets in. */
import { all, any, is, isPresent, not, UNKNOWABLE, type Judgement } from '../../model/judgement.ts';
import { isTrue, oneOf, oneOfIgnoringCase } from '../../model/predicate.ts';
import { leavesKnown } from '../../policy/narrowing.ts';
import { STAR } from '../../policy/principal.ts';
import type { ResourceOf } from '../rule.ts';

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

export type Permission = Pick<ResourceOf<'AWS::Lambda::Permission'>, 'get'>;

/** Whether a permission names everybody and nothing in it narrows that. Lambda compares SourceArn as a pattern. */
export function letsEverybody(permission: Permission): Judgement {
  return all(
    is(permission.get('Principal'), STAR),
    not(
      any(
        leavesKnown('aws:principalorgid', 'equals', permission.get('PrincipalOrgID')),
        leavesKnown('aws:sourceaccount', 'equals', permission.get('SourceAccount')),
        leavesKnown('aws:sourcearn', 'like', permission.get('SourceArn')),
        // A token is a secret that the caller has to know, if it was kept secret.
        all(isPresent(permission.get('EventSourceToken')), UNKNOWABLE),
      ),
    ),
  );
}

/** Whether a permission is for requests to the URL of the function alone. */
export function isForUrl(permission: Permission): Judgement {
  return any(
    is(permission.get('Action'), oneOfIgnoringCase('lambda:InvokeFunctionUrl')),
    is(permission.get('InvokedViaFunctionUrl'), isTrue),
  );
}

/** Whether a permission lets those whom it names call a URL that does not authenticate. */
export function allowsUrl(permission: Permission): Judgement {
  return all(
    is(permission.get('Action'), oneOfIgnoringCase('lambda:InvokeFunctionUrl', 'lambda:*', '*')),
    not(is(permission.get('FunctionUrlAuthType'), oneOf('AWS_IAM'))),
  );
}

/** Whether a permission lets those whom it names invoke the function, which a URL that was made since October 2025 needs as well. */
export function allowsInvocation(permission: Permission): Judgement {
  return is(permission.get('Action'), oneOfIgnoringCase('lambda:InvokeFunction', 'lambda:*', '*'));
}

/** The result of the question who has access to a resource: the principals, with what allows it and what limits it. */
import { flatMap } from '../../base/flat-map.ts';
import type { Guard } from '../../base/guard.ts';
import type { Judgement } from '../../model/judgement.ts';
import type { Condition, PolicyDocument, Statement } from '../../model/policy.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import type { BucketExposure } from '../principal/bucket-block.ts';
import { CAPABILITIES, type Capability } from './capabilities.ts';

/**
 * What a principal is. All except identities are named by policies of the resource. `restricted` is anyone, restricted
 * by conditions to known parties, such as those in a network.
 */
export type AccessPrincipalKind =
  | 'identity'
  | 'own-account'
  | 'anyone'
  | 'restricted'
  | 'account'
  | 'organization'
  | 'principal'
  | 'service'
  | 'federated'
  | 'canonical-user'
  | 'unknown';

/** A principal that has access. */
export interface AccessPrincipal {
  readonly kind: AccessPrincipalKind;
  /**
   * The address of an identity, an account ID, an ARN, the name of a service; empty for anyone and the root user of the
   * account. With scopes, it only distinguishes principals.
   */
  readonly name: string;
  /** The conditions that narrow anyone to the principal. */
  readonly scopes?: readonly AccessScope[];
  /** The identity of the document; for a policy with unknown principals, the policy. */
  readonly resource?: Resource;
  /** Whether an account is certainly another one, and not perhaps that of the stack. */
  readonly isForeign?: boolean;
  /** Whether the configuration lists an account as one of the user. */
  readonly isOfUser?: boolean;
}

/** The values of a condition key to which anyone is narrowed. */
export interface AccessScope {
  /** In lower case. */
  readonly key: string;
  readonly values: Value;
}

/**
 * What allows an action: a statement, an AWS managed policy, a permission of a Lambda function, a grant of a key, the
 * ACL of a bucket, or a default policy.
 */
export type GrantSource =
  | {
      readonly kind: 'statement';
      readonly statement: Statement;
      readonly policy: PolicyDocument;
      /** Whether it is a policy of the resource, and not one of the principal. */
      readonly isOfResource: boolean;
      /** The group through which a user has it. */
      readonly through?: Resource;
    }
  | { readonly kind: 'managed'; readonly at: Value; readonly name: string; readonly through?: Resource }
  | { readonly kind: 'permission' | 'grant'; readonly resource: Resource }
  | { readonly kind: 'acl'; readonly resource: Resource; readonly at: Value }
  /** The policy that AWS KMS gives a key without one. */
  | { readonly kind: 'default-key-policy'; readonly resource: Resource };

/** An action that a source allows. */
export interface GrantedAction {
  readonly action: string;
  readonly capability: Capability;
  /** Where it is allowed after all limits, except conditions that depend on the request. */
  readonly when: Judgement;
  /** Whether a condition depends on the request. */
  readonly isConditional: boolean;
  /** Whether it is allowed only on a part of the resource's content, such as objects with a prefix. */
  readonly isPartial: boolean;
}

/** The actions that one source allows. */
export interface AccessGrant {
  readonly source: GrantSource;
  readonly actions: readonly GrantedAction[];
}

/** What limits access, besides the grants themselves. */
export type AccessLimit =
  | {
      readonly kind: 'conditions';
      readonly source: GrantSource;
      readonly conditions: readonly Condition[];
      /** The levels that they limit. */
      readonly levels?: readonly Capability[];
    }
  | {
      readonly kind: 'settings';
      readonly resource: Resource;
      readonly paths: readonly string[];
      readonly levels?: readonly Capability[];
    }
  | { readonly kind: 'deny'; readonly statement: Statement; readonly policy: PolicyDocument }
  | { readonly kind: 'boundary'; readonly at: Value; readonly resource: Resource | undefined }
  | {
      readonly kind: 'public-access-block';
      readonly resource: Resource;
      /** Where it is on for the account. */
      readonly account: Judgement;
      readonly way: BucketExposure;
    }
  | { readonly kind: 'delegated' }
  | { readonly kind: 'other-account' };

/** A principal that may assume a role. */
export interface Assumer {
  readonly principal: AccessPrincipal;
  /** The roles between, the first of which the principal assumes; none if it assumes the role itself. */
  readonly through: readonly Resource[];
  /** Whether a condition on the way depends on the request. */
  readonly isConditional: boolean;
}

/** Access of a principal. */
export interface PrincipalAccess {
  readonly principal: AccessPrincipal;
  /** The principals that can assume the role. */
  readonly assumedBy?: readonly Assumer[];
  /** The members of a group. */
  readonly members?: readonly Resource[];
  /** What allows something in some scenario. */
  readonly grants: readonly AccessGrant[];
  /** What is allowed at first, and removed by limits in every scenario. */
  readonly removed: readonly AccessGrant[];
  /** What may be allowed, although that is not known in any scenario. */
  readonly possible: readonly AccessGrant[];
  readonly limits: readonly AccessLimit[];
  /** What the principal may do with the keys that encrypt the resource. */
  readonly keys: readonly KeyAccess[];
}

/** Access to a key that encrypts the resource. */
export interface KeyAccess {
  readonly key: Resource;
  readonly access: Omit<PrincipalAccess, 'keys'> | undefined;
  /** That of principals that may include this one, such as anyone. */
  readonly others: readonly Omit<PrincipalAccess, 'keys'>[];
}

/** What is not known, so that further principals can have access. */
export type AccessUnknown =
  | { readonly kind: 'policies'; readonly identity: Resource; readonly names: readonly Value[] }
  | {
      readonly kind: 'actions';
      readonly statement: Statement;
      readonly policy: PolicyDocument;
      readonly identity: Resource;
    }
  | { readonly kind: 'share'; readonly share: Resource }
  | { readonly kind: 'organization-policy' | 'endpoint-policy'; readonly policy: PolicyDocument }
  | { readonly kind: 'access-point' | 'access-grant'; readonly resource: Resource }
  | { readonly kind: 'resource-policies'; readonly resource: Resource };

export interface ResourceAccess {
  readonly resource: Resource;
  /** The scenarios in which the resource exists, and that are considered. */
  readonly within: Guard;
  /** Principals with access in some scenario: those of the document first. */
  readonly principals: readonly PrincipalAccess[];
  /** Principals whose access is not known in any scenario. */
  readonly possible: readonly PrincipalAccess[];
  /** Principals that lose all access through limits. */
  readonly denied: readonly PrincipalAccess[];
  readonly unknowns: readonly AccessUnknown[];
}

/** A level of access with its actions. */
export interface CapabilityAccess {
  readonly capability: Capability;
  /** In alphabetical order. */
  readonly actions: readonly string[];
  readonly when: readonly Judgement[];
  readonly isConditional: boolean;
  readonly isPartial: boolean;
}

/**
 * The levels of grants, in the order of `CAPABILITIES`. Something is conditional or partial if each of its grants is.
 */
export function capabilitiesOf(grants: readonly AccessGrant[]): readonly CapabilityAccess[] {
  return flatMap(CAPABILITIES, (capability): readonly CapabilityAccess[] => {
    const granted = flatMap(grants, ({ actions }) => actions.filter((one) => one.capability === capability));
    return granted.length === 0
      ? []
      : [
          {
            capability,
            actions: [...new Set(granted.map(({ action }) => action))].sort(),
            when: [...new Set(granted.map(({ when }) => when))],
            isConditional: granted.every(({ isConditional }) => isConditional),
            isPartial: granted.every(({ isPartial }) => isPartial),
          },
        ];
  });
}

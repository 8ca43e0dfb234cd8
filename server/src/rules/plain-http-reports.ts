/** The reports about topics and queues that accept requests without TLS. */
import { NewCopy, NewReference, type Fix, type NewValue } from '../model/edit.ts';
import { all, isPresent, judgement, not } from '../model/judgement.ts';
import { gapIn, itemsOf, member } from '../model/navigate.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { RelationKind } from '../model/relation.ts';
import type { Resource } from '../model/resource.ts';
import { deniesPlainHttp, hasNoPolicy, plainHttpFix } from '../policy/principal/secure-transport.ts';
import type { Report } from './rule.ts';

/** A kind of resource that accepts messages. */
export interface MessageResource {
  /** Its name in a sentence. */
  readonly word: string;
  /** The attribute that returns its ARN; none where Ref does. */
  readonly arn?: string;
  readonly policies: RelationKind;
  readonly owners: RelationKind;
  /** The property of its policies that lists their resources. */
  readonly list: string;
  /** The actions that must be denied, in lower case. */
  readonly carrying: readonly string[];
  /** The action that the new statement denies. */
  readonly denied: string;
}

/** The report about a resource without a policy. It has no fix, because a new policy replaces the default one of AWS. */
export function withoutPolicy(resource: Resource, { word, policies, denied }: MessageResource): Report {
  return {
    violations: [{ wrong: hasNoPolicy(resource, policies), at: resource.self }],
    message: `The ${word} ${resource.displayName} has no policy that denies requests without TLS. Deny ${denied} when aws:SecureTransport is false.`,
  };
}

/** The reports about a policy that does not deny requests without TLS. A policy that SAM generates cannot be changed. */
export function* withoutDenial(resource: Resource, of: MessageResource): Iterable<Report> {
  if (resource.format === 'sam' && resource.nativeType !== resource.type) return;
  const { word, carrying, denied } = of;
  for (const policy of resource.policies().documents) {
    const statements = member(policy.value, 'Statement');
    yield {
      violations: [
        { wrong: all(judgement(policy.seen), not(deniesPlainHttp(policy, carrying))), at: gapIn(statements) },
      ],
      message: `The ${word} policy ${resource.displayName} does not deny requests without TLS. Deny ${denied} when aws:SecureTransport is false.`,
      fixes: (): readonly Fix[] => {
        const resources = resourcesOf(policy, of);
        return resources === undefined ? [] : [plainHttpFix(policy, denied, resources)];
      },
    };
  }
}

/** The ARNs of all resources of a policy. Where its only resource is not in the stack, the resource that one of its statements names, which can only be that one. */
function resourcesOf(
  { host, statements }: PolicyDocument,
  { owners, arn, list }: MessageResource,
): NewValue | undefined {
  const { edges, complete } = host.related(owners);
  const here = edges.filter(({ resource }) => !resource.external && !isSame(resource, host));
  if (here.length > 0 && here.length === edges.length && complete.yes.isAlways()) {
    // A template can list one resource twice.
    const named = new Map(here.map(({ resource }) => [resource.address, resource]));
    const arns = [...named.values()].map((resource) => new NewReference(resource, arn));
    return arns.length === 1 ? arns[0]! : arns;
  }
  const isOne = host.type.endsWith('InlinePolicy') || itemsOf(host.get(list)).items.length === 1;
  const named = isOne ? statements.find(({ resources }) => isPresent(resources).yes.isAlways()) : undefined;
  return named && new NewCopy(named.value, 'Resource');
}

/** Whether a policy is part of its own resource, which cannot refer to itself. */
function isSame(owner: Resource, host: Resource): boolean {
  return owner.parts[0]?.address !== undefined && owner.parts[0].address === host.parts[0]?.address;
}

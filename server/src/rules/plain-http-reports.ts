/** What a rule says of a topic or a queue that can be used without TLS. */
import { NewCopy, NewReference, type Fix, type NewValue } from '../model/edit.ts';
import { all, isPresent, judgement, not } from '../model/judgement.ts';
import { gapIn, itemsOf, member } from '../model/navigate.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { RelationKind } from '../model/relation.ts';
import type { Resource } from '../model/resource.ts';
import { deniesPlainHttp, hasNoPolicy, plainHttpFix } from '../policy/secure-transport.ts';
import type { Report } from './rule.ts';

/** A kind of resource that takes messages. */
export interface MessageResource {
  /** What it is called in a sentence. */
  readonly word: string;
  /** The attribute that its ARN is; none where it is what a reference to it gives. */
  readonly arn?: string;
  readonly policies: RelationKind;
  readonly owners: RelationKind;
  /** The property of its policies that lists those that they belong to. */
  readonly list: string;
  /** The actions that have to be denied, in lower case. */
  readonly carrying: readonly string[];
  /** What the new statement denies. */
  readonly denied: string;
}

/** The report about a resource that has no policy. There is no fix for it: a policy takes the place of the one that AWS gives by itself. */
export function withoutPolicy(resource: Resource, { word, policies, denied }: MessageResource): Report {
  return {
    violations: [{ wrong: hasNoPolicy(resource, policies), at: resource.self }],
    message: `The ${word} ${resource.displayName} has no policy that denies requests without TLS. Add one that denies ${denied} when aws:SecureTransport is false.`,
  };
}

/** The reports about a policy that does not deny requests without TLS. One that SAM makes nobody can change. */
export function* withoutDenial(resource: Resource, of: MessageResource): Iterable<Report> {
  if (resource.format === 'sam' && resource.nativeType !== resource.type) return;
  const { word, carrying, denied } = of;
  for (const policy of resource.policies().documents) {
    const statements = member(policy.value, 'Statement');
    yield {
      violations: [
        { wrong: all(judgement(policy.seen), not(deniesPlainHttp(policy, carrying))), at: gapIn(statements) },
      ],
      message: `The ${word} policy ${resource.displayName} does not deny requests without TLS. Add a statement that denies ${denied} when aws:SecureTransport is false.`,
      fixes: (): readonly Fix[] => {
        const resources = resourcesOf(policy, of);
        return resources === undefined ? [] : [plainHttpFix(policy, denied, resources)];
      },
    };
  }
}

/** The ARNs of all that a policy belongs to. Where the one that it belongs to is not here, what a statement of it names, which can be nothing else. */
function resourcesOf(
  { host, statements }: PolicyDocument,
  { owners, arn, list }: MessageResource,
): NewValue | undefined {
  const { edges, complete } = host.related(owners);
  const here = edges.filter(({ resource }) => !resource.external && !isSame(resource, host));
  if (here.length > 0 && here.length === edges.length && complete.yes.isAlways()) {
    // What a template says twice is one resource.
    const named = new Map(here.map(({ resource }) => [resource.address, resource]));
    const arns = [...named.values()].map((resource) => new NewReference(resource, arn));
    return arns.length === 1 ? arns[0]! : arns;
  }
  const isOne = host.type.endsWith('InlinePolicy') || itemsOf(host.get(list)).items.length === 1;
  const named = isOne ? statements.find(({ resources }) => isPresent(resources).yes.isAlways()) : undefined;
  return named && new NewCopy(named.value, 'Resource');
}

/** Whether a policy is written in what it belongs to, which cannot refer to itself. */
function isSame(owner: Resource, host: Resource): boolean {
  return owner.parts[0]?.address !== undefined && owner.parts[0].address === host.parts[0]?.address;
}

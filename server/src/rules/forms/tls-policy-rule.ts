/** The form of rules about queues, topics and the like that accept requests without TLS. */
import { generatesResources } from '../../model/format.ts';
import { NewCopy, NewReference, type Fix, type NewValue } from '../../model/edit.ts';
import { all, isPresent, judgement, not } from '../../model/judgement.ts';
import { gapIn, itemsOf, member } from '../../model/navigate.ts';
import { always } from '../../model/quantified.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { RelationKind } from '../../model/relation.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import {
  deniesPlainHttp,
  hasNoPolicy,
  newPolicyFix,
  plainHttpDenial,
  plainHttpFix,
} from '../../policy/principal/secure-transport.ts';
import { defineRule, type AnyRule, type Report } from '../rule.ts';
import type { ResourceType } from '../resource-paths.ts';
import { metadataOf, type FormFacts } from './metadata.ts';

/** A resource whose policy should deny requests without TLS. */
export type TlsPolicyRule = Omit<FormFacts, 'topic' | 'keywords' | 'remedy' | 'fix'> & {
  /** The resource: its type, its name in a sentence, and the attribute that returns its ARN; none where Ref does. */
  readonly resource: { readonly type: ResourceType; readonly word: string; readonly arn?: string };
  /**
   * Its policies: the type, the property that lists their resources, and the type of a policy for one resource only;
   * `default` if AWS gives a resource a policy of its own, which a new one would replace.
   */
  readonly policy: {
    readonly type: ResourceType;
    readonly list: string;
    readonly inline: ResourceType;
    readonly default?: true;
  };
  /** The relation from a resource to its policies, and the one from a policy to its resources. */
  readonly relations: readonly [policies: RelationKind, resources: RelationKind];
  /** The actions that must be denied, in lower case. */
  readonly carrying: readonly string[];
  /** The action that the new statement denies. */
  readonly denied: string;
};

const KEYWORDS = ['aws:SecureTransport', 'SSL', 'HTTPS', 'encryption in transit', 'enforceSSL'];

/**
 * Makes a rule from its data: a report about a resource without a policy, one about each policy, and the fix that adds
 * the statement.
 */
export function tlsPolicyRule(data: TlsPolicyRule): AnyRule {
  const { resource, policy, denied } = data;
  const advice = `Deny ${denied} when aws:SecureTransport is false.`;
  const remedy = `Add a statement to the ${resource.word} policy that denies ${denied} for all principals when aws:SecureTransport is false.`;
  const reads = {
    [resource.type]: [],
    [policy.type]: [policy.list, 'PolicyDocument'],
    [policy.inline]: ['PolicyDocument'],
  };
  return defineRule<ResourceType>({
    ...metadataOf({ ...data, topic: 'encryption-in-transit', keywords: KEYWORDS }, { advice: remedy, fixable: true }),
    on: 'resource',
    reads: reads as never,
    *check(subject, { stack }) {
      const checked = subject as Resource;
      if (checked.type === resource.type) yield withoutPolicy(checked, data, advice, stack);
      else yield* withoutDenial(checked, data, advice);
    },
  });
}

/** The report about a resource without a policy, with the fix that adds one. */
function withoutPolicy(
  checked: Resource,
  { resource, policy, relations, denied }: TlsPolicyRule,
  advice: string,
  stack: Stack,
): Report {
  return {
    violations: [{ wrong: hasNoPolicy(checked, relations[0]), at: checked.self }],
    message: `The ${resource.word} ${checked.displayName} has no policy that denies requests without TLS. ${advice}`,
    fixes: () =>
      policy.default
        ? []
        : newPolicyFix(checked, stack, relations[0], {
            type: policy.type,
            attached: { [policy.list]: [new NewReference(checked)] },
            statement: plainHttpDenial(denied, new NewReference(checked, resource.arn)),
          }),
  };
}

/**
 * The reports about a policy that does not deny requests without TLS. A policy that SAM generates cannot be changed.
 */
function* withoutDenial(checked: Resource, data: TlsPolicyRule, advice: string): Iterable<Report> {
  if (generatesResources(checked.format) && checked.nativeType !== checked.type) return;
  for (const policy of checked.policies().documents) {
    const denies = deniesPlainHttp(policy, data.carrying);
    yield {
      violations: [{ wrong: all(judgement(policy.seen), not(denies)), at: gapIn(member(policy.value, 'Statement')) }],
      message: `The ${data.resource.word} policy ${checked.displayName} does not deny requests without TLS. ${advice}`,
      fixes: (): readonly Fix[] => {
        const resources = resourcesOf(policy, data);
        return resources === undefined ? [] : [plainHttpFix(policy, data.denied, resources)];
      },
    };
  }
}

/**
 * The ARNs of all resources of a policy. Where its only resource is not in the stack, the resource that one of its
 * statements names, which can only be that one.
 */
function resourcesOf(
  { host, statements }: PolicyDocument,
  { relations, resource: { arn }, policy }: TlsPolicyRule,
): NewValue | undefined {
  const { edges, complete } = host.related(relations[1]);
  const here = edges.filter(({ resource }) => !resource.external && !isSame(resource, host));
  if (here.length > 0 && here.length === edges.length && always(complete)) {
    // A template can list one resource twice.
    const named = new Map(here.map(({ resource }) => [resource.address, resource]));
    const arns = [...named.values()].map((resource) => new NewReference(resource, arn));
    return arns.length === 1 ? arns[0]! : arns;
  }
  const isOne = host.type === policy.inline || itemsOf(host.get(policy.list)).items.length === 1;
  const named = isOne ? statements.find(({ resources }) => always(isPresent(resources))) : undefined;
  return named && new NewCopy(named.value, 'Resource');
}

/** Whether a policy is part of its own resource, which cannot refer to itself. */
function isSame(owner: Resource, host: Resource): boolean {
  return owner.parts[0]?.address !== undefined && owner.parts[0].address === host.parts[0]?.address;
}

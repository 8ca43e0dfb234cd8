/**
 * The policies of a function or state machine, which the transform makes a role of: names and ARNs of managed policies, policy
 * documents, and policy templates, alone or in a list.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
 */
import { Guard, TRUE, type Truth } from '../../base/guard.ts';
import { itemsOf, leaves, unknown } from '../../model/navigate.ts';
import type { Element, Leaf, Origin, Value } from '../../model/value.ts';
import type { SamPolicies } from './mapping.ts';

/** The inline policies of the role: its property `Policies`. `granted` says that it has more than what is said for it. */
export function inlinePolicies(policies: Value, { templates }: SamPolicies, granted: boolean): Value {
  const { items, open } = itemsIn(policies);
  const documents = items.flatMap(({ value: leaf, when }, index): readonly Element[] => {
    const document = documentOf(leaf, templates);
    return document ? [{ when, value: inline(`Policy${index}`, leaf.origin, document) }] : [];
  });
  return listOf(documents, open || granted, policies.origin);
}

/** The managed policies of the role: its property `ManagedPolicyArns`, those first that it has anyhow. */
export function managedPolicies(policies: Value, anyhow: readonly Element[], { paths }: SamPolicies, origin: Origin, granted: boolean): Value {
  const { items, open } = itemsIn(policies);
  const named = items.flatMap(({ value: leaf, when }): readonly Element[] => leaf.state === 'object' ? [] : [{ when, value: withArn(leaf, paths) }]);
  return listOf([...anyhow, ...named], open || granted, policies.state === 'absent' && anyhow.length > 0 ? origin : policies.origin);
}

function listOf(items: readonly Element[], open: boolean, origin: Origin): Value {
  return items.length === 0 ? { state: 'absent', origin, open } : { state: 'list', origin, items, open };
}

interface Item {
  readonly value: Leaf;
  readonly when: Truth;
}

/** Each thing that an item can be, with the scenarios in which it is. */
function itemsIn(policies: Value): { readonly items: readonly Item[]; readonly open: boolean } {
  const { items, complete } = itemsOf(policies, true);
  return {
    open: !Guard.always.coveredBy(complete.yes),
    items: items.flatMap((item): readonly Item[] => {
      const branches = leaves(item.value);
      return branches.map(({ guard, value }, index): Item => {
        const elsewhere = branches.reduce((sum, other, i) => i === index ? sum : sum.or(other.guard), Guard.never);
        return { value, when: { yes: item.when.yes.and(guard), no: item.when.no.or(elsewhere) } };
      });
    }),
  };
}

/** The document that an item is; undefined for a managed policy. */
function documentOf(leaf: Leaf, templates: readonly string[]): Value | undefined {
  if (leaf.state !== 'object') return undefined;
  if (leaf.entries.some(({ key }) => key === 'Statement')) return leaf;
  const [only, ...others] = leaf.entries;
  const origin: Origin = { ...leaf.origin, edit: 'none' };
  // A template grants what its parameters narrow. What that is, is not read, so nothing is said of it.
  if (only && others.length === 0 && templates.includes(only.key)) {
    return { state: 'object', origin, open: false, entries: [{ key: 'Statement', keyAt: only.keyAt, when: TRUE, value: { state: 'list', origin, items: [], open: true } }] };
  }
  return unknown(origin, 'transform');
}

function inline(name: string, origin: Origin, document: Value): Value {
  const keyAt = origin.key ?? origin.use;
  return {
    state: 'object', origin, open: false,
    entries: [
      { key: 'PolicyName', keyAt, when: TRUE, value: { state: 'known', origin: { ...origin, edit: 'none' }, raw: name, quoted: true, value: name } },
      { key: 'PolicyDocument', keyAt, when: TRUE, value: document },
    ],
  };
}

/** The name of a managed policy of AWS stands for its ARN. */
function withArn(leaf: Leaf, paths: SamPolicies['paths']): Leaf {
  if (leaf.state !== 'known' || leaf.value === null || leaf.raw.startsWith('arn:')) return leaf;
  const arn = `arn:aws:iam::aws:policy/${Object.hasOwn(paths, leaf.raw) ? paths[leaf.raw]! : ''}${leaf.raw}`;
  return { ...leaf, raw: arn, value: arn };
}

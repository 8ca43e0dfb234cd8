/**
 * The policies of a function or state machine, from which the transform creates a role: names and ARNs of managed
 * policies, policy documents and policy templates, alone or in a list.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-templates.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { Guard, TRUE, type Truth } from '../../base/guard.ts';
import { ownEntry } from '../../base/table.ts';
import { absentFrom, itemsOf, leaves, member, unknown } from '../../model/navigate.ts';
import type { Element, Leaf, Member, Origin, Value } from '../../model/value.ts';
import { lazyElement } from '../plain.ts';
import { jsonValue, type FilledPlaceholder } from './json-value.ts';
import type { PolicyTemplate, SamPolicies } from './mapping.ts';

/** The context of a role's policies. */
export interface PolicyMaking {
  readonly policies: SamPolicies;
  /** The value of a pseudo parameter. */
  parameter(name: string): Value;
}

/**
 * The inline policies of the role: its property `Policies`. Documents and templates are named after the role and their
 * index in the list; `before` and `after` are policies that the transform adds.
 */
export function inlinePolicies(
  policies: Value,
  role: string,
  making: PolicyMaking,
  before: readonly Element[],
  after: readonly Element[],
): Value {
  const { items, open } = itemsIn(policies);
  const documents = flatMap(items, ({ value: leaf, when, index }): readonly Element[] => {
    const document = documentOf(leaf, making);
    return document ? [{ when, value: inlinePolicy(`${role}Policy${index}`, leaf.origin, document) }] : [];
  });
  return listOf([...before, ...documents, ...after], open, policies.origin);
}

/**
 * The managed policies of the role: its property `ManagedPolicyArns`. Those that it always has come first, those for
 * events last.
 */
export function managedPolicies(
  policies: Value,
  before: readonly Element[],
  after: readonly Element[],
  { paths }: SamPolicies,
  origin: Origin,
): Value {
  const { items, open } = itemsIn(policies);
  const named = flatMap(items, ({ value: leaf, when }): readonly Element[] =>
    leaf.state === 'object' ? [] : [{ when, value: withArn(leaf, paths) }],
  );
  return listOf(
    once([...before, ...named, ...after]),
    open,
    policies.state === 'absent' && before.length > 0 ? origin : policies.origin,
  );
}

/** An entry that exists in every scenario is not repeated. */
function once(items: readonly Element[]): readonly Element[] {
  const seen = new Set<string>();
  return items.filter(({ value, when }) => {
    if (value.state !== 'known') return true;
    if (seen.has(value.raw)) return false;
    if (when.yes.isAlways()) seen.add(value.raw);
    return true;
  });
}

/** An inline policy of a role. */
export function inlinePolicy(name: string, origin: Origin, document: Value): Value {
  const keyAt = origin.key ?? origin.use;
  return {
    state: 'object',
    origin,
    open: false,
    entries: [
      {
        key: 'PolicyName',
        keyAt,
        when: TRUE,
        value: { state: 'known', origin: { ...origin, edit: 'none' }, raw: name, quoted: true, value: name },
      },
      { key: 'PolicyDocument', keyAt, when: TRUE, value: document },
    ],
  };
}

function listOf(items: readonly Element[], open: boolean, origin: Origin): Value {
  return items.length === 0 ? { state: 'absent', origin, open } : { state: 'list', origin, items, open };
}

interface Item {
  readonly value: Leaf;
  readonly when: Truth;
  /** Its index in the list as written. */
  readonly index: number;
}

/** Each possible value of an item, with its scenarios. */
function itemsIn(policies: Value): { readonly items: readonly Item[]; readonly open: boolean } {
  const { items, complete } = itemsOf(policies, true);
  return {
    open: !Guard.always.coveredBy(complete.yes),
    items: flatMap(items, (item, index): readonly Item[] => {
      const branches = leaves(item.value);
      return branches.map(({ guard, value }, branch): Item => {
        const elsewhere = branches.reduce((sum, other, i) => (i === branch ? sum : sum.or(other.guard)), Guard.never);
        return { value, index, when: { yes: item.when.yes.and(guard), no: item.when.no.or(elsewhere) } };
      });
    }),
  };
}

/** The document of an item; undefined for a managed policy. */
function documentOf(leaf: Leaf, making: PolicyMaking): Value | undefined {
  if (leaf.state !== 'object') return undefined;
  if (leaf.entries.some(({ key }) => key === 'Statement')) return leaf;
  const [only, ...others] = leaf.entries;
  const { templates } = making.policies;
  if (only && others.length === 0 && !leaf.open && Object.hasOwn(templates, only.key))
    return templateDocument(ownEntry(templates, only.key)!, only, making);
  return unknown({ ...leaf.origin, edit: 'none' }, 'transform');
}

/**
 * The document of a policy template. Its actions have the place of its name, its resources that of the parameters. Only
 * the parameters can be edited, so the document cannot.
 */
function templateDocument(template: PolicyTemplate, { keyAt, value }: Member, making: PolicyMaking): Value {
  const origin: Origin = { use: keyAt, key: keyAt, steps: [], edit: 'none' };
  const fill = (name: string): FilledPlaceholder => {
    if (name.startsWith('AWS::')) return { value: making.parameter(name), written: false };
    const given = member(value, name);
    // A template without its parameters is rejected, so missing values are unknown, not absent.
    return given.state === 'absent'
      ? { value: unknown({ ...absentFrom(value).origin, edit: 'none' }, 'transform'), written: false }
      : { value: given, written: true };
  };
  const items = template.map((statement) =>
    lazyElement(() => jsonValue({ Effect: 'Allow', ...statement }, origin, fill)),
  );
  return {
    state: 'object',
    origin,
    open: false,
    entries: [{ key: 'Statement', keyAt, when: TRUE, value: { state: 'list', origin, open: false, items } }],
  };
}

/** The name of an AWS managed policy represents its ARN. */
function withArn(leaf: Leaf, paths: SamPolicies['paths']): Leaf {
  if (leaf.state !== 'known' || leaf.value === null || leaf.raw.startsWith('arn:')) return leaf;
  const arn = `arn:aws:iam::aws:policy/${ownEntry(paths, leaf.raw) ?? ''}${leaf.raw}`;
  return { ...leaf, raw: arn, value: arn, written: 0 };
}

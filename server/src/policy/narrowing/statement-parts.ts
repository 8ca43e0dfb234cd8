/** Edits that remove actions from a statement, or move them to a separate statement. */
import { ownEntry, putEntry } from '../../base/table.ts';
import type { Edit, Fix, NewObject, NewValue } from '../../model/edit.ts';
import { isPresent, type Judgement } from '../../model/judgement.ts';
import { absentFrom, itemsOf, mapLeaves, member } from '../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import { knownTexts } from '../condition/conditions.ts';

/** The given entries of a statement's actions; undefined if there are no other entries, or one is unknown. */
function itemsNamed({ actions }: Statement, names: readonly string[]): readonly Value[] | undefined {
  const { items, complete } = itemsOf(actions);
  const wanted = new Set(names);
  const found = items
    .filter(({ value, when }) => when.yes.isAlways() && value.state === 'known' && wanted.has(value.raw))
    .map(({ value }) => value);
  return complete.yes.isAlways() && found.length === wanted.size && found.length < items.length ? found : undefined;
}

function removals({ host: resource }: PolicyDocument, items: readonly Value[]): readonly Edit[] {
  return items.map((target) => ({ op: 'removeItem', resource, target }));
}

/** The fix that removes actions from a statement. */
export function withoutActions(
  policy: PolicyDocument,
  statement: Statement,
  names: readonly string[],
  title: string,
): readonly Fix[] {
  const items = itemsNamed(statement, names);
  return items ? [{ title, safe: false, uncovers: 'part', edits: removals(policy, items) }] : [];
}

/**
 * The fix that moves actions to a separate statement with all except one of the conditions. No fix if a part of the
 * statement cannot be copied: a reference to another resource, or a value that depends on a parameter.
 */
export function separateStatementFix(
  policy: PolicyDocument,
  statement: Statement,
  names: readonly string[],
  without: Condition,
  title: string,
): readonly Fix[] {
  const items = itemsNamed(statement, names);
  const list = member(policy.value, 'Statement');
  const { value } = statement;
  if (!items || list.state !== 'list' || value.state !== 'object' || value.open) return [];
  const parts: Record<string, NewValue> = {};
  for (const { key, value: part, when } of value.entries) {
    // A second statement with the same Sid would be a duplicate.
    if (key === 'Sid') continue;
    const anew =
      key === 'Action'
        ? names.length === 1
          ? names[0]!
          : names
        : key === 'Condition'
          ? conditionsBut(statement, without)
          : writtenWhole(part);
    if (anew === undefined || !when.yes.isAlways()) return [];
    if (key !== 'Condition' || Object.keys(anew as NewObject).length > 0) putEntry(parts, key, anew);
  }
  // Actions that had no effect because of the condition are allowed by the new statement.
  return [
    {
      title,
      safe: false,
      uncovers: 'effect',
      edits: [...removals(policy, items), { op: 'insertItem', resource: policy.host, list, value: parts }],
    },
  ];
}

/** The conditions of a statement without one of them. */
function conditionsBut({ conditions, conditionsComplete }: Statement, without: Condition): NewObject | undefined {
  if (!conditionsComplete.yes.isAlways()) return undefined;
  const blocks: Record<string, Record<string, NewValue>> = {};
  for (const condition of conditions) {
    if (condition === without) continue;
    const values = writtenWhole(condition.values);
    if (values === undefined || !condition.when.yes.isAlways()) return undefined;
    putEntry(ownEntry(blocks, condition.operator) ?? putEntry(blocks, condition.operator, {}), condition.key, values);
  }
  return blocks;
}

/** A value that can be copied. */
function writtenWhole(value: Value): NewValue | undefined {
  switch (value.state) {
    case 'known':
      return value.origin.secret || value.origin.def ? undefined : value.value;
    case 'list': {
      const items = value.open
        ? [undefined]
        : value.items.map((item) => (item.when.yes.isAlways() ? writtenWhole(item.value) : undefined));
      return items.includes(undefined) ? undefined : (items as readonly NewValue[]);
    }
    case 'object': {
      const entries = value.open
        ? [undefined]
        : value.entries.map((entry) => {
            const anew = entry.when.yes.isAlways() ? writtenWhole(entry.value) : undefined;
            return anew === undefined ? undefined : ([entry.key, anew] as const);
          });
      return entries.includes(undefined) ? undefined : Object.fromEntries(entries as (readonly [string, NewValue])[]);
    }
    default:
      return undefined;
  }
}

/** The fix that adds an action to a statement; no fix if its actions are not literal. */
export function withAction(
  { host: resource }: PolicyDocument,
  { actions }: Statement,
  action: string,
  title: string,
): readonly Fix[] {
  const isWritten = actions.state === 'list' || (actions.state === 'known' && knownTexts(actions).length > 0);
  return isWritten
    ? [{ title, safe: false, edits: [{ op: 'insertItem', resource, list: actions, value: action }] }]
    : [];
}

/** Where a statement has service principals. */
export function namesServices({ principals }: Statement): Judgement {
  return isPresent(
    member(
      mapLeaves(principals, (leaf) => (leaf.state === 'object' || leaf.state === 'unknown' ? leaf : absentFrom(leaf))),
      'Service',
    ),
  );
}

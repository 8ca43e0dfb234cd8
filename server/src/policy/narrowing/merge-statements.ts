/**
 * Statements that differ only in their actions, or only in their resources. A single statement with all of them has the
 * same effect.
 */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import { NewCopy, type Edit, type Fix, type NewValue } from '../../model/edit.ts';
import { leaves, TRUE } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Stack } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { actionCovers, redundantIn, resourceCovers } from '../statement/redundant.ts';
import { withSuffix } from '../resource/rewritten.ts';
import { contentBeside, isOwnStatement } from '../statement/same-statement.ts';
import { leastSize } from '../statement/size.ts';
import { canAddStatement, replacedBy } from '../statement/statement-edits.ts';
import { identified, possibleTexts, writtenAction } from '../statement/written.ts';

/** Statements of a policy that can be merged. */
export interface Mergeable {
  readonly element: 'Action' | 'Resource';
  /** The first of them, which is kept. */
  readonly first: Statement;
  readonly others: readonly Statement[];
}

/**
 * The groups of mergeable statements. A statement applies to every combination of its actions and resources, so
 * statements with equal effect, principals, conditions and one equal list are equivalent to one statement with both
 * lists.
 */
export const mergeable = memoize((policy: PolicyDocument): readonly Mergeable[] => {
  const taken = new Set<Statement>();
  return flatMap(['Action', 'Resource'] as const, (element) => {
    const groups = new Map<string, Statement[]>();
    for (const statement of policy.statements) {
      // A statement with an empty list has no effect.
      if (
        taken.has(statement) ||
        !itemsIn(elementOf(statement, element))?.length ||
        !canAddStatement(policy, statement)
      )
        continue;
      if (!isOwnStatement(statement.value)) continue;
      const content = contentBeside(statement.value, element);
      if (content !== undefined) groups.set(content, [...(groups.get(content) ?? []), statement]);
    }
    return [...groups.values()]
      .filter((group) => group.length > 1)
      .map(([first, ...others]): Mergeable => {
        for (const statement of [first!, ...others]) taken.add(statement);
        return { element, first: first!, others };
      });
  });
});

function elementOf({ actions, resources }: Statement, element: Mergeable['element']): Value {
  return element === 'Action' ? actions : resources;
}

/**
 * The entries of an element, one or several, if all of them exist in every scenario and can be strings; otherwise
 * undefined.
 */
function itemsIn(element: Value): readonly Value[] | undefined {
  if (element.state === 'known' || element.state === 'template' || element.state === 'reference')
    return canBeString(element) ? [element] : undefined;
  if (
    element.state !== 'list' ||
    element.open ||
    !element.items.every(({ value, when }) => when.yes.isAlways() && canBeString(value))
  )
    return undefined;
  return element.items.map(({ value }) => value);
}

/** AWS rejects a policy with other types in a list, and a longer merged list would hide them. */
function canBeString(value: Value): boolean {
  return leaves(value).every(({ value: leaf }) =>
    leaf.state === 'known' ? typeof leaf.value === 'string' : leaf.state !== 'object' && leaf.state !== 'list',
  );
}

/**
 * The edits that write the merged lists into the first statement, without redundant items, and remove the other
 * statements.
 */
export function mergedInto(
  policy: PolicyDocument,
  { element, first, others }: Mergeable,
  stack: Stack,
): readonly Edit[] {
  const anew = (value: Value): NewValue => writtenElsewhere(value, stack);
  const list = elementOf(first, element);
  const own = itemsIn(list)!;
  const otherItems = flatMap(others, (other) => itemsIn(elementOf(other, element))!);
  const covered = coveredAmong([...own, ...otherItems], element);
  const kept = own.filter((value) => !covered.has(value));
  const more = otherItems.filter((value) => !covered.has(value)).map(anew);
  const [top] = own;
  const last = kept.at(-1);
  const isList = leaves(list).some(({ value }) => value.state === 'list');
  const without = (values: readonly Value[]): readonly Edit[] =>
    values.map((target) => ({ op: 'removeItem', resource: policy.host, target, unlessCommented: true }));
  const written = (): readonly Edit[] => {
    if (more.length === 0) return without(own.filter((value) => covered.has(value)));
    if (isList && (last || !top)) {
      return [
        ...more.map((value): Edit => ({
          op: 'insertItem',
          resource: policy.host,
          list,
          value,
          ...(last ? { behind: last } : {}),
        })),
        ...without(own.filter((value) => covered.has(value))),
      ];
    }
    return [...replacedBy(policy, list, top!, [...kept.map(anew), ...more]), ...without(own.slice(1))];
  };
  return [...written(), ...without(others.map(({ value }) => value))];
}

/** The redundant entries among the values of an element. */
function coveredAmong(values: readonly Value[], element: Mergeable['element']): ReadonlySet<Value> {
  const isAction = element === 'Action';
  const entries = possibleTexts(
    values.map((value) => ({ value, when: TRUE })),
    isAction ? writtenAction : identified,
  );
  const redundant = redundantIn(
    entries,
    isAction ? actionCovers : resourceCovers,
    isAction ? (text) => text.toLowerCase() : (text) => text,
  );
  return new Set(
    [...redundant.keys()]
      .map((index) => entries[index]!)
      .filter(({ whole }) => whole)
      .map(({ value }) => value),
  );
}

/** A value for another location: a string is copied; a reference is copied or rebuilt from its target. */
function writtenElsewhere(value: Value, stack: Stack): NewValue {
  if (value.state === 'known' && value.value !== null) return value.value;
  return value.origin.edit !== 'here' && value.state !== 'choice'
    ? (withSuffix(value, '', stack) ?? new NewCopy(value))
    : new NewCopy(value);
}

/** Merges all mergeable statements. No fix if that saves fewer characters than required. */
export function mergedStatements(policy: PolicyDocument, stack: Stack, needed = 1): readonly Fix[] {
  const groups = mergeable(policy);
  const saved = groups.reduce((sum, group) => sum + savedBy(group), 0);
  if (groups.length === 0 || saved < needed) return [];
  const names = new Set(groups.map(({ element }) => (element === 'Action' ? 'actions' : 'resources')));
  return [
    {
      title: `Merge statements that differ only in their ${[...names].join(' or ')} (saves ${saved} characters; same permissions)`,
      safe: false,
      edits: flatMap(groups, (group) => mergedInto(policy, group, stack)),
    },
  ];
}

/** The minimum number of saved characters: the statements without their lists. */
function savedBy({ element, others }: Mergeable): number {
  return others.reduce(
    (sum, other) => sum + Math.max(0, leastSize(other.value) - leastSize(elementOf(other, element)) - 4),
    0,
  );
}

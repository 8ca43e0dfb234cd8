/** Roles, users, groups and policies as resources of policies: by reference, by name, or by a name pattern. */
import { partitionPoint } from '../../base/binary-search.ts';
import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import { Guard } from '../../base/guard.ts';
import { memoize } from '../../base/memoize.ts';
import { once } from '../../base/once.ts';
import { byText } from '../../base/order.ts';
import { withPlaceholders } from '../../base/placeholders.ts';
import { table, type Table } from '../../base/table.ts';
import { generatesResources, isTemplate } from '../../model/format.ts';
import { all, any, judge, judgement, YES, type Judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { UNKNOWN_PIECE, shapeOf } from '../text/unknown-piece.ts';
import { fits, includes } from '../text/wildcard.ts';
import { identified } from '../statement/written.ts';
import { arnFields } from '../text/arn-fields.ts';

/** A resource that policies can name. */
export interface Target {
  /**
   * Where a resource of an Allow statement certainly names the target. No for an external value, such as a parameter
   * with an ARN or a name prefix, because it could name anything.
   */
  named(resource: Value): Judgement;
  /** The same for a Deny statement: a possible match is unknown. */
  namedInDeny(resource: Value): Judgement;
}

/** A placeholder for an unknown name: only the wildcard `*` matches it. */
export const ANY_NAME = '\uE003';

/** A placeholder for the name of the stack, with which the names that CloudFormation generates begin. */
export const STACK_NAME = '\uE004';

/** The name properties of IAM resources, and the prefix of the name in their ARN. */
const NAMES: Table<{ readonly name: string; readonly kind: string }> = table({
  'AWS::IAM::Group': { name: 'GroupName', kind: 'group' },
  'AWS::IAM::ManagedPolicy': { name: 'ManagedPolicyName', kind: 'policy' },
  'AWS::IAM::Role': { name: 'RoleName', kind: 'role' },
  'AWS::IAM::User': { name: 'UserName', kind: 'user' },
});

/** The maximum number of names of a target that are distinguished by scenario. */
const MOST_NAMES = 8;

/** A resource of the stack. */
export const targetOf = memoize(made);

/**
 * Finds the targets that a resource of a statement can name (`named` is not certainly no), in order. An index, because
 * a stack can have many administrators, and most statements name one target.
 */
export function finderOf(resources: readonly Resource[]): (item: Value) => readonly Resource[] {
  const order = new Map(resources.map((resource, index) => [resource, index]));
  const byAddress = new Map<string, Resource[]>();
  for (const resource of resources)
    for (const address of new Set([resource.address, resource.family])) addTo(byAddress, address, resource);
  const named = flatMap(resources, (resource) => namesOf(resource).map(({ name }) => ({ name, resource }))).toSorted(
    (one, other) => byText(one.name, other.name),
  );
  const inOrder = (found: Iterable<Resource>): readonly Resource[] =>
    [...new Set(found)].toSorted((one, other) => order.get(one)! - order.get(other)!);
  const byPattern = new Map<string, readonly Resource[]>();
  const like = (pattern: string): readonly Resource[] => {
    let matching = byPattern.get(pattern);
    if (!matching)
      byPattern.set(
        pattern,
        (matching = inOrder(
          flatMap(beginningWith(named, pattern.slice(0, pattern.search(/[*?]|$/))), ({ name, resource }) =>
            fits(name, pattern) ? [resource] : [],
          ),
        )),
      );
    return matching;
  };
  return (item) => {
    const lists = flatMap(leaves(item), ({ value: leaf }) => {
      const address = leaf.state === 'reference' ? leaf.to : lastOf(leaf);
      const rest = restOf(patternIn(leaf));
      return flatMap(
        [address === undefined ? undefined : byAddress.get(address), rest === undefined ? undefined : like(rest)],
        (list) => (list && list.length > 0 ? [list] : []),
      );
    });
    // Statements that name the same resources share the list.
    return lists.length === 1 ? lists[0]! : inOrder(lists.flat());
  };
}

/** The targets with a prefix, from a sorted list of names. */
function beginningWith<What extends { readonly name: string }>(sorted: readonly What[], text: string): readonly What[] {
  const from = partitionPoint(sorted, ({ name }) => name < text);
  let end = from;
  while (end < sorted.length && sorted[end]!.name.startsWith(text)) end++;
  return sorted.slice(from, end);
}

function made(resource: Resource): Target {
  const names = once(() => namesOf(resource));
  const matches = (item: Value, unknown: false | undefined): Judgement => {
    const called = (name: string): Judgement =>
      judge(item, (leaf) => {
        const referred = isReferred(leaf.state === 'reference' ? leaf.to : lastOf(leaf), resource);
        return leaf.state === 'reference' || referred !== false ? referred : isNamed(leaf, name, unknown);
      });
    return any(...names().map(({ there, name }) => all(there, called(name))));
  };
  return { named: (item) => matches(item, false), namedInDeny: (item) => matches(item, undefined) };
}

/**
 * Whether a reference leads to a resource. Undefined for a reference to all instances of a repeated resource, which may
 * include it. A resource that the SAM transform generates has a logical ID in addition to its address.
 */
export function isReferred(
  to: string | undefined,
  { address, family, format }: Pick<Resource, 'address' | 'family' | 'format'>,
): boolean | undefined {
  if (to === undefined) return false;
  return to === address || (to === family && (generatesResources(format) || undefined));
}

/** The resource whose name is the end of a string, as a reference: `arn:aws:iam::111122223333:role/${Role}`. */
function lastOf(leaf: Leaf): string | undefined {
  const last = leaf.state === 'template' ? leaf.pieces.at(-1) : undefined;
  return typeof last === 'object' && last.state === 'reference' ? last.to : undefined;
}

/** All targets that match a name pattern, which follows the fifth colon of an ARN: `role/app-*`. */
export function targetsLike(pattern: string): Target {
  const matches = (item: Value, unknown: false | undefined): Judgement =>
    judge(item, (leaf) => {
      const rest = restOf(patternIn(leaf));
      return rest !== undefined && includes(rest, pattern) ? true : unknown;
    });
  return { named: (item) => matches(item, false), namedInDeny: (item) => matches(item, undefined) };
}

/**
 * The target that a value names by ARN, whether or not it is in the stack. An interpolated part, or a parameter for the
 * whole value, has the same value wherever it is used.
 */
export function targetBy(value: Value): Target {
  const matches = (item: Value, unknown: false | undefined): Judgement =>
    any(
      ...leaves(value).map(({ guard, value: own }) => {
        const text = identified(
          own.state === 'unknown' ? { state: 'template', origin: own.origin, pieces: [own] } : own,
        );
        const name = restOf(patternIn(own));
        const same = judge(
          item,
          (leaf) =>
            (text !== undefined &&
              text ===
                identified(
                  leaf.state === 'unknown' ? { state: 'template', origin: leaf.origin, pieces: [leaf] } : leaf,
                )) ||
            (name === undefined ? unknown : isNamed(leaf, name, unknown)),
        );
        return all(judgement({ yes: guard, no: Guard.never }), same);
      }),
    );
  return { named: (item) => matches(item, false), namedInDeny: (item) => matches(item, undefined) };
}

/** The calling user, by the policy variable for its name. */
export const OWN_USER: Target = {
  named: (item) =>
    judge(item, (leaf) => /^user\/(?:[^$]*\/|\*)?\$\{aws:username\}\*?$/i.test(restOf(patternIn(leaf)) ?? '')),
  namedInDeny: (item) => judge(item, (leaf) => isNamed(leaf, `user/${ANY_NAME}`, undefined)),
};

/**
 * The name patterns of roles in resources of a statement: `role/app-*`. Paths where only AWS creates roles are omitted.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function rolesLike(items: readonly { readonly value: Value }[]): readonly string[] {
  return flatMap(items, ({ value }) =>
    flatMap(leaves(value), ({ value: leaf }) => {
      const rest = restOf(patternIn(leaf));
      return rest !== undefined && PASSABLE.test(rest) && rest.includes('*') ? [rest] : [];
    }),
  );
}

const PASSABLE = /^role\/(?!aws-(?:service-role|reserved)\/)/;

/**
 * Whether a resource of a statement is the ARN of a single role in each scenario. Roles that only AWS creates are
 * excluded.
 */
export function namesRole(item: Value): boolean {
  return leaves(item).every(({ value: leaf }) => {
    const rest = restOf(patternIn(leaf));
    return rest !== undefined && PASSABLE.test(rest) && !/[*?]/.test(rest);
  });
}

/** Whether a resource of a statement names a single target: by reference, or by a string without wildcards. */
export function isOne(item: Value): boolean {
  return leaves(item).every(
    ({ value: leaf }) => leaf.state === 'reference' || !(restOf(patternIn(leaf)) ?? '*').match(/[*?]/),
  );
}

/** A name of an IAM resource in some scenarios. */
export interface Name {
  readonly there: Judgement;
  /** The part after the fifth colon of its ARN. */
  readonly name: string;
}

/** The names of an IAM resource, with their scenarios. */
export function namesOf(resource: Resource): readonly Name[] {
  const { name, kind } = NAMES[resource.type] ?? { name: '', kind: '' };
  if (name === '') return [{ there: YES, name: ANY_NAME }];
  const path = pathOf(resource.get('Path'));
  const whole = (text: string): string => `${kind}${path}${text}`;
  const all = leaves(resource.get(name));
  if (all.length > MOST_NAMES) return [{ there: YES, name: whole(ANY_NAME) }];
  return all.map(({ guard, value }) => ({
    there:
      all.length === 1
        ? YES
        : judgement({
            yes: guard,
            no: all.reduce((sum, other) => (other.value === value ? sum : sum.or(other.guard)), Guard.never),
          }),
    name: whole(nameIn(value) ?? (value.state === 'absent' && !value.open ? given(resource) : ANY_NAME)),
  }));
}

/**
 * A name assigned by CloudFormation: the stack name, the logical ID, and random characters.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
 */
function given({ address, format, nativeType, type }: Resource): string {
  return isTemplate(format) && nativeType === type && /^\w+$/.test(address)
    ? `${STACK_NAME}-${address}-${ANY_NAME}`
    : ANY_NAME;
}

function pathOf(value: Value): string {
  if (value.state === 'absent' && !value.open) return '/';
  return value.state === 'known' && value.raw.startsWith('/') && value.raw.endsWith('/') ? value.raw : `/${ANY_NAME}/`;
}

/**
 * A string in which interpolated parts are identified by their source; undefined if a source is unknown, or for other
 * values.
 */
export function nameIn(leaf: Leaf): string | undefined {
  switch (leaf.state) {
    case 'template':
      return leaf.pieces.reduce<string | undefined>((text, piece) => {
        const one = typeof piece === 'string' ? piece : nameIn(piece);
        return text === undefined || one === undefined ? undefined : text + one;
      }, '');
    case 'unknown':
      return leaf.input?.endsWith('#AWS::StackName')
        ? STACK_NAME
        : identified({ state: 'template', origin: leaf.origin, pieces: [leaf] });
    default:
      return identified(leaf);
  }
}

/** The same for a resource of a statement that is a string. */
function patternIn(leaf: Leaf): string | undefined {
  return leaf.state === 'known' || leaf.state === 'template' ? nameIn(leaf) : undefined;
}

/**
 * The part after the fifth colon of an IAM ARN, or a wildcard if fewer fields end with one. The account is ignored,
 * because it is the account of the policy.
 */
function restOf(arn: string | undefined): string | undefined {
  if (arn === undefined || /^\*+$/.test(arn)) return arn && '*';
  const fields = arnFields(arn);
  if (fields[0] !== 'arn' || fields.length < 3 || !fits('iam', fields[2]!)) return undefined;
  return fields.length < 6 ? (fields.at(-1)!.endsWith('*') ? '*' : undefined) : fields[5];
}

/** Whether a resource of a policy matches a name; `unknown` if an interpolated part could make it match. */
function isNamed(leaf: Leaf, name: string, unknown: false | undefined): boolean | undefined {
  const rest = restOf(patternIn(leaf));
  if (rest !== undefined && fits(name, rest)) return true;
  if (unknown === false) return false;
  if (leaf.state !== 'known' && leaf.state !== 'template') return leaf.state === 'unknown' ? undefined : false;
  const loose = leaf.state === 'known' ? leaf.raw : shapeOf(leaf).replaceAll(UNKNOWN_PIECE, '*');
  const wider = restOf(withPlaceholders(loose, () => '*'));
  return wider !== undefined && couldFit(name, wider) ? undefined : false;
}

/** Whether a partly unknown name could match a pattern, given their known prefixes. */
function couldFit(name: string, pattern: string): boolean {
  const open = name.search(UNKNOWN);
  if (open < 0) return fits(name, pattern);
  const wild = pattern.search(/[*?]|$/);
  const both = Math.min(open, wild);
  return name.slice(0, both) === pattern.slice(0, both);
}

const UNKNOWN = new RegExp(`[${ANY_NAME}${STACK_NAME}${UNKNOWN_PIECE}]`);

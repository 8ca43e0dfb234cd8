/**
 * A `statement` block of `aws_iam_policy_document` as an IAM statement. Every part keeps its source range in the block,
 * so that findings are located there.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document#statement
 */
import { flatMap } from '../../base/flat-map.ts';
import { bothTruths, eitherTruth, Guard, notTruth, TRUE, type Truth } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { isIndependent } from '../../model/independent.ts';
import { absentFrom, either, itemsOf, leaves, mapLeaves, member, unknown } from '../../model/navigate.ts';
import type { Element, Leaf, List, Member, Obj, Origin, Value } from '../../model/value.ts';
import { locate, locatedAt } from '../located.ts';
import { ALL_KNOWN, bothComplete, openObject, NONE_KNOWN, type Completeness } from './expression/completeness.ts';
import { isWrittenThere } from './native-at.ts';

/** The statement that a block represents. */
export function policyStatement(block: Value): Value {
  return mapLeaves(block, (leaf) => (leaf.state === 'object' ? statementOf(leaf) : leaf));
}

interface Reading {
  readonly name: string;
  readonly read: (value: Value, block: Obj) => Value;
  /** The scenarios in which the element exists, given the value of its source; always if omitted. */
  readonly there?: (value: Value) => Truth;
}

/** The IAM element of each argument and block. */
const ELEMENTS: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ['sid', { name: 'Sid', read: (value) => value }],
  [
    'effect',
    {
      name: 'Effect',
      read: (value, block) =>
        mapLeaves(value, (leaf) => (leaf.state === 'known' && leaf.value === null ? allow(block) : leaf)),
    },
  ],
  ['actions', { name: 'Action', read: unlessEmpty }],
  ['not_actions', { name: 'NotAction', read: unlessEmpty }],
  ['resources', { name: 'Resource', read: (value) => withVariables(unlessEmpty(value)) }],
  ['not_resources', { name: 'NotResource', read: (value) => withVariables(unlessEmpty(value)) }],
  ['principals', { name: 'Principal', read: principalsOf, there: isWrittenThere }],
  ['not_principals', { name: 'NotPrincipal', read: principalsOf, there: isWrittenThere }],
  // Optional conditions are part of the known conditions.
  [
    'condition',
    {
      name: 'Condition',
      read: conditionsOf,
      there: (value) => (isWrittenThere(value).no.satisfiable() ? isWrittenThere(value) : TRUE),
    },
  ],
]);

function statementOf(block: Obj): Value {
  const read = flatMap(block.entries, (argument): readonly Member[] => {
    const element = ELEMENTS.get(argument.key);
    let held: Value | undefined;
    if (!element) return [];
    const when = element.there ? bothTruths(argument.when, element.there(argument.value)) : argument.when;
    return when.no.isAlways()
      ? []
      : [
          {
            key: element.name,
            keyAt: argument.keyAt,
            when,
            get value() {
              return (held ??= element.read(argument.value, block));
            },
          },
        ];
  });
  const entries = flatMap(read, (entry) => (entry.when.yes.satisfiable() ? [entry] : unseen(entry, read, block)));
  const isWhole = block.open || entries.some(({ key }) => key === 'Effect');
  // A copy of the block keeps the block's place.
  return {
    ...block,
    entries: isWhole
      ? entries
      : [...entries, { key: 'Effect', keyAt: block.origin.key ?? block.origin.use, when: TRUE, value: allow(block) }],
  };
}

/**
 * An element that is not written. It is certainly absent if its opposite exists, because AWS accepts only one of them.
 */
function unseen({ key, keyAt, when }: Member, all: readonly Member[], block: Obj): readonly Member[] {
  const opposite = key.startsWith('Not') ? key.slice('Not'.length) : `Not${key}`;
  if (all.some((other) => other.key === opposite && other.when.yes.isAlways())) return [];
  const value: Value = {
    ...unknown({ ...block.origin, use: keyAt, key: keyAt }, 'computed'),
    part: true,
    byCaller: true,
  };
  return [{ key, keyAt, when: when.no.satisfiable() ? when : TRUE, value }];
}

/** The default effect of a statement. */
function allow({ origin }: Obj): Leaf {
  return { state: 'known', origin: { ...origin, edit: 'none' }, raw: 'Allow', quoted: true, value: 'Allow' };
}

/** The provider omits empty lists. */
function unlessEmpty(value: Value): Value {
  return mapLeaves(value, (leaf) =>
    leaf.state === 'list' && leaf.items.length === 0 && !leaf.open ? absentFrom(leaf) : leaf,
  );
}

/** `&{aws:username}` is the escape for a policy variable, because Terraform interprets `${…}`. */
function withVariables(value: Value): Value {
  return mapLeaves(value, (leaf) => {
    switch (leaf.state) {
      case 'list':
        return { ...leaf, items: leaf.items.map((item) => mapped(item, withVariables)) };
      case 'known':
        return leaf.raw.includes('&{') ? { ...leaf, raw: variables(leaf.raw), value: variables(leaf.raw) } : leaf;
      case 'template':
        return { ...leaf, pieces: leaf.pieces.map((piece) => (typeof piece === 'string' ? variables(piece) : piece)) };
      default:
        return leaf;
    }
  });
}

function variables(text: string): string {
  return text.replaceAll('&{', '${');
}

function mapped(item: Element, f: (value: Value) => Value): Element {
  let held: Value | undefined;
  return {
    when: item.when,
    get value() {
      return (held ??= f(item.value));
    },
  };
}

/** Blocks in one scenario, and whether there can be others. */
function blocksOf(value: Value, read: (leaf: Obj | List, blocks: readonly Element[], open: boolean) => Value): Value {
  return mapLeaves(value, (leaf) => {
    if (leaf.state !== 'object' && leaf.state !== 'list') return leaf;
    const { items, complete } = itemsOf(leaf, true);
    const open = !complete.yes.isAlways();
    return items.length === 0 ? absentFrom(leaf, open) : read(leaf, items, open);
  });
}

function principalsOf(value: Value): Value {
  return blocksOf(value, (holder, blocks, open) => {
    const named = groupedBy('type', 'identifiers', holder, blocks, open);
    if (open) return named;
    // An identifier * of type * means all principals if it is the only one. A * of type AWS has the same meaning and is
    // kept.
    return blocks.reduce((all, { value: block, when }, index) => {
      const wildcard = wildcardOf(block);
      if (!wildcard) return all;
      const alone = blocks.reduce(
        (truth, other, i) => (i === index ? truth : bothTruths(truth, notTruth(other.when))),
        bothTruths(when, wildcard.when),
      );
      return alone.no.isAlways() ? all : either(alone, withVariables(wildcard.value), all);
    }, named);
  });
}

/** The only identifier of a block of type *, in the scenarios in which it has that type. */
function wildcardOf(block: Value): Element | undefined {
  const kinds = leaves(member(block, 'type'));
  const isStar = ({ value }: (typeof kinds)[number]): boolean => value.state === 'known' && value.raw === '*';
  const identifiers = itemsOf(member(block, 'identifiers'));
  if (!kinds.some(isStar) || !isAlone(identifiers.items, !identifiers.complete.yes.isAlways())) return undefined;
  const sum = (test: boolean): Guard =>
    kinds.filter((kind) => isStar(kind) === test).reduce<Guard>((all, { guard }) => all.or(guard), Guard.never);
  return { value: identifiers.items[0]!.value, when: kinds.every(isStar) ? TRUE : { yes: sum(true), no: sum(false) } };
}

function isAlone(items: readonly Element[], open: boolean): boolean {
  return !open && items.length === 1 && items[0]!.when.yes.isAlways();
}

/** Blocks with the same operator and key are one condition that any of their values satisfies. */
function conditionsOf(value: Value): Value {
  return blocksOf(value, (holder, blocks, open) => {
    const { groups, seen } = groupsOf(
      blocks.map(({ value: block, when }) => ({ block, when })),
      'test',
    );
    return objectAt(
      holder,
      open ? NONE_KNOWN : seen,
      groups.map((group): Member => {
        const [first] = group.parts;
        const keys = groupedBy(
          'variable',
          'values',
          holder,
          group.parts.map(({ block, when }) => ({ value: block, when })),
          false,
          single,
        );
        const test = member(first!.block, 'test');
        // The operator can be edited if only one block has it.
        const located = group.parts.length === 1 ? locate(test) : undefined;
        const origin: Origin = {
          ...test.origin,
          key: test.origin.use,
          ...(group.parts.length === 1 ? {} : { edit: 'none' }),
        };
        const inner = mapLeaves(keys, (leaf) => {
          const one: Value =
            leaf.state === 'object' ? { state: 'object', entries: leaf.entries, open: leaf.open, origin } : leaf;
          return located ? locatedAt(one, located.tree, located.node) : one;
        });
        return { key: group.name, keyAt: group.keyAt, when: group.when, value: inner, ...computedKey(group) };
      }),
    );
  });
}

/** A list of one value is written as that value, which is a string: `values` has the type list of string. */
function single(value: Value): Value {
  return mapLeaves(value, (leaf) =>
    leaf.state === 'list' && isAlone(leaf.items, leaf.open) ? asString(leaf.items[0]!.value) : leaf,
  );
}

function asString(value: Value): Value {
  return mapLeaves(value, (leaf) => (leaf.state === 'unknown' ? { single: true, ...leaf } : leaf));
}

/** A block in the scenarios in which it exists and has a name. */
interface Part {
  readonly block: Value;
  readonly when: Truth;
}

interface Group {
  readonly name: string;
  readonly keyAt: Span;
  readonly when: Truth;
  readonly parts: readonly Part[];
  /** Whether the name of a block is not a literal. */
  readonly isComputed: boolean;
}

function computedKey({ isComputed }: Group): Pick<Member, 'computedKey'> {
  return isComputed ? { computedKey: true } : {};
}

/** Blocks grouped by an argument, in the order of first occurrence. An unknown name can be any of them. */
function groupsOf(
  parts: readonly Part[],
  argument: string,
): { readonly groups: readonly Group[]; readonly seen: Completeness } {
  const groups = new Map<string, Group>();
  let seen = ALL_KNOWN;
  for (const { block, when } of parts) {
    const names = leaves(member(block, argument));
    const known = names.filter(({ value: name }) => name.state === 'known' && name.value !== null);
    if (known.length < names.length) {
      const where = (some: typeof names): Guard => some.reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never);
      seen = bothComplete(seen, { whole: where(known), unseen: where(names.filter((one) => !known.includes(one))) });
    }
    for (const { guard, value: name } of names) {
      const raw = nameOf(name);
      if (raw === undefined) continue;
      const elsewhere = names.reduce((sum, other) => (other.value === name ? sum : sum.or(other.guard)), Guard.never);
      const there = names.length === 1 ? when : bothTruths(when, { yes: guard, no: elsewhere });
      const before = groups.get(raw);
      groups.set(raw, {
        name: raw,
        keyAt: before?.keyAt ?? name.origin.use,
        when: before ? eitherTruth(before.when, there) : there,
        parts: [...(before?.parts ?? []), { block, when: there }],
        isComputed: before?.isComputed === true || names.length > 1 || !isIndependent(name),
      });
    }
  }
  return { groups: [...groups.values()], seen };
}

/** A name in the policy. Unknown interpolations become placeholders, as in keys of objects. */
function nameOf(name: Leaf): string | undefined {
  if (name.state === 'template')
    return name.pieces.map((piece) => (typeof piece === 'string' ? piece : '${…}')).join('');
  return name.state === 'known' && name.value !== null ? name.raw : undefined;
}

/**
 * Blocks as an object with one argument as the key and another as the value. Values of blocks with the same key are
 * combined.
 */
function groupedBy(
  name: string,
  held: string,
  holder: Obj | List,
  blocks: readonly Element[],
  open: boolean,
  shape: (value: Value) => Value = (value) => value,
): Value {
  const { groups, seen } = groupsOf(
    blocks.map(({ value: block, when }) => ({ block, when })),
    name,
  );
  return objectAt(
    holder,
    open ? NONE_KNOWN : seen,
    groups.map((group): Member => {
      const { name: key, keyAt, when, parts } = group;
      let value: Value | undefined;
      return {
        key,
        keyAt,
        when,
        ...computedKey(group),
        get value() {
          return (value ??= shape(
            withVariables(addedUp(parts.map((part) => ({ value: member(part.block, held), when: part.when })))),
          ));
        },
      };
    }),
  );
}

function addedUp(parts: readonly Element[]): Value {
  const [first, ...others] = parts;
  if (others.length === 0) return first!.value;
  const all = parts.map(({ value, when }) => ({ when, ...itemsOf(value, true) }));
  return {
    state: 'list',
    origin: { ...first!.value.origin, edit: 'none' },
    open: all.some(({ complete }) => !complete.yes.isAlways()),
    items: flatMap(all, ({ when, items }) =>
      when === TRUE
        ? items
        : items.map((item) => ({
            get value() {
              return item.value;
            },
            when: bothTruths(when, item.when),
          })),
    ),
  };
}

/** An object that represents the blocks that it results from. */
function objectAt(holder: Obj | List, seen: Completeness, entries: readonly Member[]): Value {
  const located = locate(holder);
  return mapLeaves(openObject(holder.origin, entries, seen), (leaf) =>
    located ? locatedAt(leaf, located.tree, located.node) : leaf,
  );
}

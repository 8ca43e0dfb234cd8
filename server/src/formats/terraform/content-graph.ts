/**
 * The blocks of a configuration and what each depends on. Each has a number that is the same in the next version as
 * long as neither the block nor anything that it depends on, directly or through others, changes.
 */
import { addTo } from '../../base/groups.ts';
import { numbering } from '../../base/memoize.ts';
import { endsStep } from '../../base/steps.ts';
import type { TextPlace } from '../../model/content.ts';
import type { MentionedNames } from './content-names.ts';

/** A block in one version, or something else that blocks depend on. */
export interface Written {
  /** Its texts. A block that is declared in several files has several. */
  readonly texts: readonly string[];
  /** Where they are. The text of a place is the same object in all versions that have it. */
  readonly places: readonly TextPlace[];
  /** How they were parsed, and everything else that it consists of. */
  readonly own: readonly string[];
  /** The keys of what it depends on. */
  readonly on: readonly string[];
  /** The names in its text, which are not read again from the same text. */
  readonly names: MentionedNames | undefined;
  /** The keys of what these names refer to. */
  readonly named: readonly string[];
  /** The arguments and types of blocks of a resource without repetition; undefined for all else. */
  readonly arguments: ReadonlySet<string> | undefined;
}

/** A block with its number. */
export interface Numbered extends Written {
  readonly number: number;
}

/** All blocks of one version. */
export interface ContentGraph {
  readonly nodes: ReadonlyMap<string, Numbered>;
  /** The keys of the blocks that directly depend on each key. */
  readonly users: ReadonlyMap<string, readonly string[]>;
}

/** Numbers are never used again: two versions can follow the same one, and be compared with each other. */
const newNumber = numbering<Written>();

/** The number of blocks of a step. */
const BLOCKS_OF_STEP = 128;

/** Numbers the blocks of a version in steps. The work is linear in the number of dependencies. */
export function* numberingBlocks(
  written: ReadonlyMap<string, Written>,
  before: ContentGraph | undefined,
): Generator<void, ContentGraph, undefined> {
  const changed = new Set<string>();
  let hasSameUsers = written.size === before?.nodes.size;
  let count = 0;
  for (const [key, node] of written) {
    if (endsStep(count++, BLOCKS_OF_STEP)) yield;
    const old = before?.nodes.get(key);
    if (!old || !sameTexts(old.on, node.on)) hasSameUsers = false;
    else if (sameTexts(old.texts, node.texts) && sameTexts(old.own, node.own)) continue;
    changed.add(key);
  }
  const users = before && hasSameUsers ? before.users : yield* findingUsers(written);
  for (const key of before?.nodes.keys() ?? []) if (!written.has(key)) changed.add(key);
  yield;
  withUsers(changed, users);
  const nodes = new Map<string, Numbered>();
  for (const [key, node] of written)
    nodes.set(key, { ...node, number: changed.has(key) ? newNumber(node) : before!.nodes.get(key)!.number });
  return { nodes, users };
}

/** Finds in steps what directly depends on each block. */
function* findingUsers(written: ReadonlyMap<string, Written>): Generator<void, ContentGraph['users'], undefined> {
  const users = new Map<string, string[]>();
  let count = 0;
  for (const [key, { on }] of written) {
    if (endsStep(count++, BLOCKS_OF_STEP)) yield;
    for (const other of on) addTo(users, other, key);
  }
  return users;
}

/** Some blocks with all that depend on them, directly or through others. */
export function usersOf({ users }: ContentGraph, keys: Iterable<string>): ReadonlySet<string> {
  return withUsers(new Set(keys), users);
}

/** Some blocks with all that they depend on, directly or through others. */
export function withDependencies({ nodes }: ContentGraph, keys: Iterable<string>): ReadonlySet<string> {
  const all = new Set(keys);
  // A set also yields what is added to it meanwhile.
  for (const key of all) for (const on of nodes.get(key)?.on ?? []) all.add(on);
  return all;
}

/** Adds to some blocks all that depend on them, given what depends directly on each. */
function withUsers(keys: Set<string>, users: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  // A set also yields what is added to it meanwhile.
  for (const key of keys) for (const user of users.get(key) ?? []) keys.add(user);
  return keys;
}

/** Whether two lists have the same texts. */
export function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((text, index) => text === other[index]));
}

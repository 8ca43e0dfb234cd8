import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import { ownTexts } from '../../base/own-text.ts';
import { leaves } from '../../model/navigate.ts';
import type { Value } from '../../model/value.ts';
import { configuredReferences } from '../located.ts';
import { nativeAt } from './native-at.ts';
import { ownerNames, withoutOwnKey } from './joins.ts';
import type { Companion, CompanionJoin } from './mapping.ts';
import type { NativeResource } from './native.ts';

/** The candidates for each companion, by how they name their owner. */
export type CompanionIndex = Map<Companion, ByOwner>;

interface ByOwner {
  /** By the address that they refer to. */
  readonly byAddress: Map<string, NativeResource[]>;
  /** By that address together with their own instance key, in the form that `instanceOf` returns. */
  readonly byInstance: Map<string, NativeResource[]>;
  /** By the name, ID or ARN that they contain. */
  readonly byName: Map<string, NativeResource[]>;
  /** All candidates with a literal name, ID or ARN. */
  readonly named: NativeResource[];
  /** Those that can belong to any owner. */
  readonly others: NativeResource[];
}

/** Those that may be a companion of an owner. */
export interface Candidates {
  readonly natives: readonly NativeResource[];
  /** Whether there are more that can belong to any owner. */
  readonly more: boolean;
}

/** The maximum number of resources with an unknown owner considered per owner, so that the work stays linear. */
const MOST = 16;

/**
 * The maximum number of candidates per owner. Real configurations stay below it. It limits the work for malicious ones.
 */
const MOST_OWN = 256;

/** The native resources that can be a companion of an owner. Those that name it come first. */
export function candidatesFor(
  companion: Companion,
  owner: NativeResource,
  byType: ReadonlyMap<string, readonly NativeResource[]>,
  index: CompanionIndex,
): Candidates {
  const natives = byType.get(companion.type);
  // Most companions of a type are in no resource of a document.
  if (!natives) return NO_CANDIDATES;
  let held = index.get(companion);
  if (!held) index.set(companion, (held = byOwner(companion, natives)));
  const found = new Set<NativeResource>();
  let more = false;
  const add = (natives: readonly NativeResource[], most: number): void => {
    for (const native of natives) {
      if (found.size >= MOST_OWN || most-- <= 0) {
        more = true;
        return;
      }
      found.add(native);
    }
  };
  for (const address of new Set([owner.family, withoutOwnKey(owner.address), owner.address])) {
    const named = held.byAddress.get(address) ?? [];
    const isMany = named.length > MOST && address !== owner.address;
    // If many refer to a resource with instances, most of them refer to the instance with their own key.
    add(isMany ? (held.byInstance.get(instanceOf(address, owner.address)) ?? []) : named, MOST_OWN);
    if (isMany) add(named, MOST);
  }
  if (held.named.length > 0) {
    for (const natives of candidatesNaming(held, companion.join, owner)) add(natives, MOST_OWN);
    if (!hasKnownName(companion.join, owner)) add(held.named, MOST);
  }
  add(held.others, MOST);
  return { natives: [...found], more };
}

const NO_CANDIDATES: Candidates = { natives: [], more: false };

/** The candidates that contain a name of the owner. */
function candidatesNaming(
  { byName }: ByOwner,
  join: CompanionJoin,
  owner: NativeResource,
): readonly (readonly NativeResource[])[] {
  return flatMap(ownerNames(join, owner), (name) =>
    leaves(name).map(({ value }) => (value.state === 'known' ? (byName.get(value.raw) ?? []) : [])),
  );
}

/** Whether all names of an owner are known, so that a candidate with another name does not belong to it. */
function hasKnownName(join: CompanionJoin, owner: NativeResource): boolean {
  return join.equals === undefined || isSettled(nativeAt(owner.body, join.equals));
}

/** Whether a value is known in every scenario, or is absent. */
function isSettled(value: Value): boolean {
  return leaves(value).every(
    ({ value: leaf }) => (leaf.state === 'known' && leaf.value !== null) || (leaf.state === 'absent' && !leaf.open),
  );
}

function byOwner({ join }: Companion, natives: readonly NativeResource[]): ByOwner {
  const held: ByOwner = { byAddress: new Map(), byInstance: new Map(), byName: new Map(), named: [], others: [] };
  for (const native of natives) {
    const found = ownersNamedBy(native, join.by);
    if (found.isAny) held.others.push(native);
    else {
      for (const address of found.addresses) {
        addTo(held.byAddress, address, native);
        if (native.address !== native.family) addTo(held.byInstance, instanceOf(address, native.address), native);
      }
      for (const name of found.names) addTo(held.byName, name, native);
      if (found.names.size > 0) held.named.push(native);
    }
  }
  return held;
}

/** A referenced address, with the key of the referring instance or of the referenced one. */
function instanceOf(address: string, instance: string): string {
  return `${address} ${(instance.match(KEYS) ?? []).join('')}`;
}

const KEYS = /\[(?:"(?:[^"\\]|\\.){0,256}"|[^\]"[]*)\]/g;

interface OwnerNames {
  readonly addresses: Set<string>;
  readonly names: Set<string>;
  isAny: boolean;
}

/** The names in an argument of a companion. They do not depend on the text, so the next version knows them too. */
function ownersNamedBy(native: NativeResource, by: string): OwnerNames {
  const names = (): OwnerNames => {
    const found: OwnerNames = { addresses: new Set(), names: new Set(), isAny: false };
    read(nativeAt(native.body, by), found);
    return found;
  };
  return native.facts?.of(`owners by ${by}`, () => withOwnTexts(names())) ?? names();
}

function withOwnTexts({ addresses, names, isAny }: OwnerNames): OwnerNames {
  return { addresses: new Set(ownTexts(addresses)), names: new Set(ownTexts(names)), isAny };
}

/** Collects the names of the owner in a value. */
function read(value: Value, into: OwnerNames): void {
  for (const { value: leaf } of leaves(value)) {
    const configured = configuredReferences(leaf);
    for (const address of configured) into.addresses.add(address);
    if (leaf.state === 'reference') into.addresses.add(leaf.to);
    else if (leaf.state === 'known') {
      if (leaf.value !== null) into.names.add(leaf.raw);
    } else if (leaf.state === 'list' && configured.length === 0) {
      for (const item of leaf.items) read(item.value, into);
      if (leaf.open) into.isAny = true;
    } else if (leaf.state !== 'absent' || leaf.open) into.isAny = true;
  }
}

import { bothTruths, eitherTruth, FALSE, Guard, type Truth } from '../../base/guard.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { configuredReferences } from '../located.ts';
import { nativeAt } from './canonical.ts';
import type { Companion, Join } from './mapping.ts';
import type { NativeResource } from './native.ts';

/** A native resource that completes another one. */
export interface Joined {
  readonly companion: Companion;
  readonly native: NativeResource;
  /** In which scenarios it is there and belongs to the owner. */
  readonly when: Truth;
}

/** Stands among configured references for the key of the instance that a planned value is in. */
export const OWN_KEY = 'each.key';

/** In which scenarios a companion says that it belongs to an owner. */
export function belongsTo(join: Join, companion: NativeResource, owner: NativeResource): Truth {
  return names(nativeAt(companion.body, join.by), join, companion, owner);
}

function names(value: Value, join: Join, companion: NativeResource, owner: NativeResource): Truth {
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  for (const { guard, value: leaf } of leaves(value)) {
    if (leaf.state === 'list') {
      const each = itemsOf(leaf).items.map((item) => bothTruths(item.when, names(item.value, join, companion, owner)));
      const some = each.reduce(eitherTruth, FALSE);
      yes = yes.or(guard.and(some.yes));
      if (!leaf.open) no = no.or(guard.and(some.no));
      continue;
    }
    const said = repeatsName(leaf, join, owner) ? YES : namesAsLeaf(leaf, join, companion, owner);
    yes = yes.or(guard.and(said.yes));
    no = no.or(guard.and(said.no));
  }
  return { yes, no };
}

/** The values by which companions name their owner, as far as they are known already: its name, its id, its ARN. */
export function namesOf(join: Join, owner: NativeResource): readonly Value[] {
  return [...new Set([...join.equals === undefined ? [] : [join.equals], ...join.refersTo])].map((attribute) => nativeAt(owner.body, attribute));
}

function repeatsName(leaf: Leaf, join: Join, owner: NativeResource): boolean {
  return leaf.state === 'known' && leaf.value !== null && namesOf(join, owner).some((own) => own.state === 'known' && own.value !== null && own.raw === leaf.raw);
}

const NEITHER: Truth = { yes: Guard.never, no: Guard.never };
const YES: Truth = { yes: Guard.always, no: Guard.never };
const NO: Truth = FALSE;

function namesAsLeaf(leaf: Leaf, join: Join, companion: NativeResource, owner: NativeResource): Truth {
  const planned = configuredReferences(leaf);
  if (planned.includes(owner.family)) return pickedInstance(planned, companion, owner);
  switch (leaf.state) {
    case 'reference': {
      if (leaf.to === owner.address) return YES;
      // A configuration says which instance of a module it means, a plan says no keys.
      if (leaf.to !== withoutOwnKey(owner.address) && leaf.to !== owner.family) return NO;
      return sameInstance(companion, owner);
    }
    case 'known': return join.equals === undefined || leaf.value === null ? NO : sameName(leaf.raw, nativeAt(owner.body, join.equals));
    case 'absent': return leaf.open ? NEITHER : NO;
    // What a module puts out may be what it was given.
    case 'unknown': return leaf.refs.length > 0 && !leaf.refs.some((ref) => ref === owner.family || ref.startsWith('module.')) ? NO : NEITHER;
    default: return NEITHER;
  }
}

/** Whether a companion belongs to an instance, by the key that it picks: one that is written, or its own. */
function pickedInstance(planned: readonly string[], companion: NativeResource, owner: NativeResource): Truth {
  if (moduleOf(companion) !== moduleOf(owner)) return NO;
  const key = instanceKey(owner);
  const written = planned.filter((address) => address.startsWith(`${owner.family}[`));
  if (key === undefined || written.includes(`${owner.family}${key}`)) return YES;
  if (written.length > 0) return NO;
  const same = sameInstance(companion, owner);
  // Without its own key, what picks the instance is not seen.
  return same === NO && !planned.includes(OWN_KEY) ? NEITHER : same;
}

/** Of instances with the same key, each belongs to its own. A companion without key belongs to the first, and may belong to any. */
function sameInstance(companion: NativeResource, owner: NativeResource): Truth {
  const [own, other] = [instanceKey(companion), instanceKey(owner)];
  if (other === undefined || own === other) return YES;
  return own !== undefined ? NO : other === '[0]' ? YES : NEITHER;
}

/** The module that a resource is in, with the keys of its instances. */
function moduleOf({ address }: NativeResource): string {
  return withoutOwnKey(address).replace(/(?:^|\.)[^.]*\.[^.]*$/, '');
}

/** The address of a resource without the key of its instance; those of the modules around it stay. */
export function withoutOwnKey(address: string): string {
  return address.slice(0, address.length - (instanceKey({ address })?.length ?? 0));
}

function instanceKey({ address }: Pick<NativeResource, 'address'>): string | undefined {
  return /\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]$/.exec(address)?.[0];
}

function sameName(name: string, own: Value): Truth {
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  for (const { guard, value } of leaves(own)) {
    if (value.state === 'known' && value.value !== null) {
      if (value.raw === name) yes = yes.or(guard);
      else no = no.or(guard);
    } else if (value.state === 'absent' && !value.open) no = no.or(guard);
  }
  return { yes, no };
}

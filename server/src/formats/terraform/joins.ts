import { bothTruths, eitherTruth, FALSE, Guard, MAYBE, TRUE, type Truth } from '../../base/guard.ts';
import { numbering } from '../../base/memoize.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { configuredReferences } from '../located.ts';
import { isModuleOutput } from '../module-output.ts';
import { nativeAt } from './native-at.ts';
import type { Companion, CompanionJoin } from './mapping.ts';
import type { NativeResource } from './native.ts';

/** A native resource that completes another one. */
export interface Joined {
  readonly companion: Companion;
  readonly native: NativeResource;
  /** The scenarios in which it exists and belongs to the owner. */
  readonly when: Truth;
}

/** The scenarios in which a companion names an owner. */
export function belongsTo(join: CompanionJoin, companion: NativeResource, owner: NativeResource): Truth {
  const truth = (): Truth => names(nativeAt(companion.body, join.by), join, companion, owner);
  const { facts } = companion;
  if (!facts || !owner.facts) return truth();
  return facts.of(`join ${numberOf(join)} of ${owner.address} ${owner.facts.number}`, truth);
}

/** Mappings are the same objects in all versions. */
const numberOf = numbering<CompanionJoin>();

function names(value: Value, join: CompanionJoin, companion: NativeResource, owner: NativeResource): Truth {
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
    const truth = repeatsName(leaf, join, owner)
      ? within(join, companion, owner)
      : namesAsLeaf(leaf, join, companion, owner);
    yes = yes.or(guard.and(truth.yes));
    no = no.or(guard.and(truth.no));
  }
  return { yes, no };
}

/** The known values by which companions name their owner: its name, ID and ARN. */
export function ownerNames(join: CompanionJoin, owner: NativeResource): readonly Value[] {
  return [...new Set([...(join.equals === undefined ? [] : [join.equals]), ...join.refersTo])].map((attribute) =>
    nativeAt(owner.body, attribute),
  );
}

function repeatsName(leaf: Leaf, join: CompanionJoin, owner: NativeResource): boolean {
  return (
    leaf.state === 'known' &&
    leaf.value !== null &&
    ownerNames(join, owner).some((own) => own.state === 'known' && own.value !== null && own.raw === leaf.raw)
  );
}

function namesAsLeaf(leaf: Leaf, join: CompanionJoin, companion: NativeResource, owner: NativeResource): Truth {
  const byValue = matchByLeaf(leaf, join, companion, owner);
  const planned = plannedFor(configuredReferences(leaf), owner);
  if (planned === undefined) return byValue;
  // A known value decides, unless it is an ARN and the owner is known by its name.
  if (
    leaf.state === 'known' &&
    (byValue.yes.isAlways() || (join.equals !== undefined && byValue.no.isAlways() && !/[:/]/.test(leaf.raw)))
  )
    return byValue;
  return planned;
}

function matchByLeaf(leaf: Leaf, join: CompanionJoin, companion: NativeResource, owner: NativeResource): Truth {
  switch (leaf.state) {
    case 'reference': {
      if (leaf.to === owner.address) return TRUE;
      // A configuration shows which instance of a module is referenced. A plan has no keys if the instance is unknown.
      if (leaf.to !== withoutOwnKey(owner.address) && leaf.to !== owner.family) return FALSE;
      return sameInstance(companion, owner);
    }
    case 'known':
      return join.equals === undefined || leaf.value === null
        ? FALSE
        : bothTruths(sameName(leaf.raw, nativeAt(owner.body, join.equals)), within(join, companion, owner));
    case 'absent':
      return leaf.open ? MAYBE : FALSE;
    // A module output can be a value that was passed to the module.
    case 'unknown':
      return leaf.refs.length > 0 &&
        !leaf.refs.some((ref) => ref === owner.address || ref === owner.family || isModuleOutput(ref))
        ? FALSE
        : MAYBE;
    default:
      return MAYBE;
  }
}

/**
 * Whether a planned value was configured as a reference to an owner; undefined if it was not. The truth is unknown if
 * the instance of the owner is, or if several resources of its type are referenced.
 */
function plannedFor(planned: readonly string[], owner: NativeResource): Truth | undefined {
  if (!planned.includes(owner.address) && !planned.includes(owner.family)) return undefined;
  const others = planned.filter(
    (address) => address.startsWith(`${owner.type}.`) || address.includes(`.${owner.type}.`),
  );
  return planned.includes(owner.address) && others.length === 1 ? TRUE : MAYBE;
}

/**
 * Instances with equal keys belong together. A companion without a key belongs to the first owner, and can belong to
 * any.
 */
function sameInstance(companion: NativeResource, owner: NativeResource): Truth {
  const [own, other] = [instanceKey(companion), instanceKey(owner)];
  if (other === undefined || own === other) return TRUE;
  return own !== undefined ? FALSE : other === '[0]' ? TRUE : MAYBE;
}

/** The address of a resource without its own instance key. Keys of its modules are kept. */
export function withoutOwnKey(address: string): string {
  return address.slice(0, address.length - (instanceKey({ address })?.length ?? 0));
}

function instanceKey({ address }: Pick<NativeResource, 'address'>): string | undefined {
  return /\[(?:"(?:[^"\\]|\\.){0,256}"|[^\]"[]*)\]$/.exec(address)?.[0];
}

/** The scenarios in which a companion and an owner with equal names are in the same account and Region. */
function within(join: CompanionJoin, companion: NativeResource, owner: NativeResource): Truth {
  return Object.entries(join.within ?? {}).reduce<Truth>(
    (both, [own, other]) => bothTruths(both, valuesEqual(nativeAt(companion.body, own), nativeAt(owner.body, other))),
    TRUE,
  );
}

/** The scenarios in which two values are equal or refer to the same resource. */
export function valuesEqual(a: Value, b: Value): Truth {
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  for (const { guard: ga, value: one } of leaves(a))
    for (const { guard: gb, value: other } of leaves(b)) {
      const same = sameLeaf(one, other);
      if (same === true) yes = yes.or(ga.and(gb));
      if (same === false) no = no.or(ga.and(gb));
    }
  return { yes, no };
}

/** Whether two values are equal. Different resources are not; undefined means unknown. */
function sameLeaf(a: Leaf, b: Leaf): boolean | undefined {
  const [planned, other] = [configuredReferences(a), configuredReferences(b)];
  if (planned.length > 0 && other.length > 0) return planned.some((address) => other.includes(address));
  if (a.state === 'reference' && b.state === 'reference')
    return a.to === b.to ? true : withoutOwnKey(a.to) !== withoutOwnKey(b.to) ? false : undefined;
  if (a.state === 'absent' && b.state === 'absent') return a.open || b.open ? undefined : true;
  return a.state === 'known' && b.state === 'known' ? a.raw === b.raw : undefined;
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

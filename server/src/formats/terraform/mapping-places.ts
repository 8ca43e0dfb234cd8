/** The places of canonical paths in native resources, from the bindings of a mapping. */
import { flatMap } from '../../base/flat-map.ts';
import { memoizeText } from '../../base/memoize.ts';
import { ownEntry } from '../../base/table.ts';
import type { Binding, Bindings, Companion, Fan, FanOver, NativePath, NativeSource, TypeMapping } from './mapping.ts';

/** The existing or possible location of the value of a canonical path in a native resource. */
export interface NativePlace {
  /** The source or companion with the binding. */
  readonly holder: NativeSource | Companion;
  readonly nativeType: string;
  /**
   * The path of attributes and blocks from the body, with `[]` after repeated ones: `ingress[].cidr_blocks[]`. Empty
   * for the body itself.
   */
  readonly path: NativePath;
  /** The bound attribute. For a fan over a list, the attribute that it iterates over. */
  readonly binding: Binding | FanOver;
  /** Whether a value can be written only if one exists. */
  readonly legacy: boolean;
  /** The boolean attribute without which the value has no effect. */
  readonly flag?: NativePath;
  /** Whether the path continues inside JSON text, which cannot be edited. */
  readonly inText?: true;
}

/**
 * The places of a canonical path, `A.B` or `List[].B`, in the order of preference for a new value: the resource itself,
 * then its companions, legacy places last. `nativeType` selects one of several native types of a source.
 */
export function placesOf(mapping: TypeMapping, path: string, nativeType = ''): readonly NativePlace[] {
  return placesAt(mapping, `${nativeType} ${path}`, path, nativeType);
}

/**
 * Rules ask for the same few paths of a type again and again. Paths can be of a document, so their number is limited.
 */
const placesAt = memoizeText(
  (mapping: TypeMapping, _: string, path: string, nativeType: string) => findPlaces(mapping, path, nativeType),
  1000,
);

function findPlaces(mapping: TypeMapping, path: string, nativeType: string): readonly NativePlace[] {
  const steps = path.split('.');
  const own = flatMap(mapping.sources, (source) => {
    const type = nativeType === '' ? source.types[0] : source.types.find((name) => name === nativeType);
    return type === undefined
      ? []
      : located(source, type, source.fan, steps, source.each === undefined ? '' : `${source.each}[]`);
  });
  const others = flatMap(mapping.companions ?? [], (companion) =>
    located(companion, companion.type, undefined, steps, ''),
  );
  const all = [...own, ...others];
  return [...all.filter((place) => !place.legacy), ...all.filter((place) => place.legacy)];
}

function located(
  holder: NativeSource | Companion,
  nativeType: string,
  fan: readonly Fan[] | undefined,
  steps: readonly string[],
  base: NativePath,
): NativePlace[] {
  return find(holder.properties, fan, base, steps, false).map((found) => ({ holder, nativeType, ...found }));
}

type Found = Omit<NativePlace, 'holder' | 'nativeType'>;

function find(
  bindings: Bindings,
  fan: readonly Fan[] | undefined,
  base: NativePath,
  steps: readonly string[],
  legacy: boolean,
): Found[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [];
  const name = step.endsWith('[]') ? step.slice(0, -2) : step;
  const binding = ownEntry(bindings, name);
  if (binding === undefined) {
    return rest.length > 0
      ? []
      : (fan ?? [])
          .filter((way): way is FanOver => 'over' in way && way.to === name)
          .map((way) => ({ path: joined(base, `${way.over}[]`), binding: way, legacy }));
  }
  return flatMap(parts(binding), (part) => {
    const old = legacy || (typeof part === 'object' && 'legacy' in part);
    const here = joined(base, nativeOf(part));
    if (rest.length === 0) return [{ path: here, binding: part, legacy: old }];
    if (typeof part === 'string') return [];
    if ('over' in part)
      return rest.length === 1 && rest[0] === part.to ? [{ path: here, binding: part, legacy: old }] : [];
    if (!('properties' in part)) return [];
    const inText = 'json' in part;
    const found = find(part.properties, 'fan' in part ? part.fan : undefined, here, rest, old || inText);
    const flag = 'if' in part ? joined(here, part.if) : undefined;
    return found.map((one): Found => ({
      ...one,
      ...(inText ? { inText } : {}),
      ...(flag === undefined ? {} : { flag }),
    }));
  });
}

function parts(binding: Binding): readonly (Binding | FanOver)[] {
  return typeof binding === 'object' && 'list' in binding ? binding.list : [binding];
}

/** The path of the attribute or block of a binding; undefined for a constant, and for an object without a block. */
function nativeOf(binding: Binding | FanOver): NativePath {
  if (typeof binding === 'string') return binding;
  if ('over' in binding) return `${binding.over}[]`;
  if ('from' in binding) return typeof binding.from === 'string' ? binding.from : binding.from[0]!;
  if ('each' in binding) return `${binding.each}[]`;
  if ('map' in binding) return `${binding.map}[]`;
  return 'in' in binding ? (binding.in ?? '') : '';
}

function joined(base: NativePath, path: NativePath): NativePath {
  return base === '' || path === '' ? base + path : `${base}.${path}`;
}

/**
 * The place of a list item that Terraform represents by an attribute, such as `{ Key: 'idle_timeout.timeout_seconds',
 * Value: 60 }`, with the name of the property that holds its value; undefined if there is no such attribute.
 */
export function placeOfItem(
  { sources }: TypeMapping,
  list: string,
  item: Readonly<Record<string, unknown>>,
  nativeType: string,
): { readonly place: NativePlace; readonly property: string } | undefined {
  const holder = sources.find((source) => source.types.includes(nativeType));
  const binding = ownEntry(holder?.properties, list);
  for (const part of holder && binding !== undefined ? parts(binding) : []) {
    if (typeof part !== 'object' || !('has' in part) || !('properties' in part)) continue;
    const unmatched = Object.entries(part.properties).filter(
      ([name, inner]) => !(typeof inner === 'object' && 'value' in inner && inner.value === ownEntry(item, name)),
    );
    const [only, ...more] = unmatched;
    if (
      !only ||
      more.length > 0 ||
      !Object.hasOwn(item, only[0]) ||
      Object.keys(item).some((name) => ownEntry(part.properties, name) === undefined)
    )
      continue;
    return {
      property: only[0],
      place: { holder: holder!, nativeType, path: nativeOf(only[1]), binding: only[1], legacy: false },
    };
  }
  return undefined;
}

/** Canonical paths in SAM's terms, for messages and fixes. */
import { flatMap } from '../../base/flat-map.ts';
import { ownEntry } from '../../base/table.ts';
import type { SamBinding, SamBindings, Creation, SamPath, SamObjectBinding } from './mapping.ts';

/** The native path of a canonical one, for messages; the canonical path if SAM has no equivalent. */
export function nativePathOf(creation: Creation, path: string): string {
  return withIn(creation, nativeOf(creation.properties, path) ?? path);
}

/** The native path and value to write for a canonical one; undefined if SAM has no property for it. */
export function nativeWrites<V>(
  creation: Creation,
  path: string,
  value: V,
): readonly { readonly path: SamPath; readonly value: V }[] | undefined {
  const written = writes(creation, creation.properties, path, value, true);
  return written?.map((one) => ({ ...one, path: withIn(creation, one.path) }));
}

function withIn(creation: Creation, path: SamPath): SamPath {
  return creation.in === undefined ? path : `${creation.in}.${path}`;
}

function stepsOf(path: string): readonly [first: string, list: string, rest: string] {
  const dot = path.indexOf('.');
  const step = dot < 0 ? path : path.slice(0, dot);
  const name = step.replace('[]', '');
  return [name, step.slice(name.length), dot < 0 ? '' : path.slice(dot + 1)];
}

function nativeOf(bindings: SamBindings, path: string): SamPath | undefined {
  const [name, list, rest] = stepsOf(path);
  const binding = ownEntry(bindings, name);
  return binding === undefined ? undefined : nativeOfBinding(binding, list, rest);
}

function nativeOfBinding(binding: SamBinding, list: string, rest: string): SamPath | undefined {
  if (typeof binding === 'string') return `${plain(binding)}${list}${rest === '' ? '' : `.${rest}`}`;
  if ('object' in binding)
    return rest === '' ? (binding.where ?? firstNative(binding)) : nativeOf(binding.object, rest);
  if ('first' in binding)
    return binding.first.map((one) => nativeOfBinding(one, list, rest)).find((one) => one !== undefined);
  if ('tags' in binding) return binding.tags;
  if ('s3' in binding) return binding.s3;
  if ('items' in binding)
    return list === ''
      ? binding.items
      : rest === ''
        ? `${binding.items}[]`
        : prefixed(`${binding.items}[].`, nativeOf(binding.each, rest));
  if ('given' in binding) return nativeOfBinding(binding.then, list, rest);
  if ('some' in binding) return `${binding.some}${list}${rest === '' ? '' : `.${rest}`}`;
  if ('only' in binding) return nativeOfBinding(binding.only, '', rest);
  if ('unread' in binding) return binding.unread === true ? undefined : binding.unread[0];
  if ('documents' in binding) return `${binding.documents}${list}`;
  if ('managed' in binding) return `${binding.managed}${list}`;
  return 'at' in binding ? binding.at : undefined;
}

/** An object is identified by its first property with the same name. */
function firstNative({ object }: SamObjectBinding): SamPath | undefined {
  return Object.values(object)
    .map((binding) => nativeOfBinding(binding, '', ''))
    .find((one) => one !== undefined);
}

function plain(path: SamPath): SamPath {
  return path.replaceAll('?', '');
}

function writes<V>(
  creation: Creation,
  bindings: SamBindings,
  path: string,
  value: V,
  top: boolean,
): { path: SamPath; value: V }[] | undefined {
  const [name, list, rest] = stepsOf(path);
  const binding = ownEntry(bindings, name);
  if (list !== '') return undefined;
  if (binding === undefined) return top && creation.same?.includes(name) ? [{ path, value }] : undefined;
  const first = typeof binding === 'object' && 'first' in binding ? binding.first[0]! : binding;
  const bound = typeof first === 'object' && 'given' in first && first.else !== undefined ? first.else : first;
  if (typeof bound === 'string') return [{ path: rest === '' ? bound : `${bound}.${rest}`, value }];
  if (!('object' in bound)) return undefined;
  if (rest !== '') return writes(creation, bound.object, rest, value, false);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const parts = Object.entries(value as Record<string, V>).map(([key, inner]) =>
    writes(creation, bound.object, key, inner, false),
  );
  return parts.includes(undefined) ? undefined : flatMap(parts, (part) => part!);
}

function prefixed(prefix: string, path: SamPath | undefined): SamPath | undefined {
  return path === undefined ? undefined : `${prefix}${path}`;
}

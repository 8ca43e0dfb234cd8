/** Changes that events make to other resources. */
import { valueOf } from '../../syntax/tree.ts';
import { apiOf, eventMapping, namedBy, type SamResource } from './ids.ts';

/** The properties that events write into resources that they name. */
export function touchedBy(known: readonly SamResource[]): ReadonlyMap<string, readonly string[]> {
  const touched = new Map<string, readonly string[]>();
  for (const { mapping, events } of known)
    for (const event of events) {
      for (const [path, names] of Object.entries(eventMapping(mapping, event)?.touches ?? {})) {
        const address = namedBy(valueOf(event.properties, path));
        if (address !== undefined) touched.set(address, [...(touched.get(address) ?? []), ...names]);
      }
    }
  return touched;
}

/** The properties of APIs that events add to. */
export function passedBy(known: readonly SamResource[]): ReadonlyMap<string, readonly string[]> {
  const passed = new Map<string, readonly string[]>();
  for (const { mapping, events } of known)
    for (const event of events) {
      const { api } = eventMapping(mapping, event) ?? {};
      const names = api?.passes?.filter((name) => valueOf(event.properties, name)) ?? [];
      const id = api && names.length > 0 ? apiOf(event, api.names) : undefined;
      if (id !== undefined) passed.set(id, [...(passed.get(id) ?? []), ...names]);
    }
  return passed;
}

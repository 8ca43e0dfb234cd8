/**
 * A rule call for each property that rules read, by the resources in whose text its values are. So it is known without
 * calls whether a property at a position is read: a resource can be read by as many calls as the stack has.
 */
import { isolated } from '../base/isolation.ts';
import type { Resource } from '../model/resource.ts';
import type { Address, Value } from '../model/value.ts';
import type { AnyRule } from '../rules/rule.ts';
import { valuesAt } from '../hover/values-at.ts';
import type { PropertyName, ReadPlaces } from './fact-reads.ts';
import type { RuleCall } from './rule-calls.ts';

/** A property, and a call that read it in this version of the stack or an earlier one. */
type PropertyReader = PropertyName & Pick<RuleCall, 'about' | 'rule'>;

/** The rules whose calls read properties at a position, by what the calls are about. */
export type CallsByAbout = ReadonlyMap<string, ReadonlySet<AnyRule>>;

export class PropertyReaders {
  /** By the part in whose text the value is, and by resource and path. */
  readonly #inParts = new Map<Address, Map<string, PropertyReader>>();
  /** The properties whose values are in the text of no resource. */
  readonly #elsewhere = new Map<string, PropertyReader>();

  /**
   * Adds a property that a call read.
   * @param places Where its values are, at least.
   */
  add({ resource, path }: PropertyName, places: ReadPlaces, { about, rule }: Pick<RuleCall, 'about' | 'rule'>): void {
    const key = `${resource} ${path}`;
    const reader: PropertyReader = { resource, path, about, rule };
    for (const part of places.parts) {
      let readers = this.#inParts.get(part);
      if (!readers) this.#inParts.set(part, (readers = new Map()));
      if (!readers.has(key)) readers.set(key, reader);
    }
    if (places.elsewhere && !this.#elsewhere.has(key)) this.#elsewhere.set(key, reader);
  }

  /**
   * Calls that read properties at a position in the text of some parts, one for each property. In a later version, a
   * call may no longer read its property, while another one does.
   */
  at(
    parts: ReadonlySet<Address>,
    named: (name: string) => Resource | undefined,
    isThere: (value: Value) => boolean,
  ): CallsByAbout {
    const found = new Map<string, Set<AnyRule>>();
    const look = ({ resource: name, path, about, rule }: PropertyReader): void => {
      const resource = named(name);
      if (!resource) return;
      const isRead = isolated(
        () => resource.self.origin.use,
        () => valuesAt(resource, path).some(isThere),
        () => true,
      );
      if (!isRead) return;
      const rules = found.get(about);
      if (rules) rules.add(rule);
      else found.set(about, new Set([rule]));
    };
    for (const part of parts) for (const reader of this.#inParts.get(part)?.values() ?? []) look(reader);
    for (const reader of this.#elsewhere.values()) look(reader);
    return found;
  }

  /** The number of parts that have such properties. */
  get size(): number {
    return this.#inParts.size;
  }
}

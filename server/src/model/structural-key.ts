/** Structural equality of values from different places or different times. */
import { TRUE } from '../base/guard.ts';
import type { Address, Value } from './value.ts';

/** The maximum length of structural keys; longer ones are rarely worth their cost. */
const LONGEST = 16_384;

/** The maximum number of list items; very long or repetitive lists are not evaluated further than rules need. */
const MOST_ITEMS = 256;

/**
 * Writes structural keys of the values of one policy or resource. Two of them are equal if and only if the values are
 * structurally equal, regardless of their ranges and of what resources and parameters are called: names are numbered in
 * the order in which they occur in all the values, so equal ones stay equal and different ones different.
 */
export class StructuralKeys {
  readonly #self: readonly Address[];
  readonly #typeOf: (to: Address) => string | undefined;
  readonly #numbers = new Map<string, number>();

  /**
   * @param self The addresses of the resource that the values belong to.
   * @param typeOf Returns the type of a referenced resource.
   */
  constructor(self: readonly Address[], typeOf: (to: Address) => string | undefined) {
    this.#self = self;
    this.#typeOf = typeOf;
  }

  /**
   * The key of a value. Undefined for values that depend on the scenario, restricted unknown strings, and very long
   * values.
   */
  of(value: Value): string | undefined {
    let text = '';
    /**
     * Whether the key is complete. Every string is prefixed with its length, so that different values never have equal
     * keys.
     */
    const append = (one: Value): boolean => {
      if (text.length > LONGEST) return false;
      const { origin } = one;
      if (origin.secret) text += 's';
      if (origin.edit === 'none') text += 'n';
      for (const { what } of origin.steps) text += `<${what}`;
      switch (one.state) {
        case 'known':
          text += `${one.quoted ? 'q' : 'k'}${typeof one.value}${one.raw.length}:${one.raw}`;
          return true;
        case 'object':
          if (one.entries.length > MOST_ITEMS) return false;
          text += `${one.open ? 'O' : 'o'}${one.byCaller ? 'g' : ''}${one.entries.length}`;
          for (const { key, when, value: inner } of one.entries) {
            if (when !== TRUE) return false;
            text += `.${key.length}:${key}`;
            if (!append(inner)) return false;
          }
          return true;
        case 'list':
          if (one.items.length > MOST_ITEMS) return false;
          text += `${one.open ? 'L' : 'l'}${one.items.length}`;
          for (const { when, value: inner } of one.items) if (when !== TRUE || !append(inner)) return false;
          return true;
        case 'template':
          text += `t${one.pieces.length}`;
          for (const piece of one.pieces) {
            if (typeof piece === 'string') text += `${piece.length}:${piece}`;
            else if (!append(piece)) return false;
          }
          return true;
        case 'reference':
          text += `r${this.#addressKey(one.to)}.${one.attribute ?? ''};`;
          return true;
        case 'unknown':
          if (one.admits && one.admitsAs === undefined) return false;
          text += `u${one.why},${one.refs.map((to) => this.#addressKey(to)).join()},${one.input === undefined ? '' : this.#inputKey(one.input)},${one.admits ? one.admitsAs : ''}${one.part ? ',part' : ''}${one.byCaller ? ',given' : ''}${one.single ? ',one' : ''};`;
          return true;
        case 'absent':
          text += one.open ? 'A' : 'a';
          return !one.default || append(one.default);
        case 'choice':
          return false;
      }
    };
    return append(value) && text.length <= LONGEST ? text : undefined;
  }

  /** An address. One that leads to no resource of a stack can be of a data source, whose name has a meaning. */
  #addressKey(to: Address): string {
    const own = this.#self.indexOf(to);
    if (own >= 0) return `self${own}`;
    const type = this.#typeOf(to);
    return type === undefined ? `${to.length}:${to}` : `#${this.#numberOf(`to ${to}`)}=${type}`;
  }

  /** A parameter or variable. Pseudo parameters have a meaning. */
  #inputKey(id: string): string {
    const pseudo = id.lastIndexOf('#AWS::');
    return pseudo < 0 ? `#${this.#numberOf(`of ${id}`)}` : id.slice(pseudo);
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

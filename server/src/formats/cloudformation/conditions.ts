import { bothTruths, eitherTruth, FALSE, Guard, MAYBE, notTruth, OTHER, TRUE, type Truth, type Variable } from '../../base/guard.ts';
import { leaves } from '../../model/navigate.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { resolved, type Node, type Tree } from '../../syntax/tree.ts';
import { argumentList, argumentText, callOf } from './call.ts';
import type { Domain } from '../domain.ts';

/** What the conditions of a template need to know of the rest of it. */
export interface ConditionScope {
  readonly tree: Tree;
  domain(parameter: string): Domain | undefined;
  evaluate(node: Node): Value;
}

/** The conditions of a template, each decided when it is first asked for. */
export class Conditions {
  readonly #scope: ConditionScope;
  readonly #section: ReadonlyMap<string, Node>;
  readonly #decided = new Map<string, Truth>();
  readonly #deciding = new Set<string>();
  readonly #atoms = new Map<string, Variable>();

  constructor(scope: ConditionScope, section: Node | undefined) {
    this.#scope = scope;
    this.#section = new Map(section?.kind === 'map' ? section.pairs.map((pair) => [pair.name, pair.value]) : []);
  }

  /** When a named condition is true. A name that is not in the template stands for a condition that nothing is known of. */
  named(name: string): Truth {
    const held = this.#decided.get(name);
    if (held) return held;
    const node = this.#section.get(name);
    if (!node) return this.#decide(name, this.#opaque(`condition ${name}`, name));
    if (this.#deciding.has(name)) return MAYBE;
    this.#deciding.add(name);
    const truth = this.#expression(node);
    this.#deciding.delete(name);
    return this.#decide(name, {
      yes: truth.yes.named({ kind: 'condition', name, value: true }),
      no: truth.no.named({ kind: 'condition', name, value: false }),
    });
  }

  #decide(name: string, truth: Truth): Truth {
    this.#decided.set(name, truth);
    return truth;
  }

  /** When an expression made of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition is true. */
  #expression(node: Node | undefined, depth = 0): Truth {
    const target = resolved(node);
    const call = target && callOf(target);
    if (!target || !call || depth > 50) return this.#opaque(target ? this.#textOf(target) : 'nothing');
    switch (call.name) {
      case 'Condition': {
        const name = argumentText(call);
        return name === undefined ? this.#opaque(this.#textOf(target)) : this.named(name);
      }
      case 'Fn::Not': return notTruth(this.#expression(argumentList(call)?.[0], depth + 1));
      case 'Fn::And': return (argumentList(call) ?? []).map((n) => this.#expression(n, depth + 1)).reduce(bothTruths, TRUE);
      case 'Fn::Or': return (argumentList(call) ?? []).map((n) => this.#expression(n, depth + 1)).reduce(eitherTruth, FALSE);
      case 'Fn::Equals': return this.#equals(target, argumentList(call) ?? []);
      default: return this.#opaque(this.#textOf(target));
    }
  }

  #equals(node: Node, sides: readonly Node[]): Truth {
    const [a, b] = sides.map((side) => this.#side(side));
    if (!a || !b) return this.#opaque(this.#textOf(node));
    let yes: Guard = Guard.never;
    let no: Guard = Guard.never;
    for (const one of a) for (const other of b) {
      const both = one.guard.and(other.guard);
      if (!both.satisfiable()) continue;
      const same = sameText(one.text, other.text);
      // What cannot be compared makes the whole comparison one unknown, which is then the same everywhere it is written.
      if (same === undefined) return this.#opaque(this.#textOf(node));
      if (same) yes = yes.or(both);
      else no = no.or(both);
    }
    return { yes, no };
  }

  /** The texts that one side of a comparison can be. `OTHER` is any text that the template does not name. */
  #side(node: Node): readonly { readonly guard: Guard; readonly text: string }[] | undefined {
    const target = resolved(node);
    const call = target && callOf(target);
    const name = call?.name === 'Ref' ? argumentText(call) : undefined;
    const domain = name === undefined ? undefined : this.#scope.domain(name);
    if (domain) {
      return domain.variable.domain.map((text, index) => {
        const value = domain.values[index];
        return { guard: Guard.of(domain.variable, [index]), text: value ? textOfLeaf(value) ?? text : `${OTHER}${name}` };
      });
    }
    const texts = target ? leaves(this.#scope.evaluate(target)).map(({ guard, value }) => ({ guard: guard.selected(), text: textOfLeaf(value) })) : [];
    return texts.every((t): t is { guard: Guard; text: string } => t.text !== undefined) ? texts : undefined;
  }

  /** A condition of which nothing is known but that it is true or false: the same text is the same condition. */
  #opaque(text: string, name = text): Truth {
    let variable = this.#atoms.get(text);
    if (!variable) {
      variable = { id: `${this.#scope.tree.doc}#condition:${text}`, kind: 'condition', name, domain: ['true', 'false'] };
      this.#atoms.set(text, variable);
    }
    return { yes: Guard.of(variable, [0]), no: Guard.of(variable, [1]) };
  }

  #textOf(node: Node): string {
    return this.#scope.tree.text.slice(node.start, node.end).replaceAll(/\s+/g, ' ');
  }
}

function textOfLeaf(value: Value | Leaf): string | undefined {
  return value.state === 'known' ? value.raw : undefined;
}

/** Whether two texts are the same; undefined when both stand for texts that are not named. */
function sameText(a: string, b: string): boolean | undefined {
  if (a.startsWith(OTHER) && b.startsWith(OTHER)) return a === b ? true : undefined;
  return a === b;
}

import { bothTruths, eitherTruth, Guard, MAYBE, notTruth, type Truth, type Variable } from '../../base/guard.ts';
import { leaves } from '../../model/navigate.ts';
import type { Value } from '../../model/value.ts';
import { resolved, type Node, type Tree } from '../../syntax/tree.ts';
import { argumentList, argumentText, callOf, shapeOf } from './call.ts';
import { conditionOrder } from './condition-order.ts';
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
  #ordered = false;
  readonly #atoms = new Map<string, Variable>();

  constructor(scope: ConditionScope, section: Node | undefined) {
    this.#scope = scope;
    this.#section = new Map(section?.kind === 'map' ? section.pairs.map((pair) => [pair.name, pair.value]) : []);
  }

  /** When a named condition is true. A name that is not in the template stands for a condition that nothing is known of. */
  named(name: string): Truth {
    this.#decideInOrder();
    const held = this.#decided.get(name);
    if (held) return held;
    const node = this.#section.get(name);
    if (!node) return this.#decide(name, this.#opaque(`condition ${name}`, name));
    if (this.#deciding.has(name)) return MAYBE;
    this.#deciding.add(name);
    const truth = this.#expression(node);
    this.#deciding.delete(name);
    return this.#decide(name, truth);
  }

  /** What is written for a condition, if it is in the template. */
  written(name: string): Node | undefined {
    return this.#section.get(name);
  }

  /** When an expression within a condition is true. */
  decide(node: Node): Truth {
    return this.#expression(node);
  }

  /** Conditions are decided from the bottom, so that a long chain of them is not a deep recursion. */
  #decideInOrder(): void {
    if (this.#ordered) return;
    this.#ordered = true;
    const { order, circular } = conditionOrder(this.#section);
    for (const name of circular) this.#decide(name, MAYBE);
    for (const name of order) this.named(name);
  }

  #decide(name: string, { yes, no }: Truth): Truth {
    const truth = { yes: yes.renamed({ kind: 'condition', name, value: true }), no: no.renamed({ kind: 'condition', name, value: false }) };
    this.#decided.set(name, truth);
    return truth;
  }

  /** When an expression made of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition is true. */
  #expression(node: Node | undefined, depth = 0): Truth {
    const target = resolved(node);
    const call = target && callOf(target);
    if (!target || !call || depth > 50) return this.#unknown(target);
    switch (call.name) {
      case 'Condition': {
        const name = argumentText(call);
        return name === undefined ? this.#unknown(target) : this.named(name);
      }
      case 'Fn::Not': return notTruth(this.#expression(argumentList(call)?.[0], depth + 1));
      case 'Fn::And': case 'Fn::Or': {
        const parts = argumentList(call)?.map((n) => this.#expression(n, depth + 1));
        // What is still being written has no parts yet, and says nothing.
        if (!parts?.length) return this.#unknown(target);
        return parts.reduce(call.name === 'Fn::And' ? bothTruths : eitherTruth);
      }
      case 'Fn::Equals': return this.#equals(target, argumentList(call) ?? []);
      default: return this.#unknown(target);
    }
  }

  #equals(node: Node, [first, second]: readonly Node[]): Truth {
    if (!first || !second) return this.#unknown(node);
    const others = this.#side(second);
    let yes: Guard = Guard.never;
    let no: Guard = Guard.never;
    let open: Guard = Guard.never;
    for (const one of this.#side(first)) for (const other of others) {
      const both = one.guard.and(other.guard);
      if (!both.satisfiable()) continue;
      const same = equalSides(one, other);
      if (same === undefined) open = open.or(both);
      else if (same) yes = yes.or(both);
      else no = no.or(both);
    }
    if (!open.satisfiable()) return { yes, no };
    // What cannot be compared is an unknown, which is the same everywhere it is written.
    const unknown = this.#opaque(`Fn::Equals ${[first, second].map(shapeOf).sort().join(' ')}`, this.#textOf(node));
    return { yes: yes.or(open.and(unknown.yes)), no: no.or(open.and(unknown.no)) };
  }

  /** What one side of a comparison can be. */
  #side(node: Node): readonly Side[] {
    const target = resolved(node);
    const call = target && callOf(target);
    const name = call?.name === 'Ref' ? argumentText(call) : undefined;
    const domain = name === undefined ? undefined : this.#scope.domain(name);
    if (domain) {
      const texts = domain.values.map((value) => value && textOfValue(value));
      return texts.map((text, index) => ({ guard: Guard.of(domain.variable, [index]), text, ...(domain.values[index] ? {} : { other: domain.variable, named: texts }) }));
    }
    return target ? leaves(this.#scope.evaluate(target)).map(({ guard, value }) => ({ guard: guard.selected(), text: textOfValue(value) })) : [{ guard: Guard.always, text: undefined }];
  }

  /** An expression of which nothing is known but that it is true or false. */
  #unknown(node: Node | undefined): Truth {
    if (!node) return this.#opaque('nothing', 'nothing');
    return this.#opaque(shapeOf(node), this.#textOf(node));
  }

  #textOf(node: Node): string {
    return this.#scope.tree.text.slice(node.start, node.end).replaceAll(/\s+/g, ' ');
  }

  /** The same key is the same condition. */
  #opaque(key: string, name: string): Truth {
    let variable = this.#atoms.get(key);
    if (!variable) {
      variable = { id: `${this.#scope.tree.doc}#condition:${key}`, kind: 'condition', name, domain: ['true', 'false'] };
      this.#atoms.set(key, variable);
    }
    return { yes: Guard.of(variable, [0]), no: Guard.of(variable, [1]) };
  }
}

/** One thing that a side of a comparison can be. */
interface Side {
  readonly guard: Guard;
  /** Undefined when it is not known. */
  readonly text: string | undefined;
  /** For any value of a parameter that is not named: the parameter, and what is named. */
  readonly other?: Variable;
  readonly named?: readonly (string | undefined)[];
}

/** Whether two sides are the same text; undefined when that is not known. */
function equalSides(a: Side, b: Side): boolean | undefined {
  if (a.text !== undefined && b.text !== undefined) return a.text === b.text;
  if (a.other && a.other === b.other) return true;
  const [text, named] = a.text === undefined ? [b.text, a.named] : [a.text, b.named];
  return text !== undefined && named?.includes(text) ? false : undefined;
}

/** CloudFormation compares texts, and makes the texts `true` and `false` of booleans in whatever case they are written. */
function textOfValue(value: Value): string | undefined {
  if (value.state !== 'known') return undefined;
  return typeof value.value === 'boolean' ? String(value.value) : value.raw;
}

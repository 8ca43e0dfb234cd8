import { flatMap } from '../../base/flat-map.ts';
import {
  bothTruths,
  eitherTruth,
  FALSE,
  Guard,
  MAYBE,
  notTruth,
  TRUE,
  type Truth,
  type ScenarioVariable,
} from '../../base/guard.ts';
import { memoize } from '../../base/memoize.ts';
import { endsStep, finished } from '../../base/steps.ts';
import { leaves } from '../../model/navigate.ts';
import type { TemplateString, Value } from '../../model/value.ts';
import { resolved, type Node, type Tree } from '../../syntax/tree.ts';
import { argumentList, argumentText, callOf, normalizedText } from './call.ts';
import type { Domain } from '../domain.ts';
import { conditionOrder, conditionsNamedIn } from './condition-order.ts';
import type { Template } from './evaluate.ts';
import { conditionIntrinsic } from './intrinsics.ts';
import type { ExpandedPairs } from './loop.ts';
import { textOfIteration } from './loop-text.ts';

/** The parts of a template that its conditions depend on. */
export interface ConditionScope {
  readonly tree: Tree;
  domain(parameter: string): Domain | undefined;
  readonly template: Template;
}

/** A condition with its source, and the iteration of the loops around it. */
export interface WrittenCondition {
  readonly node: Node;
  readonly template: Template;
}

/** The number of conditions between two yields. */
const CONDITIONS_OF_STEP = 4;

/** The conditions of a template, evaluated lazily. */
export class TemplateConditions {
  readonly #scope: ConditionScope;
  readonly #section: ReadonlyMap<string, WrittenCondition>;
  readonly #decided = new Map<string, Truth>();
  readonly #deciding = new Set<string>();
  #ordered = false;
  readonly #atoms = new Map<string, ScenarioVariable>();

  constructor(scope: ConditionScope, section: ExpandedPairs) {
    this.#scope = scope;
    this.#section = new Map(section.pairs.map(({ name, pair, template }) => [name, { node: pair.value, template }]));
  }

  /** The truth of a named condition. A name that is not defined is an unknown condition. */
  named(name: string): Truth {
    this.#decideInOrder();
    const held = this.#decided.get(name);
    if (held) return held;
    const written = this.#section.get(name);
    if (!written) return this.#decide(name, this.#opaque(`condition ${name}`, name));
    if (this.#deciding.has(name)) return MAYBE;
    this.#deciding.add(name);
    try {
      return this.#decide(name, this.#expression(written.node, written.template));
    } finally {
      this.#deciding.delete(name);
    }
  }

  /** The definition of a condition, if the template has one. */
  written(name: string): WrittenCondition | undefined {
    return this.#section.get(name);
  }

  /** The truth of an expression within a condition. */
  decide(node: Node, template = this.#scope.template): Truth {
    return this.#expression(node, template);
  }

  #decideInOrder(): void {
    if (!this.#ordered) finished(this.deciding());
  }

  /** Evaluates all conditions in steps. They are evaluated bottom-up, so that a long chain does not recurse deeply. */
  *deciding(): Generator<void, void, undefined> {
    if (this.#ordered) return;
    this.#ordered = true;
    const { order, circular } = conditionOrder(
      new Map(
        [...this.#section].map(([name, { node, template }]) => [
          name,
          conditionsNamedIn(node).map((other) => textOfIteration(other, template.bindings)),
        ]),
      ),
    );
    for (const name of circular) this.#decide(name, MAYBE);
    for (const [index, name] of order.entries()) {
      this.named(name);
      if (endsStep(index, CONDITIONS_OF_STEP)) yield;
    }
  }

  #decide(name: string, decided: Truth): Truth {
    const { yes, no } = Guard.condensed(decided, `${this.#scope.tree.doc}#condition ${name}`, name);
    const truth = {
      yes: yes.renamed({ kind: 'condition', name, value: true }),
      no: no.renamed({ kind: 'condition', name, value: false }),
    };
    this.#decided.set(name, truth);
    return truth;
  }

  /**
   * The truth of an expression of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition, or of a rule-specific function.
   */
  #expression(node: Node | undefined, template: Template, depth = 0): Truth {
    const target = resolved(node);
    const call = target && callOf(target);
    if (!target || !call || depth > 50) return this.#unknown(target, template);
    switch (conditionIntrinsic(call.name)) {
      case 'Condition': {
        const name = argumentText(call);
        return name === undefined
          ? this.#unknown(target, template)
          : this.named(textOfIteration(name, template.bindings));
      }
      case 'Fn::Not':
        return notTruth(this.#expression(argumentList(call)?.[0], template, depth + 1));
      case 'Fn::And':
      case 'Fn::Or': {
        const parts = argumentList(call)?.map((n) => this.#expression(n, template, depth + 1));
        // An incomplete expression has no operands and no value.
        if (!parts?.length) return this.#unknown(target, template);
        return parts.reduce(call.name === 'Fn::And' ? bothTruths : eitherTruth);
      }
      case 'Fn::Equals':
        return this.#equals(target, argumentList(call) ?? [], template);
      case 'Fn::Contains': {
        const [list, value] = argumentList(call) ?? [];
        return list && value
          ? this.#isAmong(target, this.#items(list, template), value, template)
          : this.#unknown(target, template);
      }
      case 'Fn::EachMemberIn':
      case 'Fn::EachMemberEquals': {
        const [members, other] = argumentList(call) ?? [];
        const each = members && this.#items(members, template);
        const texts =
          each &&
          other &&
          (call.name === 'Fn::EachMemberIn' ? this.#items(other, template) : this.#sides(other, template));
        if (!each || !texts) return this.#unknown(target, template);
        return each.map((one) => this.#sameAsOne(target, [one], texts, template)).reduce(bothTruths, TRUE);
      }
      case undefined:
        return this.#unknown(target, template);
    }
  }

  /**
   * The items of a list that is the same in all scenarios, with the possible values of each; undefined for other lists.
   */
  #items(node: Node, template: Template): readonly Side[] | undefined {
    const value = template.comparing.evaluate(node);
    if (value.state !== 'list' || value.open) return undefined;
    return flatMap(value.items, (item) =>
      leaves(item.value).map(({ guard, value: leaf }) => sideOf(guard.selected(), leaf)),
    );
  }

  /** Whether a value is one of some strings. */
  #isAmong(node: Node, texts: readonly Side[] | undefined, value: Node, template: Template): Truth {
    return texts ? this.#sameAsOne(node, this.#sides(value, template), texts, template) : this.#unknown(node, template);
  }

  #sameAsOne(node: Node, sides: readonly Side[], texts: readonly Side[], template: Template): Truth {
    const among = amongLiterals(sides, texts);
    if (among) {
      const { yes, no } = among.open.length > 0 ? this.#unknown(node, template) : TRUE;
      return {
        yes: Guard.union([...among.yes, ...among.open.map((guard) => guard.and(yes))]),
        no: Guard.union([...among.no, ...among.open.map((guard) => guard.and(no))]),
      };
    }
    const key = normalizedText(node);
    return texts
      .map((text) => this.#compared(node, sides, [text], `${key} ${text.text ?? ''}`, template))
      .reduce(eitherTruth, FALSE);
  }

  #equals(node: Node, [first, second]: readonly Node[], template: Template): Truth {
    if (!first || !second) return this.#unknown(node, template);
    return this.#compared(
      node,
      this.#sides(first, template),
      this.#sides(second, template),
      `Fn::Equals ${[first, second].map(normalizedText).sort().join(' ')}`,
      template,
    );
  }

  #compared(node: Node, ones: readonly Side[], others: readonly Side[], key: string, template: Template): Truth {
    const yes: Guard[] = [];
    const no: Guard[] = [];
    for (const one of ones)
      for (const other of others) {
        const both = one.guard.and(other.guard);
        if (!both.satisfiable()) continue;
        const same = equalSides(one, other);
        if (same !== undefined) (same ? yes : no).push(both);
        else {
          // An operand that cannot be evaluated is a scenario variable. Equal expressions share the variable, and a
          // parameter has the same one in all comparisons.
          const comparison = comparisonOf(one, other);
          const unknown = this.#opaque(
            comparison ?? inTurn(key, template),
            this.#textOf(node, template),
            comparison === undefined ? this.#atoms : template.comparisons,
          );
          yes.push(both.and(unknown.yes));
          no.push(both.and(unknown.no));
        }
      }
    return { yes: Guard.union(yes), no: Guard.union(no) };
  }

  /** The possible values of one side of a comparison. */
  #sides(node: Node, template: Template): readonly Side[] {
    const target = resolved(node);
    const call = target && callOf(target);
    const name = call?.name === 'Ref' ? argumentText(call) : undefined;
    const domain = name === undefined || template.bindings.texts.has(name) ? undefined : this.#scope.domain(name);
    if (domain) return sidesOf(domain);
    return target
      ? leaves(template.comparing.evaluate(target)).map(({ guard, value }) => sideOf(guard.selected(), value))
      : [{ guard: Guard.always, text: undefined }];
  }

  /** An unknown boolean expression. */
  #unknown(node: Node | undefined, template: Template): Truth {
    if (!node) return this.#opaque('nothing', 'nothing');
    return this.#opaque(inTurn(normalizedText(node), template), this.#textOf(node, template));
  }

  #textOf(node: Node, template: Template): string {
    return textOfIteration(
      this.#scope.tree.text.slice(node.start, node.end).replaceAll(/\s+/g, ' '),
      template.bindings,
    );
  }

  /** Conditions with equal keys are the same. */
  #opaque(key: string, name: string, atoms = this.#atoms): Truth {
    let variable = atoms.get(key);
    if (!variable) {
      variable = { id: `${this.#scope.tree.doc}#condition:${key}`, kind: 'condition', name, domain: ['true', 'false'] };
      atoms.set(key, variable);
    }
    return { yes: Guard.of(variable, [0]), no: Guard.of(variable, [1]) };
  }
}

/** The same text can be a different condition in another iteration of a loop. */
function inTurn(key: string, { bindings }: Template): string {
  return bindings.texts.size === 0 ? key : `${key} with ${JSON.stringify([...bindings.texts])}`;
}

/** One possible value of a side of a comparison. */
interface Side {
  readonly guard: Guard;
  /** Undefined if unknown. */
  readonly text: string | undefined;
  /** For any unnamed value of a parameter: the parameter, and the strings that it excludes. */
  readonly input?: string;
  readonly cannotBe?: (text: string) => boolean;
}

/** The possible values of a parameter. Memoized, because conditions compare it with one value after the other. */
const sidesOf = memoize(({ variable, values, limit }: Domain): readonly Side[] => {
  const texts = values.map((value) => value && textOfValue(value));
  const named = new Set(texts);
  return texts.map((text, index) => ({
    guard: Guard.of(variable, [index]),
    text,
    ...(values[index]
      ? {}
      : { input: variable.id, cannotBe: (other: string) => named.has(other) || limit?.(other) === false }),
  }));
});

function sideOf(guard: Guard, value: Value): Side {
  if (value.state === 'template') return { guard, text: undefined, cannotBe: (text) => !fits(value.pieces, text) };
  const { input, admits } = value.state === 'unknown' ? value : {};
  return {
    guard,
    text: textOfValue(value),
    ...(input === undefined ? {} : { input }),
    ...(admits ? { cannotBe: (text: string) => !admits(text) } : {}),
  };
}

/** The number of comparisons of an unknown value from which they are one: each would be a variable. */
const MANY_COMPARISONS = 64;

/**
 * Compares the possible values of a side with a list of literals at once: the scenarios in which they are in the list,
 * those in which they are not, and those in which an unknown value has too many comparisons. Undefined if an unknown
 * value has few, which are made one by one. Lists of instance types, and the parameters that are compared with them,
 * have hundreds of items.
 */
function amongLiterals(
  sides: readonly Side[],
  texts: readonly Side[],
): { readonly yes: readonly Guard[]; readonly no: readonly Guard[]; readonly open: readonly Guard[] } | undefined {
  if (texts.length === 0 || texts.some(({ guard, text }) => text === undefined || !guard.isAlways())) return undefined;
  const literals = new Set(texts.map(({ text }) => text));
  const [yes, no, open]: [Guard[], Guard[], Guard[]] = [[], [], []];
  for (const side of sides) {
    const possible = side.text === undefined ? texts.filter((text) => equalSides(side, text) !== false).length : 0;
    if (possible > 0 && possible < MANY_COMPARISONS) return undefined;
    (possible > 0 ? open : literals.has(side.text) ? yes : no).push(side.guard);
  }
  return { yes, no, open };
}

/** Whether a template string can resolve to a text: its literal parts must occur in the text, in order. */
function fits(pieces: TemplateString['pieces'], text: string): boolean {
  const [first, last] = [pieces[0], pieces.at(-1)];
  let from = 0;
  for (const piece of pieces) {
    if (typeof piece !== 'string') continue;
    const at = text.indexOf(piece, from);
    if (at < 0 || (piece === first && from === 0 && at > 0)) return false;
    from = at + piece.length;
  }
  return (
    typeof last !== 'string' ||
    (text.endsWith(last) &&
      text.length >= pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : 0), 0))
  );
}

/** The operands if a parameter has an unnamed value; undefined if something else is unknown. */
function comparisonOf(one: Side, other: Side): string | undefined {
  const [a, b] = [one, other].map(({ input, text }) =>
    input === undefined ? (text === undefined ? undefined : `text ${text}`) : `parameter ${input}`,
  );
  return a === undefined || b === undefined ? undefined : [a, b].sort().join(' is ');
}

/** Whether two sides are the same string; undefined if unknown. */
function equalSides(a: Side, b: Side): boolean | undefined {
  if (a.text !== undefined && b.text !== undefined) return a.text === b.text;
  if (a.input !== undefined && a.input === b.input) return true;
  const [text, open] = a.text === undefined ? [b.text, a] : [a.text, b];
  return text !== undefined && open.cannotBe?.(text) ? false : undefined;
}

/** CloudFormation compares strings, and converts booleans in any case to the strings `true` and `false`. */
function textOfValue(value: Value): string | undefined {
  if (value.state !== 'known') return undefined;
  return typeof value.value === 'boolean' ? String(value.value) : value.raw;
}

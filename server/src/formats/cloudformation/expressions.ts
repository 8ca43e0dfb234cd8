/** The expressions of a template, for explanations. */
import { spend } from '../../base/budget.ts';
import { flatMap } from '../../base/flat-map.ts';
import { Guard } from '../../base/guard.ts';
import { placeholdersIn } from '../../base/placeholders.ts';
import type { Range, Span } from '../../base/span.ts';
import type { EvaluatedExpression } from '../../model/expression.ts';
import { nodesAround, resolved, type Node, type Pair, type ScalarNode, type Tree } from '../../syntax/tree.ts';
import type { Value } from '../../model/value.ts';
import { spanOf } from '../located.ts';
import { argumentList, argumentText, callOf, plainText, type IntrinsicCall } from './call.ts';
import type { Template } from './evaluate.ts';
import { reachedAt, iterationsAt } from './expression-place.ts';
import { INTRINSICS } from './intrinsics.ts';

/** Condition functions. `Condition` is one of them only within conditions. */
const LOGICAL: ReadonlySet<string> = new Set(
  flatMap([...INTRINSICS], ([name, { evaluation, named, within }]) =>
    evaluation === 'condition' && !named && within === undefined ? [name] : [],
  ),
);

/** The sections with condition functions, including the assertions of template rules. */
const DECIDE: ReadonlySet<string> = new Set(['Conditions', 'Rules']);

/** The maximum length of an expression's source text. */
const LONGEST = 60;

/**
 * The innermost expression at an offset of a template, in every iteration of the loops around it; undefined if nothing
 * is evaluated there.
 */
export function templateExpressionAt(template: Template, offset: number): EvaluatedExpression | undefined {
  const around = nodesAround(template.tree, { start: offset, end: offset });
  const iterations = flatMap(
    iterationsAt(template, around).slice(0, MOST_TURNS),
    (iteration) => expressionIn(iteration, around, offset) ?? [],
  );
  return iterations[0] && { ...together(iterations[0], iterations), reached: reachedAt(template, around) };
}

/** The maximum number of iterations of a loop that are distinguished. */
const MOST_TURNS = 20;

/** One expression in several iterations: each value in one of them. Conditions are the same in all. */
function together(first: EvaluatedExpression, iterations: readonly EvaluatedExpression[]): EvaluatedExpression {
  const values = flatMap(iterations, (iteration) => (iteration.what === 'value' ? [iteration.value] : []));
  if (first.what === 'condition' || iterations.length === 1) return first;
  return {
    ...first,
    value: anyOf(first.value, values),
    computed: first.computed || values.some(({ origin }) => origin.steps.length > 0),
    parts: () => {
      const parts = iterations.map((iteration) => iteration.parts());
      return parts[0]!.map((part, index) =>
        together(
          part,
          flatMap(parts, (others) => others[index] ?? []),
        ),
      );
    },
  };
}

function anyOf({ origin }: Value, values: readonly Value[]): Value {
  return { state: 'choice', origin, branches: values.map((value) => ({ guard: Guard.always, value })) };
}

function expressionIn(template: Template, around: readonly Node[], offset: number): EvaluatedExpression | undefined {
  const section = around[0]?.kind === 'map' ? pairAt(around[0], offset) : undefined;
  if (!section || section.key === around[1]) return undefined;
  const inConditions = DECIDE.has(section.name);
  const condition = ownCondition(section.name, around, offset);
  if (condition) return conditionNamed(template, condition.value, condition);
  if (section.name === 'Conditions' && around[1]?.kind === 'map') {
    const condition = pairAt(around[1], offset);
    if (condition && condition.key === around[2]) return conditionNamed(template, condition.name, condition.key);
  }
  for (let i = around.length - 1; i > 0; i--) {
    const node = around[i]!;
    const holder = around[i - 1];
    // A key represents its value.
    if (holder?.kind === 'map') {
      const pair = pairAt(holder, offset);
      if (pair?.key === node) {
        if (callOf(holder)) continue;
        return expressionOf(template, pair.value, inConditions);
      }
    }
    const call = holder && callOf(holder);
    const named = call && conditionArgument(call, node, inConditions);
    if (named !== undefined) return conditionNamed(template, named, node);
    const placeholder =
      callOf(node)?.name === 'Fn::Sub' || call?.name === 'Fn::Sub' ? placeholderAt(template, node, offset) : undefined;
    if (placeholder) return placeholder;
    // The name in the argument of a long form is not a value; the call is.
    if (call && !call.short && node.kind === 'scalar' && isName(call)) continue;
    if (node.kind === 'scalar' && !callOf(node) && isArgument(around.slice(0, i))) continue;
    if (callOf(node) || node.kind === 'scalar' || node.kind === 'alias')
      return expressionOf(template, node, inConditions);
  }
  return undefined;
}

/** The name of the condition of a resource or output, if the offset is there. */
function ownCondition(section: string, [, things, body]: readonly Node[], offset: number): ScalarNode | undefined {
  if (!(section === 'Resources' || section === 'Outputs') || things?.kind !== 'map' || body?.kind !== 'map')
    return undefined;
  const pair = pairAt(body, offset);
  return pair?.name === 'Condition' && pair.value.kind === 'scalar' && !pair.value.empty ? pair.value : undefined;
}

function pairAt(map: Node & { kind: 'map' }, offset: number): Pair | undefined {
  return map.pairs.find((pair) => pair.start <= offset && offset <= pair.end);
}

/**
 * Whether a node is an argument of a function, so that the function is more informative. A branch of an Fn::If is a
 * value of its own.
 */
function isArgument(around: readonly Node[]): boolean {
  const outer = around.at(-1);
  const call = outer && callOf(outer);
  return call ? call.name !== 'Fn::If' : outer?.kind === 'list' && isArgument(around.slice(0, -1));
}

/** Whether the arguments of a function are names instead of values. */
function isName({ name }: IntrinsicCall): boolean {
  return INTRINSICS.get(name)?.named === true;
}

/** The condition name in an argument. */
function conditionArgument(call: IntrinsicCall, node: Node, inConditions: boolean): string | undefined {
  if (call.name === 'Fn::If' && resolved(argumentList(call)?.[0]) === node) return plainText(node);
  return call.name === 'Condition' && (call.short || inConditions) && call.argument === node
    ? argumentText(call)
    : undefined;
}

function conditionNamed(template: Template, name: string, node: Node): EvaluatedExpression {
  const written = template.conditions.written(name);
  return {
    what: 'condition',
    name,
    truth: template.conditions.named(name),
    at: spanOf(template.tree, node),
    text: name,
    parts: () => (written ? [expressionOf(written.template, written.node, true)] : []),
  };
}

/** A node as an expression. */
function expressionOf(template: Template, node: Node, inConditions: boolean): EvaluatedExpression {
  const { tree } = template;
  // An alias is shown as its target.
  const call = callOf(node.kind === 'alias' ? (node.target ?? node) : node);
  const at = spanOf(tree, node);
  const text = textOf(tree, node);
  const parts = (): readonly EvaluatedExpression[] =>
    call ? partsOf(template, call, inConditions) : within(template, node, inConditions);
  if (inConditions && call?.name === 'Condition') {
    const name = argumentText(call);
    if (name !== undefined) return { ...conditionNamed(template, name, node), text };
  }
  if (inConditions && call && LOGICAL.has(call.name))
    return { what: 'condition', name: undefined, truth: template.conditions.decide(node), at, text, parts };
  const value = template.evaluate(node, keyOf(tree, node));
  // A string can contain a dynamic reference, which is resolved at deployment.
  const computed = call !== undefined || node.kind === 'alias' || (node.kind === 'scalar' && value.state !== 'known');
  return { what: 'value', value, computed, at, text, parts };
}

/**
 * The key of a node. Its value is evaluated once, for the resource that has it too, which may not have been read yet.
 */
function keyOf(tree: Tree, node: Node): Span | undefined {
  const { parent } = node;
  if (parent?.kind !== 'map' || callOf(parent)) return undefined;
  const pair = parent.pairs.find(({ value }) => value === node);
  return pair && spanOf(tree, pair.key);
}

function partsOf(template: Template, call: IntrinsicCall, inConditions: boolean): readonly EvaluatedExpression[] {
  if (isName(call)) return [];
  const list = argumentList(call);
  if (call.name === 'Fn::If' && list) {
    const [condition, ...branches] = list;
    const name = plainText(condition);
    const truth = name === undefined ? undefined : template.conditions.named(name);
    return [
      ...(condition && name !== undefined ? [conditionNamed(template, name, condition)] : []),
      ...flatMap(branches, (branch, index) =>
        worthwhile(template, branch, inConditions, new Set()).map((part) =>
          truth ? { ...part, reached: index === 0 ? truth.yes : truth.no } : part,
        ),
      ),
    ];
  }
  const text = resolved(list?.[0] ?? call.argument);
  const placeholders = call.name === 'Fn::Sub' && text ? placeholdersOf(template, text) : [];
  const seen = new Set<Node>();
  const others = list ?? (call.short ? [] : [call.argument]);
  return [...placeholders, ...flatMap(others, (node) => worthwhile(template, node, inConditions, seen))];
}

/**
 * The expressions in a list or map. Repetitions by aliases are included once, because a few lines of aliases can
 * represent an unlimited number of nodes.
 */
function within(
  template: Template,
  node: Node,
  inConditions: boolean,
  seen = new Set<Node>(),
): readonly EvaluatedExpression[] {
  const target = resolved(node);
  if (!target || seen.has(target)) return [];
  seen.add(target);
  spend();
  if (target.kind === 'list')
    return flatMap(target.items, (item) => worthwhile(template, item.value, inConditions, seen));
  return target.kind === 'map'
    ? flatMap(target.pairs, (pair) => worthwhile(template, pair.value, inConditions, seen))
    : [];
}

/** The evaluated expressions of a node: itself, or the ones that it contains if it only groups others. */
function worthwhile(
  template: Template,
  node: Node,
  inConditions: boolean,
  seen: Set<Node>,
): readonly EvaluatedExpression[] {
  if (callOf(node)) return [expressionOf(template, node, inConditions)];
  return within(template, node, inConditions, seen);
}

/** The placeholders of an Fn::Sub string. Names need no escapes, so they are also found in a string with escapes. */
function placeholdersOf(template: Template, node: Node): readonly EvaluatedExpression[] {
  if (node.kind !== 'scalar') return [];
  const { start, end } = node.content;
  const text = template.tree.text.slice(start, end);
  return placeholdersIn(text)
    .filter(({ inside }) => inside !== '' && !inside.startsWith('!'))
    .map((one): EvaluatedExpression => {
      const range = { start: start + one.start, end: start + one.end };
      return {
        what: 'value',
        value: template.placeholder(node, one.inside.trim()),
        computed: true,
        at: spanOf(template.tree, range),
        text: text.slice(one.start, one.end),
        parts: () => [],
      };
    });
}

function placeholderAt(template: Template, node: Node, offset: number): EvaluatedExpression | undefined {
  return placeholdersOf(template, node).find(({ at }) => at.start <= offset && offset <= at.end);
}

/** A node on one line: as written, but with block style converted to flow style. */
function textOf(tree: Tree, node: Node): string {
  const text = tree.language === 'yaml' ? flowOf(tree, node, LONGEST + 1) : sourceOf(tree, node);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function sourceOf(tree: Tree, { start, end }: Range): string {
  // Text beyond the maximum length is not shown, so its exact content does not matter.
  return tree.text.slice(start, Math.min(end, start + 20 * LONGEST)).replaceAll(/\s+/g, ' ');
}

/** A node in YAML's flow style, up to the maximum length. */
function flowOf(tree: Tree, node: Node, room: number): string {
  if (room <= 0) return '';
  const tag = node.tag ? `${node.tag.name} ` : '';
  if (node.kind === 'list' && node.style === 'block')
    return `${tag}[${listed(
      node.items.map((item) => item.value),
      (value, left) => flowOf(tree, value, left),
      room,
    )}]`;
  if (node.kind === 'map' && node.style === 'block') {
    const pairs = listed(
      node.pairs,
      ({ name, value }, left) => `${name}: ${flowOf(tree, value, left - name.length)}`,
      room,
    );
    return callOf(node) ? pairs : `${tag}{${pairs}}`;
  }
  return sourceOf(tree, node);
}

function listed<T>(things: readonly T[], written: (thing: T, room: number) => string, room: number): string {
  let text = '';
  for (const thing of things) {
    if (text.length >= room) break;
    text += `${text === '' ? '' : ', '}${written(thing, room - text.length)}`;
  }
  return text;
}

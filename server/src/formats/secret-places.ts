/**
 * Detection of credentials in a document, by names and by marks such as NoEcho. All features use this decision on which
 * text must not be shown.
 */
import { flatMap } from '../base/flat-map.ts';
import { pushAll } from '../base/push-all.ts';
import type { MatchOffsets } from '../base/line-matches.ts';
import { memoize, memoizeParts } from '../base/memoize.ts';
import { memoizeSteps } from '../base/steps.ts';
import type { Range } from '../base/span.ts';
import { isSecretName, isSecretText } from '../model/credential.ts';
import { mapLeaves } from '../model/navigate.ts';
import { secretsInScript } from '../model/script-secrets.ts';
import { tokensIn, tokensOf } from '../model/token.ts';
import type { Value } from '../model/value.ts';
import { outermost, parseEmbedded } from '../syntax/embedded.ts';
import { readScalar } from '../syntax/scalar.ts';
import {
  childrenOf,
  resolved,
  textOf,
  valueOf,
  type MapNode,
  type Node,
  type Pair,
  type ScalarNode,
  type Tree,
} from '../syntax/tree.ts';
import { amongPlaces, ESCAPE, findingHolding, matchesIn, type MayHold } from '../syntax/tree-matches.ts';
import { isValidJson, namingMatches } from './json-secret-names.ts';
import { namedInExpression, NAME_KEYS, VALUE_KEYS } from './named-values.ts';

interface SecretPlaces {
  /** The nodes that represent a credential: scalars, function calls, lists of strings. */
  readonly nodes: ReadonlySet<Node>;
  /** The literal strings of credentials, without references. */
  readonly literals: readonly ScalarNode[];
  /** The expressions that compare a secret with a string. Their result is not a secret. */
  readonly expressions: readonly ScalarNode[];
}

/** A credential in a document. */
export interface WrittenSecret extends Range {
  readonly text: string;
  /** Whether an expression compares a secret, so that its value is not a secret. */
  readonly compares?: true;
}

/**
 * The credentials in a document, by name or by format, including those in embedded documents and scripts, in document
 * order: reports redact them.
 */
export const writtenSecrets = memoize((tree: Tree): readonly WrittenSecret[] => secretsWhere(tree));

/**
 * The credentials of a document, of which those in strings can be missing where the document is not shown. To search
 * all strings takes most of the time in a large document.
 * @param isShown Whether a range overlaps text that is shown.
 */
export function writtenSecretsAmong(tree: Tree, isShown: (range: Range) => boolean): readonly WrittenSecret[] {
  return secretsWhere(tree, isShown);
}

function secretsWhere(tree: Tree, isShown?: (range: Range) => boolean): readonly WrittenSecret[] {
  return [
    ...(HINT.test(tree.text) ? [...secretsIn(tree), ...withinStrings(tree, isShown), ...amongBroken(tree)] : []),
    ...ofKnownFormat(tree),
  ].sort((a, b) => a.start - b.start);
}

/** The credentials with a known format, wherever they are in the text. */
function ofKnownFormat(tree: Tree): readonly WrittenSecret[] {
  const { text } = tree;
  // A text in a string is not edited by itself.
  return (tree.layer ? [...tokensIn(text)] : tokensOf(tree)).map(({ start, end }) => ({
    text: text.slice(start, end),
    start,
    end,
  }));
}

function secretsIn(tree: Tree): readonly WrittenSecret[] {
  const { literals, expressions } = secretPlaces(tree);
  return [
    ...literals.map((node) => ({ text: node.value, ...outermost(tree, node) })),
    ...expressions.map((node) => ({ text: node.value, compares: true as const, ...outermost(tree, node) })),
  ];
}

/** A name and its value on one line, with any surrounding characters. */
const ASSIGNED =
  /([A-Za-z_][\w-]{0,127})["']?[ \t]{0,20}[:=][ \t]{0,20}("[^"\n]{1,1000}"?|'[^'\n]{1,1000}'?|[^\s,[\]{}#"'!&*$][^\s,\]}]{0,999})/g;

/** The value after the name of a credential in a document with syntax errors, which can be missing from its tree. */
function amongBroken({ problems, text }: Tree): readonly WrittenSecret[] {
  if (problems.length === 0) return [];
  return flatMap([...text.matchAll(ASSIGNED)], ({ index, 0: whole, 1: name, 2: value }) => {
    const start = index + whole.length - value!.length;
    return isSecretName(name!) && isSecretText(value!.replaceAll(/["']/g, ''))
      ? [{ text: value!, start, end: start + value!.length }]
      : [];
  });
}

/** The maximum length of a string that is searched for a document. */
const LONGEST_STRING = 200_000;

function withinStrings(tree: Tree, isShown?: (range: Range) => boolean): readonly WrittenSecret[] {
  const found: WrittenSecret[] = [];
  const concerns = concerning(tree);
  const mayHold = isShown ? (range: Range): boolean => isShown(range) && concerns(range) : concerns;
  const open: Node[] = [...tree.roots];
  for (let node = open.pop(); node; node = open.pop()) {
    if (!mayHold(node)) continue;
    if (node.kind === 'scalar') pushAll(found, withinString(tree, node));
    else if (node.kind === 'map') pushSome(open, node, mayHold);
    else pushAll(open, childrenOf(node));
  }
  return found;
}

/** Adds the keys and values of a map that can hold a match. Those of the others need no nodes. */
function pushSome(open: Node[], { pairs }: MapNode, mayHold: MayHold): void {
  for (const pair of pairs) {
    const { start, keyEnd, end } = pair;
    if (mayHold({ start, end: keyEnd })) open.push(pair.key);
    if (mayHold({ start: keyEnd, end })) open.push(pair.value);
  }
}

function withinString(tree: Tree, node: ScalarNode): readonly WrittenSecret[] {
  if (node.end - node.start >= LONGEST_STRING || !HINT.test(node.value)) return [];
  const inner = /^\s*[[{]/.test(node.value) ? parseEmbedded(tree, node, 'json') : undefined;
  return [
    ...(inner ? secretsIn(inner) : []),
    ...writtenIn(tree, node, secretsOfScript(node.value)),
    ...(isExpression(node) ? writtenIn(tree, node, namedInExpression(node.value)) : []),
  ];
}

/** Whether a scalar is an expression of Terraform that can have objects. JSON has it in a template. */
function isExpression({ style, value }: ScalarNode): boolean {
  return value.includes('{') && (style === 'expression' || value.includes('encode('));
}

/** All places of texts in a scalar; the whole scalar where one is written with escapes. */
function writtenIn(tree: Tree, { start, end }: ScalarNode, texts: readonly string[]): readonly WrittenSecret[] {
  const written = tree.text.slice(start, end);
  return flatMap(texts, (text): readonly WrittenSecret[] => {
    const places = placesOf(text, written);
    if (places.length === 0) return [{ text, start, end }];
    return places.map((at) => ({ text, start: start + at, end: start + at + text.length }));
  });
}

/** The length of the scripts of a large document. */
const MOST_SCRIPTS = 2_000_000;

/** The credentials in a script, each once. */
const secretsOfScript = memoizeParts(
  (script): readonly string[] => [...new Set(secretsInScript(script, 'shell', true).map(({ text }) => text))],
  MOST_SCRIPTS,
);

/** All places of a part in a text. */
function placesOf(part: string, text: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) places.push(at);
  return places;
}

/** The credentials of a document. */
const secretPlaces = memoizeSteps(function* (tree: Tree): Generator<void, SecretPlaces, undefined> {
  return HINT.test(tree.text) ? yield* seeking(tree) : NONE;
});

/** Finds the credentials of a document in steps, before its values are evaluated. */
export function findingSecrets(tree: Tree): Generator<void, unknown, undefined> {
  return secretPlaces.steps(tree);
}

/** The number of nodes between two yields. */
const NODES_OF_STEP = 500;

/** The value of a node, marked as secret if the node is a credential by name. References show their target. */
export function hiddenByName(tree: Tree, node: Node, value: Value): Value {
  return secretPlaces(tree).nodes.has(node)
    ? mapLeaves(value, (leaf) =>
        leaf.origin.secret ? leaf : { ...leaf, origin: { ...leaf.origin, secret: true, secretByName: true } },
      )
    : value;
}

const NONE: SecretPlaces = { nodes: new Set(), literals: [], expressions: [] };

/** Most documents have no such word. */
const HINT = /pass|pwd|secret|token|key|credential|connection|mysql|noecho|sensitive/i;

/** Words that concern credentials in a document: names and comparisons. */
const WORDS = new RegExp(String.raw`${HINT.source}|Equals|\bvar\.`, 'gi');

/** What can stand for a letter of such a word, and aliases of text that is elsewhere. */
const ESCAPES = new RegExp(ESCAPE, 'g');
const ALIASES = /\*(?=[^\s,\]}'"])/g;

/** The keys that mark a parameter, a variable or an output as secret. */
const MARKS: ReadonlySet<string> = new Set(['NoEcho', 'sensitive']);

/** The keys with the value of a parameter, a variable or an output. */
const DECLARATION_VALUE_KEYS: ReadonlySet<string> = new Set(['Default', 'AllowedValues', 'Value', 'default', 'value']);

/**
 * The places of all that concerns credentials in a document. The words are searched by themselves, because V8 skips
 * text only if all that it searches is long.
 */
function* findingPlaces(tree: Tree): Generator<void, MatchOffsets, undefined> {
  const matches = matchesIn(tree);
  const places = [...(yield* matches.finding(WORDS))];
  pushAll(places, yield* matches.finding(ESCAPES));
  // JSON has no aliases.
  if (tree.language !== 'json') pushAll(places, yield* matches.finding(ALIASES));
  return places.sort((a, b) => a - b);
}

const concerning = memoizeSteps(function* (tree: Tree): Generator<void, MayHold, undefined> {
  return amongPlaces(yield* findingPlaces(tree));
});

/** What can stand for the name of a credential, or compare one. */
const INDIRECTLY = new RegExp(String.raw`${ESCAPE}|Equals|\bvar\.`, 'iy');

/** Whether a range can name a credential. In a large JSON document, few words about credentials are names. */
function* findingNames(tree: Tree): Generator<void, MayHold, undefined> {
  if (!isValidJson(tree)) return yield* concerning.steps(tree);
  return amongPlaces(namingMatches(tree.text, yield* findingPlaces(tree), INDIRECTLY, NAME_KEYS, MARKS));
}

/**
 * The keys that mark parameters, variables and outputs as secret. A plan has many `after_sensitive`, which mark none of
 * them.
 */
const MARKING = /NoEcho\b|sensitive\b(?<!_sensitive)/g;

/** Whether a range of a document can contain the name of a credential, or stand for text that does. */
export function mayNameSecret(tree: Tree): MayHold {
  return concerning(tree);
}

/** Calls whose arguments are names instead of parts of the result. */
const REFERENCE = /^(?:!|Fn::)?(?:Ref|GetAtt|ImportValue|Condition|FindInMap|GetAZs|Transform)$/;

function* seeking(tree: Tree): Generator<void, SecretPlaces, undefined> {
  const nodes = new Set<Node>();
  const literals = new Set<ScalarNode>();
  const open: Node[] = [...tree.roots];
  /** The names of marked parameters and variables, and the values that they may be compared with. */
  const hidden = new Set<string>();
  const comparing: Node[] = [];
  const mark = (node: Node): void => markSecret(resolved(node) ?? node, nodes, literals);
  // Most text does not concern credentials, so its nodes are neither made nor decoded.
  const concerns = yield* findingNames(tree);
  const marking = yield* findingHolding(tree, MARKING);
  const escapes = yield* findingHolding(tree, ESCAPES);
  const marks: MayHold = (range) => marking(range) || escapes(range);
  /** Whether a parameter, a variable or an output is marked as secret. */
  const isMarked = ({ pairs }: MapNode): boolean => {
    for (const pair of pairs) if (marks(pair) && isMark(pair)) return true;
    return false;
  };
  const seek = (node: Node): void => {
    if (concerns(node)) open.push(node);
  };
  let left = NODES_OF_STEP;
  for (let node = open.pop(); node; node = open.pop()) {
    if (--left === 0) {
      left = NODES_OF_STEP;
      yield;
    }
    if (node.kind === 'list') for (const { value } of node.items) seek(value);
    if (
      node.tag?.name === '!Equals' ||
      (node.kind === 'scalar' && (node.style === 'expression' || node.value.includes('${')))
    )
      comparing.push(node);
    if (node.kind !== 'map') continue;
    const concerning: Pair[] = [];
    let [named, marked] = [false, false];
    for (const pair of node.pairs) {
      if (!concerns(pair)) continue;
      concerning.push(pair);
      named ||= isNamedSecret(pair);
      marked ||= marks(pair) && isMark(pair);
    }
    for (const { name, value } of named || marked ? node.pairs : concerning) {
      seek(value);
      if (name === 'Fn::Equals') comparing.push(value);
      if ((value.kind === 'alias' || marks(value)) && someBody(value, isMarked)) hidden.add(name);
      const byName = isSecretName(name);
      if (byName || (named && VALUE_KEYS.has(name)) || (marked && DECLARATION_VALUE_KEYS.has(name))) mark(value);
      // A parameter, variable or output with such a name.
      for (const body of byName ? bodiesOf(value) : [])
        for (const pair of body.pairs) if (DECLARATION_VALUE_KEYS.has(pair.name)) mark(pair.value);
    }
  }
  const isHidden = (name: string): boolean => hidden.has(name) || isSecretName(name);
  const expressions = flatMap(comparing, (node) => (node.kind === 'scalar' && compares(node, isHidden) ? [node] : []));
  for (const node of comparing) for (const literal of comparedWith(node, isHidden)) literals.add(literal);
  return { nodes, literals: [...literals], expressions: expressions.filter((node) => !literals.has(node)) };
}

/** A map, or the maps of a list: a Terraform block is written as either. */
function bodiesOf(node: Node): readonly MapNode[] {
  const target = resolved(node);
  const all = target?.kind === 'list' ? target.items.map(({ value }) => value) : [target];
  return flatMap(all, (one) => (one?.kind === 'map' ? [one] : []));
}

/** Whether one of the bodies of a node has a property. Most nodes are scalars. */
function someBody(node: Node, holds: (body: MapNode) => boolean): boolean {
  if (node.kind === 'scalar') return false;
  if (node.kind === 'map') return holds(node);
  return bodiesOf(node).some(holds);
}

/** Whether a Terraform expression compares a secret with a string, which could reveal it. */
function compares({ value }: ScalarNode, isHidden: (name: string) => boolean): boolean {
  return value.includes('"') && [...value.matchAll(/\bvar\.([\w-]{1,128})/g)].some(([, name]) => isHidden(name!));
}

/** The strings that Fn::Equals compares with a secret. */
function comparedWith(node: Node, isHidden: (name: string) => boolean): readonly ScalarNode[] {
  const items = node.kind === 'list' ? node.items.map(({ value }) => resolved(value)) : [];
  const names = flatMap(
    items,
    (item) => (item?.tag?.name === '!Ref' ? textOf(item) : textOf(resolved(valueOf(item, 'Ref')))) ?? [],
  );
  return names.some(isHidden)
    ? flatMap(items, (item) => (item?.kind === 'scalar' && !item.tag && hasLiteral(item) ? [item] : []))
    : [];
}

/** Whether a pair names the value next to it as a credential. */
function isNamedSecret({ name, value }: Pair): boolean {
  return NAME_KEYS.has(name) && isSecretName(textOf(resolved(value)) ?? '');
}

/** Whether a pair marks a parameter, a variable or an output as secret. */
function isMark({ name, value }: Pair): boolean {
  return MARKS.has(name) && textOf(resolved(value))?.toLowerCase() === 'true';
}

/**
 * Marks the value of a credential. A map that is not a function call is a structure of its own, such as a resource with
 * that name.
 */
function markSecret(node: Node, nodes: Set<Node>, literals: Set<ScalarNode>): void {
  if (node.kind === 'alias' || (node.kind === 'map' && !isCall(node))) return;
  if (node.kind === 'scalar' && !isText(node)) return;
  nodes.add(node);
  const inCall = node.kind === 'map' || isShortCall(node);
  const open: { readonly node: Node; readonly depth: number }[] = [{ node, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node: inner, depth } = next;
    if (inner.tag && REFERENCE.test(inner.tag.name)) continue;
    if (inner.kind === 'scalar' && hasLiteral(inner)) {
      nodes.add(inner);
      literals.add(inner);
    }
    // The contents of a list of objects have names of their own.
    if (!inCall && depth > 0) continue;
    if (inner.kind === 'list') for (const { value } of inner.items) open.push({ node: value, depth: depth + 1 });
    if (inner.kind === 'map')
      for (const { name, value } of inner.pairs)
        if (!REFERENCE.test(name)) open.push({ node: value, depth: depth + 1 });
  }
}

function isCall({ pairs }: MapNode): boolean {
  return pairs.length === 1 && (pairs[0]!.name === 'Ref' || pairs[0]!.name.startsWith('Fn::'));
}

function isShortCall({ tag }: Node): boolean {
  return tag !== undefined && /^![^!]/.test(tag.name);
}

/** Whether a scalar is a string or a number, and does not represent an absent value. */
function isText(node: ScalarNode): boolean {
  const { value, raw } = readScalar(node);
  return value !== null && typeof value !== 'boolean' && !raw.startsWith('arn:') && isSecretText(raw);
}

/** Whether a scalar contains literal text besides references. */
function hasLiteral(node: ScalarNode): boolean {
  return isText(node) && isSecretText(readScalar(node).raw.replaceAll(/\$\{[\w.:[\]"-]*\}/g, ''));
}

/**
 * Reads the tables of cases in this folder. A case is
 *
 *     == what it shows [flags]
 *     -- before
 *     the text
 *     -- edits
 *     set /Resources/Bucket Properties/Name = "value"
 *     -- after
 *     the text            (or: -- refused, and a part of the reason)
 *
 * Flags: `json` (the text is JSON), `hcl` (it is HCL), `crlf`, `bom`, `no-newline` (neither text ends with a line end),
 * `open` (the first does not), `return` (a carriage return comes first), and `loses: text` for a comment that goes with
 * what it belongs to.
 *
 * A place is a path of keys and indexes from the first document: `/Resources/0`. `*` goes from an alias to what it
 * stands for, `name#0` is the first of several pairs of one name, and `(json)` or `(yaml)` reads a text as a document
 * of its own. Values are JSON, in which `{"!Tag": value}` is a value with a tag; for HCL, `{"!blocks": [body]}` are
 * nested blocks and `{"!encoded": value}` is a document in an expression.
 */
import { readFileSync } from 'node:fs';
import { parseEmbedded } from '../../server/src/syntax/embedded.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { Blocks, Encoded, Tagged, type NewNode, type TreeEdit } from '../../server/src/syntax/tree-edit.ts';
import { pairOf, type ListNode, type MapNode, type Node, type Pair, type Tree } from '../../server/src/syntax/tree.ts';

export interface Case {
  readonly title: string;
  readonly language: 'yaml' | 'json' | 'hcl';
  readonly before: string;
  readonly edits: readonly string[];
  readonly after?: string;
  readonly refused?: string;
  /** Comments that the edits take away. */
  readonly lost: readonly string[];
}

export function readCases(file: URL): readonly Case[] {
  return readFileSync(file, 'utf8').split(/^== /m).slice(1).map(readCase);
}

function readCase(source: string): Case {
  const [heading, ...sections] = source.split(/^-- (?=(?:before|edits|after|refused)$)/m);
  const [, title, flags = ''] = /^(.*?)(?: \[(.*)\])?\s*$/.exec(heading!)!;
  const parts = new Map(
    sections.map((section) => [/^\w+/.exec(section)![0], section.slice(section.indexOf('\n') + 1)]),
  );
  const has = (flag: string): boolean => flags.split(/, */).includes(flag);
  const text = (name: string): string | undefined => {
    let value = parts.get(name);
    if (value === undefined) return undefined;
    // A blank line between two cases is not a part of either.
    value = value.replace(/\n+$/, '\n');
    if (has('no-newline') || (has('open') && name === 'before')) value = value.replace(/\n$/, '');
    if (has('crlf')) value = value.replaceAll('\n', '\r\n');
    if (has('return')) value = `\r${value}`;
    return has('bom') ? `\uFEFF${value}` : value;
  };
  const after = text('after');
  const refused = parts.get('refused')?.trim();
  return {
    title: title!,
    language: has('json') ? 'json' : has('hcl') ? 'hcl' : 'yaml',
    before: text('before')!,
    edits: parts.get('edits')!.trim().split('\n'),
    ...(after === undefined ? {} : { after }),
    ...(refused === undefined ? {} : { refused }),
    lost: [...flags.matchAll(/loses: ([^,\]]+)/g)].map((match) => match[1]!.trim()),
  };
}

export const DOC = 'file:///case';

/** The edits of a case as the writer takes them. Places inside the same text share one tree. */
export function editsOf(tree: Tree, lines: readonly string[]): readonly TreeEdit[] {
  const embedded = new Map<Node, Tree>();
  return lines.map((line) => {
    const [, op, path, rest = ''] = /^(\w+) (\S+) ?(.*)$/.exec(line)!;
    const place = find(tree, path!, embedded);
    const value = (): NewNode => readValue(rest.slice(rest.indexOf('=') + 1).trim());
    switch (op) {
      case 'set':
        return { tree: place.tree, op, at: place.node, path: rest.split(' ')[0]!.split('/'), value: value() };
      case 'setBlocks': {
        const path = rest.split(' ')[0]!.split('/');
        return { tree: place.tree, op: 'set', at: place.node, path, value: value(), blocks: path.length - 1 };
      }
      case 'addBlock': {
        const [type, ...labels] = rest.slice(0, rest.indexOf(' = ')).split(' ');
        const map = place.pair!.key.parent as MapNode;
        return { tree: place.tree, op, map, behind: place.pair!, type: type!, labels, value: value() };
      }
      case 'replace':
        return { tree: place.tree, op, at: place.node, value: value() };
      case 'removePair':
        return { tree: place.tree, op, map: place.node.parent as MapNode, pair: place.pair! };
      case 'renameKey':
        return { tree: place.tree, op, pair: place.pair!, name: value() as string };
      case 'addBeside':
        return { tree: place.tree, op, at: place.node, value: value() };
      case 'insertItem':
        return { tree: place.tree, op, list: place.node as ListNode, index: parseInt(rest, 10), value: value() };
      case 'removeItem':
        return { tree: place.tree, op, list: place.node as ListNode, index: parseInt(rest, 10) };
      default:
        throw new Error(`no such edit: ${line}`);
    }
  });
}

interface Found {
  readonly tree: Tree;
  readonly node: Node;
  readonly pair?: Pair;
}

function find(tree: Tree, path: string, embedded: Map<Node, Tree>): Found {
  let found: Found = { tree, node: tree.roots[0]! };
  for (const step of path.split('/').filter(Boolean)) found = take(found, step, embedded);
  return found;
}

function take({ tree, node }: Found, step: string, embedded: Map<Node, Tree>): Found {
  if (step === '*' && node.kind === 'alias') return { tree, node: node.target! };
  if (/^\((json|yaml)\)$/.test(step) && node.kind === 'scalar') {
    const inner = embedded.get(node) ?? parseEmbedded(tree, node, step.slice(1, -1) as 'json' | 'yaml')!;
    embedded.set(node, inner);
    return { tree: inner, node: inner.roots[0]! };
  }
  if (node.kind === 'list') return { tree, node: node.items[Number(step)]!.value };
  const [name, index] = step.split('#');
  const pair =
    index === undefined
      ? pairOf(node, name!)
      : node.kind === 'map'
        ? node.pairs.filter((p) => p.name === name)[Number(index)]
        : undefined;
  if (!pair) throw new Error(`no such place: ${step}`);
  return { tree, node: pair.value, pair };
}

/** JSON, in which `{"!Tag": value}` is a value with a tag. */
function readValue(text: string): NewNode {
  return JSON.parse(text, (_, value: unknown) => {
    const [key, ...others] = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    if (key === '!blocks') return new Blocks((value as Record<string, readonly NewNode[]>)[key]!);
    if (key === '!encoded') return new Encoded((value as Record<string, NewNode>)[key]!);
    return key?.startsWith('!') && others.length === 0
      ? new Tagged(key, (value as Record<string, NewNode>)[key]!)
      : value;
  }) as NewNode;
}

export function parseCase(one: Pick<Case, 'before' | 'language'>): Tree {
  return parse(DOC, one.before, one.language);
}

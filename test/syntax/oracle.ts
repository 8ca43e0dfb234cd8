/** Compares a tree with the result of the `yaml` package for the same text. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  parseAllDocuments,
  type Document,
  type Node as TheirNode,
  type Pair as TheirPair,
} from 'yaml';
import type { Node, Tree } from '../../server/src/syntax/tree.ts';

/** What the two readers disagree about, in words; undefined when the `yaml` package finds errors in the text. */
export function disagreements(tree: Tree): string[] | undefined {
  const documents = parseAllDocuments(tree.text, { uniqueKeys: false, keepSourceTokens: true, logLevel: 'silent' });
  if (!Array.isArray(documents)) return tree.roots.length === 0 ? [] : ['there is no document'];
  if (documents.some((document) => document.errors.length > 0)) return undefined;
  const handles = new Map([...tree.text.matchAll(/^\uFEFF?%TAG (\S+) (\S+)/gm)].map((match) => [match[1]!, match[2]!]));
  const found: string[] = [];
  const say = (path: string, what: string, theirs: unknown, ours: unknown): void => {
    if (theirs !== ours) found.push(`${path}: ${what} is ${JSON.stringify(theirs)}, read as ${JSON.stringify(ours)}`);
  };

  const compare = (path: string, theirs: TheirNode | null, ours: Node | undefined): void => {
    if (!ours) {
      found.push(`${path}: nothing was read`);
      return;
    }
    if (theirs === null) {
      say(path, 'emptiness', true, ours.kind === 'scalar' && ours.empty);
      return;
    }
    say(path, 'tag', theirTag(theirs), ourTag(ours, handles));
    if (!isAlias(theirs)) say(path, 'anchor', theirs.anchor, ours.anchor?.name);
    if (!startsWithProperties(ours) && !(ours.kind === 'scalar' && ours.empty))
      say(path, 'start', theirs.range![0], ours.start);
    if (isAlias(theirs)) say(path, 'alias', theirs.source, ours.kind === 'alias' ? ours.name : ours.kind);
    else if (isScalar(theirs)) compareScalars(path, theirs, ours);
    else if (isMap(theirs))
      compareMaps(path, theirs.items as TheirPair<TheirNode, TheirNode | null>[], theirs.flow === true, ours);
    else if (isSeq(theirs)) {
      if (ours.kind !== 'list') return say(path, 'kind', 'list', ours.kind);
      say(path, 'length', theirs.items.length, ours.items.length);
      theirs.items.forEach((item, i) => {
        const mine = ours.items[i]?.value;
        // A pair in a flow list is a map of one pair.
        if ('key' in (item as object))
          compareMaps(`${path}[${i}]`, [item as TheirPair<TheirNode, TheirNode>], true, mine);
        else compare(`${path}[${i}]`, item as TheirNode, mine);
      });
    }
    if (!isAlias(theirs) && !isScalar(theirs) && theirs.flow === true && ours.end !== theirs.range![1])
      say(path, 'end', theirs.range![1], ours.end);
  };

  const compareScalars = (path: string, theirs: TheirNode, ours: Node): void => {
    if (!isScalar(theirs)) return;
    if (ours.kind !== 'scalar') return say(path, 'kind', 'scalar', ours.kind);
    say(path, 'value', theirs.source ?? '', ours.value);
    const type = theirs.type ?? 'PLAIN';
    say(
      path,
      'style',
      (
        {
          PLAIN: 'plain',
          QUOTE_SINGLE: 'single',
          QUOTE_DOUBLE: 'double',
          BLOCK_LITERAL: 'literal',
          BLOCK_FOLDED: 'folded',
        } as Record<string, string>
      )[type],
      ours.style,
    );
    if (ours.empty || type.startsWith('BLOCK')) return;
    say(path, 'end', theirs.range![1], ours.end);
    const quote = type === 'PLAIN' ? 0 : 1;
    say(path, 'start of the content', theirs.range![0] + quote, ours.content.start);
    say(path, 'end of the content', theirs.range![1] - quote, ours.content.end);
  };

  const compareMaps = (
    path: string,
    theirs: readonly TheirPair<TheirNode, TheirNode | null>[],
    flow: boolean,
    ours: Node | undefined,
  ): void => {
    if (ours?.kind !== 'map') return say(path, 'kind', 'map', ours?.kind);
    say(path, 'style', flow ? 'flow' : 'block', ours.style);
    say(path, 'size', theirs.length, ours.pairs.length);
    theirs.forEach((pair, i) => {
      const mine = ours.pairs[i];
      if (!mine) return;
      const name = `${path}.${mine.name}`;
      compare(`${name} (key)`, pair.key, mine.key);
      compare(name, pair.value, mine.value);
      const separator = (pair.srcToken?.sep ?? []).find((token) => token.type === 'map-value-ind')?.offset ?? -1;
      say(name, 'colon', separator, mine.separator);
    });
  };

  documents.forEach((document: Document, i) => compare(`${i}`, document.contents, tree.roots[i]));
  say(
    'file',
    'comments',
    JSON.stringify(commentsIn(tree.text)),
    JSON.stringify(tree.comments.map(({ start, end }) => [start, tree.text.slice(start, end)])),
  );
  say('file', 'number of documents', documents.length, tree.roots.length);
  return found;
}

/** The comments of a text by the other reader's lexer, with their offsets. */
function commentsIn(text: string): [number, string][] {
  const comments: [number, string][] = [];
  let at = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    // Some tokens say what comes next and stand for no text; one of them that a scalar does.
    const isMark = /^[\u0002\u0018\u001F]$/.test(token);
    if (!isScalar && token.startsWith('#')) comments.push([at, token]);
    isScalar = token === '\u001F';
    if (!isMark) at += token.length;
  }
  return comments;
}

function theirTag(node: TheirNode): string | undefined {
  return isAlias(node) ? undefined : node.tag;
}

function ourTag(node: Node, handles: ReadonlyMap<string, string>): string | undefined {
  const name = node.tag?.name;
  if (name === undefined) return undefined;
  if (name.startsWith('!<')) return name.slice(2, -1);
  const [, handle, suffix] = /^(!(?:[\w-]*!)?)(.*)$/.exec(name)!;
  return (handles.get(handle!) ?? (handle === '!!' ? 'tag:yaml.org,2002:' : handle!)) + suffix!;
}

/** The other reader begins a node behind its tag and anchor, and so a map behind those of its first key. */
function startsWithProperties(node: Node): boolean {
  for (let first: Node | undefined = node; first; first = first.kind === 'map' ? first.pairs[0]?.key : undefined) {
    if (first.tag ?? first.anchor) return true;
  }
  return false;
}

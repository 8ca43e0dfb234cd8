import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse as parseWithYaml } from 'yaml';
import { applyEdits } from '../../server/src/fixes/merge.ts';
import { writeEdits } from '../../server/src/fixes/write.ts';
import { parseEmbedded } from '../../server/src/syntax/embedded.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import type { TreeEdit } from '../../server/src/syntax/tree-edit.ts';
import { valueOf, type Node, type Tree } from '../../server/src/syntax/tree.ts';
import { DOC } from './cases.ts';
import { jsonDocument, yamlDocument } from './documents.ts';
import { difference, expectedAfter } from './expected.ts';
import { granted, nodesOf, wishes, type Wish } from './random-edits.ts';
import { runs } from '../kit/runs.ts';

const RUNS = runs(500);

/** A document that holds another one as a text. */
interface Host {
  readonly language: 'yaml' | 'json';
  /** What stands around the text; undefined when it cannot hold it. */
  readonly write: (inner: string) => string | undefined;
}

const HOSTS: Readonly<Record<string, Host>> = {
  'a JSON string': { language: 'json', write: (inner) => `{"A": [${JSON.stringify(inner)}], "B": 1}\n` },
  'double quotes': { language: 'yaml', write: (inner) => `A:\n  - ${JSON.stringify(inner)}  # c\nB: 1\n` },
  'single quotes': {
    language: 'yaml',
    write: (inner) => (/[\r\n]/.test(inner) ? undefined : `A: ['${inner.replaceAll("'", "''")}']  # c\nB: 1\n`),
  },
  'a literal block': {
    language: 'yaml',
    write: (inner) => `A:\n  - |-\n${inner.replaceAll(/^(?=.)/gm, '    ')}\n# c\nB: 1\n`,
  },
  'a literal block with CRLF': {
    language: 'yaml',
    write: (inner) => `A:\n  - |  # c\n${inner.replaceAll(/^(?=.)/gm, '    ')}\nB: 1\n`.replaceAll('\n', '\r\n'),
  },
};

describe('writing random fixes into random documents', () => {
  it('YAML', () => {
    fc.assert(
      fc.property(yamlDocument, wishes(true), (text, wish) => void check('yaml', text, wish)),
      { numRuns: RUNS },
    );
  });

  it('JSON', () => {
    fc.assert(
      fc.property(jsonDocument(false), wishes(false), (text, wish) => {
        const after = check('json', text, wish);
        if (after !== undefined) JSON.parse(after.replace(/^\uFEFF/, ''));
      }),
      { numRuns: RUNS },
    );
  });

  it('JSON with comments and trailing commas', () => {
    fc.assert(
      fc.property(jsonDocument(true), wishes(false), (text, wish) => void check('json', text, wish)),
      { numRuns: RUNS },
    );
  });

  for (const [name, host] of Object.entries(HOSTS)) {
    it(`JSON in ${name}`, () => {
      const inner = jsonDocument(false).map((text) => text.replaceAll(/[\r\uFEFF]/g, '').trim());
      fc.assert(
        fc.property(inner, wishes(false), (text, wish) => checkEmbedded(host, text, wish)),
        { numRuns: RUNS / 4 },
      );
    });
  }
});

/** Writes into JSON inside a text, and checks that the text around it is what it was. */
function checkEmbedded({ language, write }: Host, inner: string, all: readonly Wish[]): void {
  const text = write(inner);
  if (text === undefined) return;
  const held = embeddedIn(parse(DOC, text, language));
  assert.equal(held?.text.trim(), inner, text);
  const edits = granted(held, all);
  if (edits.length === 0) return;
  const written = writeEdits(edits);
  if ('refused' in written) {
    assert.match(written.refused, /cannot contain/);
    assert.equal(language, 'yaml', 'a JSON string holds everything');
    return;
  }
  const after = applyEdits(text, written.edits);
  const context = `${edits.map(describeEdit).join('\n')}\n--- before\n${text}\n--- after\n${after}\n---`;
  const outer = parse(DOC, after, language);
  assert.deepEqual(problemsOf(outer), [], context);
  const read = embeddedIn(outer);
  assert.deepEqual(read && problemsOf(read), [], context);
  assert.equal(difference(read!, read!.roots[0], expectedAfter(held, edits)), undefined, context);
  const { start, end } = held.layer!.scalar;
  assert.ok(after.startsWith(text.slice(0, start)) && after.endsWith(text.slice(end)), context);
  if (text.includes('\r')) assert.doesNotMatch(after, /[^\r]\n/, context);
}

/** The document in the first item of `A`. */
function embeddedIn(tree: Tree): Tree | undefined {
  const list = valueOf(tree.roots[0], 'A');
  const scalar = list?.kind === 'list' ? list.items[0]?.value : undefined;
  return scalar?.kind === 'scalar' ? parseEmbedded(tree, scalar, 'json') : undefined;
}

/** The text after the edits, if any could be made, checked against what was asked for. */
function check(language: 'yaml' | 'json', text: string, all: readonly Wish[]): string | undefined {
  const tree = parse(DOC, text, language);
  const problems = problemsOf(tree);
  if (language === 'yaml') assert.deepEqual(problems, [], `the document is wrong: ${JSON.stringify(text)}`);
  const edits = granted(tree, all);
  if (edits.length === 0) return undefined;
  const written = writeEdits(edits);
  const described = edits.map(describeEdit).join('\n');
  assert.ok('edits' in written, `refused: ${'refused' in written ? written.refused : ''}\n${described}\n${text}`);
  const after = applyEdits(text, written.edits);
  const context = `${described}\n--- before\n${text}\n--- after\n${after}\n---`;
  const read = parse(DOC, after, language);
  assert.deepEqual(
    problemsOf(read).filter((problem) => !problems.includes(problem)),
    [],
    context,
  );
  assert.equal(difference(read, read.roots[0], expectedAfter(tree, edits)), undefined, context);
  checkComments(tree, read, edits, context);
  if (language === 'yaml')
    for (const version of ['1.1', '1.2'] as const) parseWithYaml(after, { version, logLevel: 'silent' });
  const ends = new Set(after.match(/\r\n|\r|\n/g));
  if (/[\r\n]/.test(text))
    assert.deepEqual(
      [...ends].filter((end) => !text.includes(end)),
      [],
      `line ends: ${context}`,
    );
  if (![read, tree].some(endsInLines) && !edits.some(replacesLines))
    assert.equal(/[\r\n]$/.test(after), /[\r\n]$/.test(text), `end of the text: ${context}`);
  return after;
}

function problemsOf(tree: Tree): readonly string[] {
  return [...new Set(tree.problems.map((problem) => problem.message))];
}

/** Whether the last thing in a document is a block scalar, to which the last line end may belong. */
function endsInLines(tree: Tree): boolean {
  const last = nodesOf(tree.roots[0]!).findLast((node) => node.kind === 'scalar' && node.end > node.start);
  return last !== undefined && isInLines(last);
}

/** Whether an edit replaces a block scalar, whose last line end then is a line end like others. */
function replacesLines(edit: TreeEdit): boolean {
  return edit.op === 'replace' && nodesOf(edit.at).some(isInLines);
}

function isInLines(node: Node): boolean {
  return node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
}

/** Comments outside of what the edits take away are all there, in their order. */
function checkComments(before: Tree, after: Tree, edits: readonly TreeEdit[], context: string): void {
  const left = after.comments.map(({ start, end }) => after.text.slice(start, end));
  const removals = (node: Node): number =>
    new Set(
      edits
        .map((edit) =>
          edit.op === 'removePair' && edit.map === node
            ? edit.pair
            : edit.op === 'removeItem' && edit.list === node
              ? edit.index
              : undefined,
        )
        .filter((child) => child !== undefined),
    ).size;
  const regions = edits.flatMap((edit) => {
    switch (edit.op) {
      // A collection that loses all its children loses the comments between them too.
      case 'removePair':
        return [regionOf(before, removals(edit.map) === edit.map.pairs.length ? edit.map : edit.pair)];
      case 'removeItem':
        return [
          regionOf(before, removals(edit.list) === edit.list.items.length ? edit.list : edit.list.items[edit.index]!),
        ];
      case 'replace':
        return [regionOf(before, edit.at)];
      default:
        return [];
    }
  });
  const kept = before.comments
    .filter(({ start }) => !regions.some((region) => start >= region.start && start < region.end))
    .map(({ start, end }) => before.text.slice(start, end));
  assert.deepEqual(
    left.filter((comment) => kept.includes(comment)),
    kept,
    `comments: ${context}`,
  );
}

/** The lines of something, with a comment behind it and the comment lines below that are further right. */
function regionOf(
  tree: Tree,
  { start, end }: { readonly start: number; readonly end: number },
): { start: number; end: number } {
  const behind = /^[^\r\n]*(?:\s*?(?:\r\n|\r|\n)[ \t]+#[^\r\n]*)*/.exec(tree.text.slice(end))![0];
  return { start, end: end + behind.length };
}

function describeEdit(edit: TreeEdit): string {
  return JSON.stringify(edit, (key, value: unknown) => {
    if (key === 'tree') return undefined;
    return ['at', 'map', 'list', 'pair'].includes(key)
      ? edit.tree.text.slice((value as { start: number }).start, (value as { end: number }).end)
      : value;
  });
}

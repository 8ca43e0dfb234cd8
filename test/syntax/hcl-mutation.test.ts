/** One wrong character costs one block of HCL and not the file. */
import assert from 'node:assert/strict';
import { parseHcl } from '../../server/src/syntax/hcl.ts';
import type { MapNode, Node, Pair, Tree } from '../../server/src/syntax/tree.ts';
import { inHcl, isConfiguration } from '../kit/as-hcl.ts';
import { fixturePaths, readFixture } from '../kit/fixtures.ts';
import { sameNode } from '../kit/tree-change.ts';
import { mutations } from './mutations.ts';
import { assertWellFormed } from './well-formed.ts';

/** The arguments and blocks at the top of a file by their names and labels, those that repeat numbered. */
function items({ roots }: Tree): ReadonlyMap<string, Pair> {
  const found = new Map<string, Pair>();
  for (const pair of (roots[0] as MapNode).pairs) {
    const header = headerOf(pair);
    let name = header;
    for (let more = 2; found.has(name); more++) name = `${header} ${more}`;
    found.set(name, pair);
  }
  return found;
}

function headerOf({ name, value }: Pair): string {
  const first: Node | undefined = value.kind === 'map' && value.indent < 0 ? value : undefined;
  return first?.kind === 'map' && first.pairs[0] ? `${name} ${headerOf(first.pairs[0])}` : name;
}

/** The blocks that are lost of those that a change of one character is not in. */
function lostBy(text: string, step: number): { readonly others: number; readonly lost: readonly string[] } {
  const before = [...items(parseHcl('file:///t.tf', text))];
  let others = 0;
  const lost: string[] = [];
  for (const mutation of mutations(text, step)) {
    const tree = parseHcl('file:///t.tf', mutation.text);
    assertWellFormed(tree);
    const after = items(tree);
    const start = text.lastIndexOf('\n', mutation.at - 1) + 1;
    for (const [name, pair] of before) {
      if (pair.end >= start && pair.start <= mutation.at + 1) continue;
      others++;
      const found = after.get(name);
      if (!found || !sameNode(found.value, pair.value)) lost.push(`${name} ${mutation.what}`);
    }
  }
  return { others, lost };
}

describe('one-character changes of HCL', function () {
  this.timeout(120_000);

  it('leave the other blocks as they were', () => {
    const texts = fixturePaths().flatMap((path) =>
      readFixture(path).cases.flatMap((one) => inHcl(one.files.filter(isConfiguration)).map(({ text }) => text)),
    );
    const all = texts.map((text) => lostBy(text, 37));
    const others = all.reduce((sum, one) => sum + one.others, 0);
    const lost = all.flatMap((one) => one.lost);
    assert.ok(others > 10_000);
    assert.ok(1 - lost.length / others >= 0.999, `of ${others} blocks are lost: ${lost.join('; ')}`);
  });
});

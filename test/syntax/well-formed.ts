import assert from 'node:assert/strict';
import { childrenOf, pairWith, type Node, type Tree } from '../../server/src/syntax/tree.ts';

/** Checks what holds of every tree, whatever the text was. */
export function assertWellFormed(tree: Tree): void {
  const { text } = tree;
  for (const { start, end } of [...tree.problems, ...tree.comments]) {
    assert.ok(start >= 0 && start <= end && end <= text.length, `a range from ${start} to ${end}`);
  }
  tree.comments.reduce((before, comment) => {
    assert.ok(
      comment.start >= before && /^(?:#|\/\/|\/\*)/.test(text.slice(comment.start)),
      `a comment at ${comment.start}`,
    );
    return comment.end;
  }, 0);
  tree.roots.reduce((before, root) => {
    assert.equal(root.parent, undefined);
    return checkNode(tree, root, before, text.length);
  }, 0);
}

function isSeparator({ language }: Tree, character: string | undefined): boolean {
  return character === ':' || (language === 'hcl' && character === '=');
}

/** Checks a node that has to lie between two offsets, and returns its end. */
function checkNode(tree: Tree, node: Node, from: number, to: number): number {
  const { text } = tree;
  assert.ok(
    node.start >= from && node.start <= node.end && node.end <= to,
    `${node.kind} from ${node.start} to ${node.end}, within ${from} and ${to}`,
  );
  for (const part of [node.tag, node.anchor])
    if (part) assert.ok(part.start >= node.start && part.end <= node.end, 'a tag or an anchor');
  if (node.kind === 'scalar') {
    assert.ok(
      node.content.start >= node.start && node.content.start <= node.content.end && node.content.end <= node.end,
      `the content of ${node.start}`,
    );
    assert.equal(typeof node.value, 'string');
  }
  for (const child of childrenOf(node)) assert.equal(child.parent, node);
  if (node.kind === 'list') {
    node.items.reduce((before, item) => {
      assert.ok(item.start >= before && item.start <= item.value.start, `an item at ${item.start}`);
      return checkNode(tree, item.value, item.start, node.end);
    }, node.start);
  } else if (node.kind === 'map') {
    node.pairs.reduce((before, pair) => {
      const behindKey = checkNode(tree, pair.key, before, node.end);
      if (pair.separator >= 0)
        assert.ok(
          isSeparator(tree, text[pair.separator]) && pair.separator >= behindKey,
          `a separator at ${pair.separator}`,
        );
      for (const part of [pair.key, pair.value]) assert.equal(pairWith(node, part), pair);
      assert.deepEqual([pair.start, pair.end], [pair.key.start, pair.value.end]);
      return checkNode(tree, pair.value, Math.max(behindKey, pair.separator + 1), node.end);
    }, node.start);
  }
  return node.end;
}

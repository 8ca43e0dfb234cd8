/** Ranges in a YAML tree, which the comparison with another parser does not check. */
import assert from 'node:assert/strict';
import {
  childrenOf,
  nodesAround,
  pairOf,
  resolved,
  valueOf,
  type AliasNode,
  type ListNode,
  type MapNode,
  type Node,
  type ScalarNode,
} from '../../server/src/syntax/tree.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';

function read(text: string): {
  root: Node;
  at: (path: string) => Node;
  text: (node: { start: number; end: number }) => string;
} {
  const tree = parseYaml('file:///a.yaml', text);
  assert.deepEqual(tree.problems, []);
  const root = tree.roots[0]!;
  return {
    root,
    at: (path) =>
      path
        .split('.')
        .reduce<Node>(
          (node, key) => (/^\d+$/.test(key) ? (node as ListNode).items[Number(key)]!.value : pairOf(node, key)!.value),
          root,
        ),
    text: ({ start, end }) => text.slice(start, end),
  };
}

describe('a YAML tree', () => {
  it('ends block collections with their last child', () => {
    const { root, at, text } = read('a:\n  b: 1\n  c:\n    - 2\n    - d: 3\n      e: "4" # why\n\n# what\nf: 5\n');
    assert.equal(text(at('a')), 'b: 1\n  c:\n    - 2\n    - d: 3\n      e: "4"');
    assert.equal(text(at('a.c')), '- 2\n    - d: 3\n      e: "4"');
    assert.equal(text(at('a.c.1')), 'd: 3\n      e: "4"');
    assert.match(text(root), /f: 5$/);
  });

  it('ends block scalars with their last line, without its line end', () => {
    const { at, text } = read(
      'a: |\n  x\n\n  y\n\n\nb: |+\n  x\n\nc: >-\n  x\n   \n\nd: |\n\ne: |2 # why\n    x\nf: |\n  x',
    );
    const contents = [...'abcdef'].map((key) => at(key) as ScalarNode).map((node) => [text(node), text(node.content)]);
    assert.deepEqual(contents, [
      ['|\n  x\n\n  y', '  x\n\n  y'],
      ['|+\n  x\n', '  x\n'],
      ['>-\n  x\n   ', '  x\n   '],
      ['|', ''],
      ['|2 # why\n    x', '    x'],
      ['|\n  x', '  x'],
    ]);
  });

  it('knows the columns of block collections', () => {
    const { root, at } = read('a:\n   b:\n   - c: 1\n     d: 2\n   - - e\nf: {g: [h]}\n');
    assert.deepEqual(
      [root, at('a'), at('a.b'), at('a.b.0'), at('a.b.1'), at('a.b.1.0'), at('f'), at('f.g')].map(
        (node) => (node as MapNode).indent,
      ),
      [0, 3, 3, 5, 3 + 2, undefined, -1, -1],
    );
  });

  it('begins items with their dashes', () => {
    const { at, text } = read('a:\n  - b\n  -\n    c: d\n  - # why\n    e\n  -\nf: [g, "h"]\n');
    assert.deepEqual((at('a') as ListNode).items.map(text), ['- b', '-\n    c: d', '- # why\n    e', '-']);
    assert.deepEqual((at('f') as ListNode).items.map(text), ['g', '"h"']);
  });

  it('puts what is not there behind its key, dash or tag', () => {
    const source = 'a:\nb: # why\n  \nc:\n  -\n  - !x\nd: !y\n? e\nf: {g, h: , i: !z }\n';
    const { at, text } = read(source);
    const empties = ['a', 'b', 'c.0', 'c.1', 'd', 'e', 'f.g', 'f.h', 'f.i'].map((path) => at(path) as ScalarNode);
    assert.ok(
      empties.every((node) => node.empty && node.value === '' && node.style === 'plain' && text(node.content) === ''),
    );
    assert.deepEqual(
      empties.map((node) => [source.slice(node.start - 2, node.start), text(node)]),
      [
        ['a:', ''],
        ['b:', ''],
        [' -', ''],
        ['- ', '!x'],
        [': ', '!y'],
        [' e', ''],
        ['{g', ''],
        ['h:', ''],
        [': ', '!z'],
      ],
    );
    assert.equal((read('a: ""').at('a') as ScalarNode).empty, false);
  });

  it('includes tags and anchors in ranges, and gives theirs', () => {
    const { root, at, text } = read('a: !t &x # why\n  b: 1\nc: &y\n  !u d\n!v &z e: [*x]\n');
    assert.equal(text(at('a')), '!t &x # why\n  b: 1');
    assert.equal(text(at('c')), '&y\n  !u d');
    const key = (root as MapNode).pairs[2]!.key;
    assert.equal(text(key), '!v &z e');
    assert.deepEqual(
      [at('a'), at('c'), key].map(({ tag, anchor }) => [text(tag!), tag!.name, text(anchor!), anchor!.name]),
      [
        ['!t', '!t', '&x', 'x'],
        ['!u', '!u', '&y', 'y'],
        ['!v', '!v', '&z', 'z'],
      ],
    );
  });

  it('follows aliases to the anchor before them, but never in a cycle', () => {
    const { at } = read('a: &x 1\nb: *x\nc: &x {d: *x, e: &y [*x]}\nf: *x\ng: *y\nh: *nothing\ni: &z [*z]\nj: *z\n');
    const target = (path: string): Node | undefined => (at(path) as AliasNode).target;
    assert.equal(target('b'), at('a'));
    assert.equal(target('c.d'), undefined);
    assert.equal(target('c.e.0'), undefined);
    assert.equal(target('f'), at('c'));
    assert.equal(target('g'), at('c.e'));
    assert.equal(target('h'), undefined);
    assert.equal(target('i.0'), undefined);
    assert.equal(target('j'), at('i'));
    assert.equal(resolved(at('f')), at('c'));
    assert.equal(valueOf(at('f'), 'e'), at('c.e'));
  });

  it('has the anchors of each document on their own', () => {
    const tree = parseYaml('file:///a.yaml', '- &x 1\n---\n- *x\n');
    assert.equal(((tree.roots[1] as ListNode).items[0]!.value as AliasNode).target, undefined);
  });

  it('knows the node around each node', () => {
    const { root } = read('a: [{b: c}]\n? [d]\n: e\n');
    const check = (node: Node): void =>
      childrenOf(node).forEach((child) => {
        assert.equal(child.parent, node);
        check(child);
      });
    assert.equal(root.parent, undefined);
    check(root);
  });

  it('finds the nodes around a place', () => {
    const text = 'a:\n  - b: cd\n';
    const tree = parseYaml('file:///a.yaml', text);
    const at = text.indexOf('cd') + 1;
    assert.deepEqual(
      nodesAround(tree, { start: at, end: at }).map((node) => node.kind),
      ['map', 'list', 'map', 'scalar'],
    );
  });

  it('decodes a scalar once', () => {
    const { at } = read('a: "b\\n"');
    const node = at('a') as ScalarNode;
    assert.equal(node.value, 'b\n');
    assert.equal(node.value, node.value);
  });
});

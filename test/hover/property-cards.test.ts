/** That each property that a rule reads has a card, in a document in which all of them are set. */
import assert from 'node:assert/strict';
import { findNodeAtLocation, parseTree, type Segment } from 'jsonc-parser';
import type { Card } from '../../server/src/hover/card.ts';
import { plainTextOf } from '../../server/src/hover/markdown.ts';
import { readProperties } from '../../server/src/hover/read-properties.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { schemaOf } from '../../tools/resource-paths.ts';
import { propertyAt } from '../../tools/schemas/read.ts';
import { cardsOf } from './card-at.ts';

const TYPES = [...new Set(RULES.flatMap((rule) => (rule.on === 'resource' ? Object.keys(rule.reads) : [])))].sort();

/** The longest line of a card that is not its sources. */
const LONGEST_LINE = 330;

describe('property cards', () => {
  for (const type of TYPES)
    it(`has one for what rules read of ${type}`, () => {
      const paths = [...readProperties(type).keys()];
      const [before, text] = documentWith(type, paths);
      const cardAt = cardsOf(type.includes('::') ? 'a.json' : 'a.tf.json', text);
      for (const path of paths) {
        const card = cardAt(keyOffset(text, [...before, ...segmentsOf(path)]));
        assert.ok(card, `${path} has a card`);
        checkCard(card, path);
      }
    });
});

function checkCard(card: Card, path: string): void {
  const text = plainTextOf(card);
  const lines = text.split('\n');
  const name = segmentsOf(path).findLast((segment) => typeof segment === 'string')!;
  assert.ok(card.title.split(' (')[0]!.endsWith(String(name)), `${path}: the card is about it: ${card.title}`);
  assert.ok(lines.length <= 12, `${path}: twelve lines`);
  assert.match(text, /\nChecked by: [a-z0-9-]+/, `${path}: the rule`);
  assert.match(text, /\nIn this (?:template|configuration):\n(?:-|\[\w+\]) \S+/, `${path}: the value`);
  assert.match(lines.at(-1)!, /^Sources: https:/, `${path}: sources`);
  for (const line of lines.slice(0, -1)) {
    assert.ok(line.length <= LONGEST_LINE, `${path}: a line that can be read: ${line}`);
    assert.doesNotMatch(line, /\.$|undefined|\[object|\s$/, `${path}: ${line}`);
  }
}

/** A document with a resource in which all paths are set, and the path of its properties. */
function documentWith(type: string, paths: readonly string[]): readonly [readonly Segment[], string] {
  const properties: Tree = {};
  for (const path of paths) insert(properties, path.split('.'), type, path);
  return type.includes('::')
    ? [
        ['Resources', 'Thing', 'Properties'],
        JSON.stringify({ Resources: { Thing: { Type: type, Properties: properties } } }, null, 1),
      ]
    : [['resource', type, 'thing'], JSON.stringify({ resource: { [type]: { thing: properties } } }, null, 1)];
}

type Tree = Record<string, unknown>;

function insert(holder: Tree, [step = '', ...rest]: readonly string[], type: string, path: string): void {
  const name = step.replace(/\[\]$/, '');
  const isList = step.endsWith('[]');
  const present = holder[name];
  if (rest.length === 0) {
    holder[name] ??= isList ? ['x'] : (propertyAt(schemaOf(type), path)?.type ?? '').includes('[]') ? ['x'] : 'x';
    return;
  }
  const first = (Array.isArray(present) ? (present as readonly unknown[])[0] : present) ?? {};
  const inner = (typeof first === 'object' ? first : {}) as Tree;
  insert(inner, rest, type, path);
  holder[name] = isList ? [inner] : inner;
}

/** The path in the document: of the first item for a list on the way. */
function segmentsOf(path: string): readonly Segment[] {
  return path.split('.').flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), 0] : [step]));
}

/** An offset in the key of a property, or in an item. */
function keyOffset(text: string, path: readonly Segment[]): number {
  const node = findNodeAtLocation(parseTree(text)!, [...path])!;
  return (node.parent?.type === 'property' ? node.parent : node).offset + 2;
}

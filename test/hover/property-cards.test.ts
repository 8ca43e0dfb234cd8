/** That each property that a rule reads has a card, in a document in which all of them are set. */
import assert from 'node:assert/strict';
import { findNodeAtLocation, parseTree, type Segment } from 'jsonc-parser';
import type { Card } from '../../server/src/hover/card.ts';
import { composedProperty } from '../../server/src/hover/composed-property.ts';
import { plainTextOf } from '../../server/src/hover/markdown.ts';
import { readProperties } from '../../server/src/hover/read-properties.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
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

describe('the card of a property that a rule reads beside others', () => {
  it('names the rule, why it matters and what the documentation says', () => {
    const rule = {
      ...RULES.find(({ on }) => on === 'resource')!,
      id: 'toy',
      title: 'Toys should be safe',
      why: 'A toy can break. It has edges.',
      reads: { 'AWS::Toy::Box': ['Lid', 'LidColor'] },
      sources: [
        {
          url: 'https://docs.aws.amazon.com/toy/guide/lids.html',
          claim: 'LidColor names a color.',
          seen: '2026-11-01',
        },
      ],
    } as unknown as AnyRule;
    const { card } = composedProperty({
      type: 'AWS::Toy::Box',
      path: 'LidColor',
      rules: [rule],
      isTerraform: false,
      specification: undefined,
      guides: ['toy'],
      general: [],
    });
    assert.deepEqual(
      [...card.verdict, ...card.remarks].map((line) => `${'label' in line ? line.label : ''}: ${line.text}`),
      [
        ': one of the settings behind \u201CToys should be safe\u201D',
        'Documentation: LidColor names a color',
        'Why: A toy can break. It has edges',
      ],
    );
    assert.deepEqual(
      card.here.map(({ label }) => label),
      ['value'],
    );
  });
});

function checkCard(card: Card, path: string): void {
  const text = plainTextOf(card);
  const lines = text.split('\n');
  const name = segmentsOf(path).findLast((segment) => typeof segment === 'string')!;
  assert.ok(card.title.split(' (')[0]!.endsWith(String(name)), `${path}: the card is about it: ${card.title}`);
  assert.ok(lines.length <= 12, `${path}: twelve lines`);
  assert.doesNotMatch(lines[0]!, /one of the settings behind/, `${path}: a sentence of its own`);
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

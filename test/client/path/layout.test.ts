/** The layout of drawn graphs: nothing overlaps, links lead down, and equal graphs have equal layouts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spacedCenters } from '../../../client/src/path/coordinates.ts';
import { crossingsOf, minimizeCrossings } from '../../../client/src/path/crossings.ts';
import { layersOf, type LayerLink } from '../../../client/src/path/layers.ts';
import { layoutOf, SPACING, type Box, type Layout } from '../../../client/src/path/layout.ts';
import { stepsOf } from '../../kit/steps.ts';

const links = (...pairs: readonly string[]): readonly LayerLink[] =>
  pairs.map((pair) => ({ from: pair.split('>')[0]!, to: pair.split('>')[1]! }));

describe('layers of a graph', () => {
  for (const { what, nodes, pairs, lowered = [], expected } of [
    { what: 'a chain', nodes: 'abc', pairs: ['a>b', 'b>c'], expected: { a: 0, b: 1, c: 2 } },
    { what: 'the longest chain', nodes: 'abc', pairs: ['a>c', 'a>b', 'b>c'], expected: { a: 0, b: 1, c: 2 } },
    { what: 'a cycle', nodes: 'abc', pairs: ['a>b', 'b>c', 'c>b'], expected: { a: 0, b: 1, c: 2 } },
    { what: 'a node that leads to itself', nodes: 'ab', pairs: ['a>b', 'b>b'], expected: { a: 0, b: 1 } },
    { what: 'nodes without links', nodes: 'ab', pairs: [], expected: { a: 0, b: 0 } },
    {
      what: 'a lowered node above what it leads to',
      nodes: 'ablc',
      pairs: ['a>l', 'a>b', 'b>c', 'l>c'],
      lowered: ['l'],
      expected: { a: 0, b: 1, l: 1, c: 2 },
    },
    {
      what: 'a lowered node far below where it comes from',
      nodes: 'abcld',
      pairs: ['a>b', 'b>c', 'c>d', 'a>l', 'l>d'],
      lowered: ['l'],
      expected: { a: 0, b: 1, c: 2, l: 2, d: 3 },
    },
  ])
    it(`are those of ${what}`, () =>
      assert.deepEqual(
        Object.fromEntries(layersOf(Array.from(nodes), links(...pairs), new Set<string>(lowered))),
        expected,
      ));
});

describe('the order in layers', () => {
  it('has no crossing where none is needed', () => {
    const layers = [
      ['a', 'b', 'c'],
      ['x', 'y', 'z'],
    ];
    const crossing = links('a>z', 'b>y', 'c>x');
    assert.equal(crossingsOf(layers, crossing), 3);
    assert.deepEqual(minimizeCrossings(layers, crossing), [
      ['a', 'b', 'c'],
      ['z', 'y', 'x'],
    ]);
  });

  it('stays where nothing crosses', () => {
    const layers = [
      ['a', 'b'],
      ['x', 'y'],
    ];
    assert.deepEqual(minimizeCrossings(layers, links('a>x', 'b>y')), layers);
  });
});

describe('the places in a row', () => {
  const width = (): number => 10;

  it('are the wanted ones where there is space', () =>
    assert.deepEqual(spacedCenters(['a', 'b'], [0, 100], width, 5), [
      ['a', 0],
      ['b', 100],
    ]));

  it('are around the wanted ones where there is none', () =>
    assert.deepEqual(spacedCenters(['a', 'b', 'c'], [50, 50, 50], width, 4), [
      ['a', 35],
      ['b', 50],
      ['c', 65],
    ]));
});

describe('the layout of a graph', () => {
  const graph = fc
    .record({ count: fc.integer({ min: 1, max: 24 }), seed: fc.array(fc.nat(), { maxLength: 60 }) })
    .map(({ count, seed }) => {
      const boxes = Array.from({ length: count }, (_, index): Box => ({
        id: `b${index}`,
        width: 20 + ((seed[index] ?? 0) % 200),
        height: 10 + ((seed[index] ?? 0) % 90),
        ...(index % 3 === 1 ? { isLabel: true } : {}),
      }));
      const pairs = seed.flatMap((one, index) => {
        const [from, to] = [`b${one % count}`, `b${(one + index) % count}`];
        return from === to ? [] : [{ from, to }];
      });
      return { boxes, pairs };
    });

  it('has straight chains and long links', () => {
    const boxes = Array.from('abcdefz', (id): Box => ({ id, width: id === 'd' ? 100 : 60, height: 20 }));
    const layout = layoutOf(boxes, links('a>b', 'b>c', 'c>d', 'd>e', 'e>z', 'a>f', 'f>z'));
    const centerOf = (id: string): number => layout.boxes.get(id)!.x + layout.boxes.get(id)!.width / 2;
    assert.deepEqual(new Set(Array.from('cde', centerOf)), new Set([centerOf('b')]));
    const long = layout.routes.find(({ link }) => link.from === 'f')!.points.slice(0, -1);
    assert.deepEqual(new Set(long.map(({ x }) => x)), new Set([centerOf('f')]));
  });

  it('has no box on another one, and all of them inside', () =>
    fc.assert(
      fc.property(graph, ({ boxes, pairs }) => {
        const layout = layoutOf(boxes, pairs);
        assert.equal(layout.boxes.size, boxes.length);
        const placed = [...layout.boxes.values()];
        for (const { x, y, width, height } of placed)
          assert.ok(x >= 0 && y >= 0 && x + width <= layout.width && y + height <= layout.height);
        for (const [index, one] of placed.entries())
          for (const other of placed.slice(index + 1)) assert.ok(!overlap(one, other), JSON.stringify([one, other]));
      }),
    ));

  it('has links that begin and end at their boxes and pass no other box', () =>
    fc.assert(
      fc.property(graph, ({ boxes, pairs }) => {
        const layout = layoutOf(boxes, pairs);
        for (const { link, points } of layout.routes) {
          const [start, end] = [points[0]!, points.at(-1)!];
          assert.ok(touches(layout, link.from, start) && touches(layout, link.to, end));
          // Between layers nothing is drawn but links; through a layer they lead straight.
          for (const [index, { x, y }] of points.entries()) {
            const next = points[index + 1];
            if (next?.x !== x) continue;
            const strip = { x: x - 1, width: 2, y: Math.min(y, next.y) + 1, height: Math.abs(next.y - y) - 2 };
            for (const box of layout.boxes.values())
              if (box.id !== link.from && box.id !== link.to) assert.ok(!overlap(strip, box));
          }
        }
      }),
    ));

  it('is the same for the same graph', () =>
    fc.assert(
      fc.property(graph, ({ boxes, pairs }) => assert.deepEqual(layoutOf(boxes, pairs), layoutOf(boxes, pairs))),
    ));

  it('takes steps almost in proportion, up to two hundred boxes', () => {
    const steps = (size: number): number => {
      const boxes = Array.from({ length: size }, (_, index) => ({ id: `b${index}`, width: 100, height: 40 }));
      const pairs = boxes
        .slice(0, (size * 3) / 4)
        .flatMap((_, index) =>
          [1, 7, 40].map((by) => ({ from: `b${index}`, to: `b${Math.min(index + by, size - 1)}` })),
        );
      const { lookups, visits } = stepsOf(() => layoutOf(boxes, pairs));
      return lookups + visits;
    };
    const [small, large] = [steps(100), steps(200)];
    assert.ok(large < 3 * small, `${small} steps become ${large}`);
  });

  it('of nothing is empty', () =>
    assert.deepEqual(layoutOf([], []), {
      width: 2 * SPACING.margin,
      height: SPACING.margin,
      boxes: new Map(),
      rows: [],
      routes: [],
    }));
});

type Area = Readonly<Record<'x' | 'y' | 'width' | 'height', number>>;

function overlap(one: Area, other: Area): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function touches({ boxes }: Layout, id: string, { x, y }: { readonly x: number; readonly y: number }): boolean {
  const box = boxes.get(id)!;
  return x >= box.x && x <= box.x + box.width && (y === box.y || y === box.y + box.height);
}

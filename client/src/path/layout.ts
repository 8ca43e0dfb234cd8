/** A layered drawing of boxes, top to bottom. */
import { centersOf } from './coordinates.ts';
import { minimizeCrossings } from './crossings.ts';
import { layersOf, type LayerLink } from './layers.ts';

export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Whether it belongs to the box that it leads to, and is right above it. */
  readonly isLabel?: boolean;
}

export interface PlacedBox {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A link with the points between which it is drawn: pairs of the end of a layer and the beginning of the next one. */
export interface Route<L extends LayerLink = LayerLink> {
  readonly link: L;
  readonly points: readonly Point[];
}

export interface Layout<L extends LayerLink = LayerLink> {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, PlacedBox>;
  /** The identifiers of the boxes in each layer, left to right. */
  readonly rows: readonly (readonly string[])[];
  readonly routes: readonly Route<L>[];
}

/** The space around the drawing, between boxes of a layer, and between layers. */
export const SPACING = { margin: 12, column: 20, row: 30 } as const;

/** The width that a link takes where it passes a layer. */
const PASSING = 12;

/** Places boxes so that none overlaps another one, and links pass between them. Equal graphs have equal layouts. */
export function layoutOf<L extends LayerLink>(boxes: readonly Box[], links: readonly L[]): Layout<L> {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const layer = layersOf(
    boxes.map(({ id }) => id),
    links,
    new Set(boxes.flatMap(({ id, isLabel }) => (isLabel ? [id] : []))),
  );
  const rows: string[][] = Array.from({ length: Math.max(-1, ...layer.values()) + 1 }, () => []);
  for (const { id } of boxes) rows[layer.get(id)!]!.push(id);
  const chains = links.map((link, index) => chainOf(link, index, layer));
  for (const { items, first } of chains)
    for (const [index, item] of items.entries()) if (!byId.has(item)) rows[first + index]!.push(item);
  const short = chains.flatMap(({ items }) => items.slice(1).map((to, index) => ({ from: items[index]!, to })));
  const ordered = minimizeCrossings(rows, short);
  const widthOf = (item: string): number => byId.get(item)?.width ?? PASSING;
  const centers = centersOf(ordered, short, widthOf, SPACING.column);
  const bands = bandsOf(ordered, (item) => byId.get(item)?.height ?? 0);
  const placed = new Map(
    boxes.map(({ id, width, height }) => {
      const x = SPACING.margin + centers.get(id)! - Math.round(width / 2);
      return [id, { id, x, y: bands[layer.get(id)!]!.top, width, height }] as const;
    }),
  );
  const routes = chains.map(({ link, items, first, isReversed }): Route<L> => {
    const points = items.flatMap((item, index) => {
      const box = placed.get(item);
      const { top, bottom } = bands[first + index]!;
      const x = SPACING.margin + centers.get(item)!;
      const enters = index > 0 ? [{ x, y: top }] : [];
      // A box can be lower than others in its layer.
      const leaves = index < items.length - 1 ? [...(box ? [{ x, y: box.y + box.height }] : []), { x, y: bottom }] : [];
      return [...enters, ...leaves];
    });
    return { link, points: isReversed ? points.toReversed() : points };
  });
  const right = Math.max(0, ...ordered.flat().map((item) => centers.get(item)! + widthOf(item) / 2));
  return {
    width: Math.ceil(right) + 2 * SPACING.margin,
    height: (bands.at(-1)?.bottom ?? 0) + SPACING.margin,
    boxes: placed,
    rows: ordered.map((row) => row.filter((item) => byId.has(item))),
    routes,
  };
}

interface Chain<L extends LayerLink> {
  readonly link: L;
  /** Its upper box, an item for each layer that it passes, and its lower box. */
  readonly items: readonly string[];
  /** The layer of the first item. */
  readonly first: number;
  /** Whether it leads up. */
  readonly isReversed: boolean;
}

function chainOf<L extends LayerLink>(link: L, index: number, layer: ReadonlyMap<string, number>): Chain<L> {
  const isReversed = layer.get(link.from)! > layer.get(link.to)!;
  const [upper, lower] = isReversed ? [link.to, link.from] : [link.from, link.to];
  const first = layer.get(upper)!;
  const between = Array.from({ length: layer.get(lower)! - first - 1 }, (_, at) => `link ${index} ${at}`);
  return { link, items: [upper, ...between, lower], first, isReversed };
}

/** The top and bottom of each layer. */
function bandsOf(
  rows: readonly (readonly string[])[],
  heightOf: (item: string) => number,
): readonly { readonly top: number; readonly bottom: number }[] {
  const bands: { top: number; bottom: number }[] = [];
  for (const row of rows) {
    const top = bands.length === 0 ? SPACING.margin : bands.at(-1)!.bottom + SPACING.row;
    bands.push({ top, bottom: top + Math.max(0, ...row.map(heightOf)) });
  }
  return bands;
}

/** Where the arrow keys lead from each part of a drawn graph. */
import type { DrawnGraph } from './drawn-boxes.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

/**
 * The parts to which the arrow keys lead: down and up along a path, left and right between boxes of a row. Where paths
 * part, down leads along the first one.
 */
export function neighborsOf(
  { boxes, links }: DrawnGraph,
  rows: readonly (readonly string[])[],
): ReadonlyMap<string, Readonly<Partial<Record<Direction, string>>>> {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const firstOf = (id: string | undefined): string | undefined => id && byId.get(id)?.parts[0]?.id;
  const lastOf = (id: string | undefined): string | undefined => id && byId.get(id)?.parts.at(-1)?.id;
  const rowOf = new Map(rows.flatMap((row) => row.map((id) => [id, row] as const)));
  return new Map(
    boxes.flatMap(({ id, parts }) => {
      const row = rowOf.get(id) ?? [];
      const at = row.indexOf(id);
      return parts.map((part, index) => {
        const targets = {
          up: parts[index - 1]?.id ?? lastOf(links.find(({ to }) => to === id)?.from),
          down: parts[index + 1]?.id ?? firstOf(links.find(({ from }) => from === id)?.to),
          left: firstOf(row[at - 1]),
          right: firstOf(row[at + 1]),
        };
        return [part.id, Object.fromEntries(Object.entries(targets).filter(([, target]) => target !== undefined))];
      });
    }),
  );
}

/** JSON in pieces. */
import { inertJson } from '../../base/inert.ts';

/**
 * The JSON of an object in pieces, without invisible characters. A member of `members` that is an iterable is a list
 * whose items are pieces of their own; other members are values. The order is that of `members`.
 */
export function* objectPieces(members: Readonly<Record<string, unknown>>): Generator<string> {
  let before = '{';
  for (const [key, value] of Object.entries(members)) {
    if (value === undefined) continue;
    yield `${before}${JSON.stringify(key)}:`;
    before = ',';
    if (value instanceof Pieces) yield* value.all;
    else yield inertJson(JSON.stringify(value));
  }
  yield before === '{' ? '{}' : '}';
}

/** A value that is written in pieces. */
export class Pieces {
  readonly all: Iterable<string>;

  constructor(all: Iterable<string>) {
    this.all = all;
  }
}

/** A list whose items are in pieces. */
export function listPieces<Item>(items: Iterable<Item>, piecesOf: (item: Item) => Iterable<string>): Pieces {
  return new Pieces(
    (function* (): Generator<string> {
      let before = '[';
      for (const item of items) {
        yield before;
        before = ',';
        yield* piecesOf(item);
      }
      yield before === '[' ? '[]' : ']';
    })(),
  );
}

/** A value in one piece. */
export function onePiece(value: unknown): readonly string[] {
  return [inertJson(JSON.stringify(value))];
}

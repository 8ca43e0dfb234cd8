/**
 * Counts the steps of some work by its calls of maps, lists and strings: the same on every machine, independent of the
 * clock.
 */
export interface Steps {
  /** How often a map was asked. */
  readonly lookups: number;
  /** How many items of lists were looked at in search of some, or made into others. */
  readonly visits: number;
  /** How many items were added to lists, such as the nodes of a tree that are walked. */
  readonly added: number;
  /** How many characters of texts were passed over in search of some. */
  readonly scanned: number;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

const WALKS = ['find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every', 'filter', 'map'] as const;

/** Counts what some work does, once it is done for the first time: what is learnt then is not counted. */
export function stepsOf(work: () => unknown): Steps {
  const steps = { lookups: 0, visits: 0, added: 0, scanned: 0 };
  const undo: (() => void)[] = [];
  const replace = (holder: object, name: string, by: (native: Method) => Method): void => {
    const methods = holder as Record<string, Method>;
    const native = methods[name]!;
    methods[name] = by(native);
    undo.push(() => {
      methods[name] = native;
    });
  };
  replace(
    Map.prototype,
    'get',
    (native) =>
      function (...args) {
        steps.lookups++;
        return native.apply(this, args);
      },
  );
  for (const name of WALKS)
    replace(
      Array.prototype,
      name,
      (native) =>
        function (...args) {
          const [isMeant, at] = args as [Method, unknown];
          return native.call(this, (...each: unknown[]) => {
            steps.visits++;
            return isMeant.apply(at, each);
          });
        },
    );
  replace(
    Array.prototype,
    'push',
    (native) =>
      function (...args) {
        steps.added += args.length;
        return native.apply(this, args);
      },
  );
  for (const name of ['includes', 'indexOf'])
    replace(
      Array.prototype,
      name,
      (native) =>
        function (...args) {
          const all = this as readonly unknown[];
          const found = native.apply(this, args);
          steps.visits += typeof found === 'number' && found >= 0 ? found + 1 : all.length;
          return found;
        },
    );
  for (const name of ['includes', 'indexOf'])
    replace(
      String.prototype,
      name,
      (native) =>
        function (...args) {
          const found = native.apply(this, args);
          const from = typeof args[1] === 'number' ? args[1] : 0;
          steps.scanned += (typeof found === 'number' && found >= 0 ? found : String(this).length) - from;
          return found;
        },
    );
  try {
    work();
  } finally {
    for (const one of undo) one();
  }
  return steps;
}

/** How many characters of texts some work reads, one by one or in pieces. */
export function charactersRead(work: () => unknown): number {
  let read = 0;
  const { charCodeAt, slice } = String.prototype;
  String.prototype.charCodeAt = function (this: string, at: number) {
    read++;
    return charCodeAt.call(this, at);
  };
  String.prototype.slice = function (this: string, start?: number, end?: number) {
    const piece = slice.call(this, start, end);
    read += piece.length;
    return piece;
  };
  try {
    work();
  } finally {
    Object.assign(String.prototype, { charCodeAt, slice });
  }
  return read;
}

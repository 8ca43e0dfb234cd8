import { deepEqual, equal, notEqual, ok, throws } from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  memoize,
  memoize2,
  memoizeCyclic,
  memoizeName,
  memoizeText,
  numbering,
} from '../../server/src/base/memoize.ts';
import { note, noting } from '../../server/src/base/reads.ts';

interface Key {
  readonly name: string;
}

/** A computation that records what it was called with. */
function recorded<Arguments extends readonly unknown[], Result>(compute: (...args: Arguments) => Result) {
  const calls: Arguments[] = [];
  return {
    calls,
    compute: (...args: Arguments): Result => {
      calls.push(args);
      return compute(...args);
    },
  };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Whether an object is released that only a memoized function has seen. */
async function isReleased(use: (key: Key) => void): Promise<boolean> {
  const reference = ((): WeakRef<Key> => {
    const key = { name: 'short-lived' };
    use(key);
    return new WeakRef(key);
  })();
  for (let round = 0; round < 20 && reference.deref(); round++) {
    // The reference is held until the end of the job in which it was made or read.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  return reference.deref() === undefined;
}

/** Adds texts that are parts of long ones, which the next collection should release. Returns the bytes of these. */
function useParts(use: (part: string) => void): number {
  const length = 1_000_000;
  const count = 20;
  for (let index = 0; index < count; index++) use(`${String(index)} ${'x'.repeat(length)}`.slice(0, 30));
  return count * length;
}

describe('memoize', () => {
  const [a, b]: Key[] = [{ name: 'same' }, { name: 'same' }];

  it('computes once for each object', () => {
    const { calls, compute } = recorded((key: Key) => ({ of: key.name }));
    const memoized = memoize(compute);
    equal(memoized(a!), memoized(a!));
    notEqual(memoized(a!), memoized(b!));
    deepEqual(calls, [[a], [b]]);
  });

  it('keeps results that are undefined, false or null', () => {
    for (const result of [undefined, false, null, 0, '']) {
      const { calls, compute } = recorded((_: Key) => result);
      const memoized = memoize(compute);
      equal(memoized(a!), result);
      equal(memoized(a!), result);
      equal(calls.length, 1, String(result));
    }
  });

  it('passes the context of the first call', () => {
    const memoized = memoize((key: Key, before: string, after: string) => before + key.name + after);
    equal(memoized(a!, '<', '>'), '<same>');
    equal(memoized(a!, '(', ')'), '<same>');
  });

  it('computes again after an error', () => {
    let attempts = 0;
    const memoized = memoize((_: Key) => {
      if (++attempts === 1) throw new Error('first');
      return attempts;
    });
    throws(() => memoized(a!), /first/);
    equal(memoized(a!), 2);
    equal(memoized(a!), 2);
  });

  it('can call itself for other objects', () => {
    const keys = Array.from({ length: 5 }, (_, index) => ({ index }));
    const { calls, compute } = recorded((key: { index: number }): number =>
      key.index === 0 ? 0 : key.index + sum(keys[key.index - 1]!),
    );
    const sum: (key: { index: number }) => number = memoize(compute);
    equal(sum(keys[4]!), 10);
    equal(sum(keys[3]!), 6);
    equal(calls.length, 5);
  });

  it('does not hold its keys', async () => {
    const memoized = memoize((key: Key) => ({ key }));
    equal(await isReleased(memoized), true);
  });
});

describe('memoize2', () => {
  const [a, b]: Key[] = [{ name: 'same' }, { name: 'same' }];

  it('computes once for each pair of objects, in their order', () => {
    const { calls, compute } = recorded((_: Key, __: Key) => undefined);
    const memoized = memoize2(compute);
    for (let round = 0; round < 2; round++)
      for (const one of [a!, b!]) for (const other of [a!, b!]) memoized(one, other);
    deepEqual(calls, [
      [a, a],
      [a, b],
      [b, a],
      [b, b],
    ]);
    equal(calls[1]![1], b);
  });

  it('holds neither of its keys', async () => {
    const memoized = memoize2((one: Key, other: Key) => ({ one, other }));
    equal(await isReleased((key) => memoized(key, a!)), true);
    equal(await isReleased((key) => memoized(a!, key)), true);
  });
});

describe('memoizeText', () => {
  const [a, b]: Key[] = [{ name: 'same' }, { name: 'same' }];

  it('keeps nothing else of texts that keys and results are parts of', () => {
    const memoized = memoizeText((_: Key, text: string) => ({ text }));
    collect();
    const before = process.memoryUsage().heapUsed;
    const length = useParts((part) => memoized(a!, part));
    collect();
    ok(process.memoryUsage().heapUsed - before < length / 4);
  });

  it('computes once for each object and string', () => {
    const { calls, compute } = recorded((_: Key, text: string) => (text === 'none' ? undefined : text));
    const memoized = memoizeText(compute);
    for (let round = 0; round < 2; round++)
      for (const key of [a!, b!]) for (const text of ['x', 'none', '__proto__']) memoized(key, text);
    equal(calls.length, 6);
    equal(memoized(a!, 'none'), undefined);
    equal(memoized(a!, '__proto__'), '__proto__');
  });

  it('drops its results when it is full', () => {
    const { calls, compute } = recorded((_: Key, text: string) => text);
    const memoized = memoizeText(compute, 2);
    for (const text of ['x', 'y', 'x', 'y']) memoized(a!, text);
    equal(calls.length, 2);
    memoized(a!, 'z');
    memoized(a!, 'z');
    equal(calls.length, 3);
    memoized(a!, 'x');
    equal(calls.length, 4);
  });

  it('does not hold its objects', async () => {
    const memoized = memoizeText((key: Key, text: string) => ({ key, text }));
    equal(await isReleased((key) => memoized(key, 'x')), true);
  });

  it('does not hold the first object whose computation reads something', async () => {
    const reading = memoizeText((_: Key, text: string) => (note(a!), text));
    equal(await isReleased((key) => noting(() => reading(key, 'x'))), true);
    const readingTwo = memoize2((_: Key, other: Key) => (note(a!), other.name));
    equal(await isReleased((key) => noting(() => readingTwo(key, b!))), true);
  });
});

describe('memoizeName', () => {
  it('keeps nothing else of texts that names and results are parts of', () => {
    const memoized = memoizeName((name) => ({ name }));
    collect();
    const before = process.memoryUsage().heapUsed;
    const length = useParts((part) => memoized(part));
    collect();
    ok(process.memoryUsage().heapUsed - before < length / 4);
  });

  it('computes once for each name', () => {
    const { calls, compute } = recorded((name: string) => (name === 'none' ? undefined : name));
    const memoized = memoizeName(compute);
    for (let round = 0; round < 2; round++) for (const name of ['x', 'none']) memoized(name);
    deepEqual(calls, [['x'], ['none']]);
  });
});

describe('memoizeCyclic', () => {
  interface Node {
    readonly name: string;
    readonly next: Node[];
  }
  const [start, end]: Node[] = [
    { name: 'start', next: [] },
    { name: 'end', next: [] },
  ];
  start!.next.push(end!);
  end!.next.push(start!);

  it('gives a cycle the result for what is still computed', () => {
    const { calls, compute } = recorded((node: Node): string => `${node.name} ${node.next.map(path).join()}`);
    const path: (node: Node) => string = memoizeCyclic(compute, ({ name }) => `(${name})`);
    equal(path(start!), 'start end (start)');
    equal(path(start!), 'start end (start)');
    equal(calls.length, 2);
  });

  it('does not take a computation that failed for one in progress', () => {
    let fails = true;
    const memoized = memoizeCyclic(
      (node: Node) => {
        if (fails) throw new Error('interrupted');
        return node.name;
      },
      () => 'cycle',
    );
    throws(() => memoized(start!), /interrupted/);
    fails = false;
    equal(memoized(start!), 'start');
  });

  it('does not hold its keys', async () => {
    const memoized = memoizeCyclic(
      (key: Key) => ({ key }),
      (key) => ({ key }),
    );
    equal(await isReleased(memoized), true);
  });
});

describe('numbering', () => {
  it('numbers objects in the order of the first question', () => {
    const numberOf = numbering<Key>();
    const [a, b]: Key[] = [{ name: 'same' }, { name: 'same' }];
    deepEqual([numberOf(b!), numberOf(a!), numberOf(b!)], [0, 1, 0]);
    equal(numbering<Key>()(a!), 0);
  });
});

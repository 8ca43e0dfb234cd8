import { deepEqual, equal, fail, throws } from 'node:assert/strict';
import { memoize, memoize2, memoizeCyclic, memoizeText } from '../../server/src/base/memoize.ts';
import { once } from '../../server/src/base/once.ts';
import { note, noteAll, noting, Reads, unnoted, unrecorded } from '../../server/src/base/reads.ts';

interface Named {
  readonly name: string;
}

/** The names of what a computation reads. */
function readsOf(work: () => unknown): readonly string[] {
  return [...(noting(work).reads ?? [])].map((read) => (read as Named).name).sort();
}

const [a, b] = [{ name: 'a' }, { name: 'b' }];

describe('reads', () => {
  it('are those of a computation and of the computations within it', () => {
    deepEqual(
      readsOf(() => {
        note(a);
        deepEqual(
          readsOf(() => {
            note(b);
          }),
          ['b'],
        );
      }),
      ['a', 'b'],
    );
  });

  it('are not kept outside of computations', () => {
    note(a);
    deepEqual(
      readsOf(() => undefined),
      [],
    );
  });

  it('can be left out, and added again', () => {
    deepEqual(
      readsOf(() => {
        unnoted(() => {
          note(a);
        });
        noteAll(new Reads([b]));
      }),
      ['b'],
    );
  });

  it('are not recorded for what is computed once', () => {
    deepEqual(
      readsOf(() => {
        unrecorded(() => {
          note(a);
          equal(noting(() => note(a)).reads, undefined);
        });
        throws(() => unrecorded(() => noting(() => fail())));
        note(b);
      }),
      ['b'],
    );
  });

  it('are those up to an error', () => {
    const failing = (): never => {
      note(a);
      throw new Error('no');
    };
    deepEqual(
      readsOf(() => {
        throws(() => noting(failing));
        throws(() => {
          unnoted(failing);
        });
        note(b);
      }),
      ['a', 'b'],
    );
  });

  const readsItself = (one: Named): string => {
    note(one);
    return one.name;
  };
  const computations: Readonly<Record<string, () => () => string>> = {
    once: () => once(() => readsItself(a)),
    memoize: () => {
      const memoized = memoize(readsItself);
      return () => memoized(a);
    },
    memoize2: () => {
      const memoized = memoize2((one: Named, _: Named) => readsItself(one));
      return () => memoized(a, b);
    },
    memoizeText: () => {
      const memoized = memoizeText((one: Named, _: string) => readsItself(one));
      return () => memoized(a, 'x');
    },
    memoizeCyclic: () => {
      const memoized = memoizeCyclic(readsItself, () => '');
      return () => memoized(a);
    },
    'memoize within memoize': () => {
      const inner = memoize(readsItself);
      const outer = memoize((_: Named) => inner(a));
      inner(a);
      return () => outer(b);
    },
  };
  for (const [name, make] of Object.entries(computations))
    it(`of a memoized result are noted with each use: ${name}`, () => {
      const compute = make();
      for (let use = 0; use < 3; use++) {
        deepEqual(readsOf(compute), ['a']);
        // A use that nobody records changes nothing.
        equal(compute(), 'a');
      }
    });

  it('of a result that was computed before are noted', () => {
    const memoized = memoize(readsItself);
    memoized(a);
    deepEqual(
      readsOf(() => memoized(a)),
      ['a'],
    );
  });

  it('of many computations that share their reads are each read once, in the order of their first reads', () => {
    const many = Array.from({ length: 100 }, (_, i): Named => ({ name: `m${i}` }));
    const shared = memoize((_: Named) => {
      for (const one of many) note(one);
    });
    const between = memoize((_: Named) => {
      note(b);
      shared(a);
      note(many[3]!);
    });
    const { reads } = noting(() => {
      note(a);
      shared(a);
      between(a);
      note(a);
    });
    const names = many.map(({ name }) => name);
    deepEqual(
      [...reads!].map((read) => (read as Named).name),
      ['a', ...names, 'b'],
    );
  });

  it('of a result that was dropped are dropped', () => {
    let read = a;
    const memoized = memoizeText((_: Named, text: string) => {
      note(read);
      return text;
    }, 1);
    memoized(a, 'x');
    read = b;
    memoized(a, 'y');
    deepEqual(
      readsOf(() => memoized(a, 'x')),
      ['b'],
    );
  });
});

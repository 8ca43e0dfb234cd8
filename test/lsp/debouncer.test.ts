import assert from 'node:assert/strict';
import {
  MessagePause,
  coalescing,
  DEBOUNCE,
  ANALYSIS_DELAY,
  Debouncer,
  type Clock,
} from '../../server/src/lsp/debouncer.ts';

/** A clock whose time goes on only while someone sleeps. */
class SleepingClock implements Clock {
  #now = 0;
  readonly #events: (readonly [at: number, what: () => void])[] = [];

  now(): number {
    return this.#now;
  }

  at(time: number, what: () => void): void {
    this.#events.push([time, what]);
  }

  sleep(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (let event = this.#events[0]; event && event[0] <= end; event = this.#events[0]) {
      this.#events.shift();
      this.#now = event[0];
      event[1]();
    }
    this.#now = end;
    return Promise.resolve();
  }
}

describe('the time of analyses', () => {
  let clock: SleepingClock;
  let quiet: Debouncer;
  beforeEach(() => {
    clock = new SleepingClock();
    quiet = new Debouncer(clock);
  });

  it('is now without an edit', async () => {
    await quiet.ready();
    await quiet.settled();
    assert.equal(clock.now(), 0);
  });

  it('is soon after an edit, and results are shown after the debounce time', async () => {
    quiet.edited();
    await quiet.ready();
    assert.equal(clock.now(), ANALYSIS_DELAY);
    quiet.analyzed(false);
    await quiet.settled();
    assert.equal(clock.now(), DEBOUNCE);
  });

  it('begins again with each edit', async () => {
    quiet.edited();
    clock.at(ANALYSIS_DELAY - 10, () => quiet.edited());
    await quiet.ready();
    assert.equal(clock.now(), 2 * ANALYSIS_DELAY - 10);
    clock.at(DEBOUNCE, () => quiet.edited());
    await quiet.settled();
    assert.equal(clock.now(), 2 * DEBOUNCE);
  });

  it('is after the debounce time if an edit interrupted the last analysis', async () => {
    quiet.edited();
    await quiet.ready();
    quiet.edited();
    quiet.analyzed(true);
    await quiet.ready();
    assert.equal(clock.now(), ANALYSIS_DELAY + DEBOUNCE);
    quiet.analyzed(false);
    quiet.edited();
    await quiet.ready();
    assert.equal(clock.now(), 2 * ANALYSIS_DELAY + DEBOUNCE);
  });

  it('is after the debounce time if documents were closed', async () => {
    quiet.changed();
    await quiet.ready();
    assert.equal(clock.now(), DEBOUNCE);
  });
});

describe('long work', () => {
  it('waits until a message that came meanwhile is decoded, dispatched and answered', async () => {
    const breath = new MessagePause();
    let isAnswered = false as boolean;
    setImmediate(() => setImmediate(() => setImmediate(() => (isAnswered = true))));
    await breath.pause();
    assert.equal(isAnswered, false, 'it goes on for a while');
    for (const start = performance.now(); performance.now() - start < 10;);
    await breath.pause();
    assert.equal(isAnswered, true);
  });
});

describe('changes in quick succession', () => {
  it('are handled together, also if the process was busy and has not read them yet', async () => {
    const handled: (readonly string[])[] = [];
    await new Promise<void>((resolve) => {
      const change = coalescing((all: ReadonlySet<string>) => {
        handled.push([...all]);
        if (all.has('last')) resolve();
        return Promise.resolve();
      });
      change('first');
      setImmediate(() => setImmediate(() => setImmediate(() => change('last'))));
      for (const start = performance.now(); performance.now() - start < 50;);
    });
    assert.deepEqual(handled, [['first', 'last']]);
  });
});

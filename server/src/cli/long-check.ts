/** Settings of Node.js for checks of many seconds, for which those of a short run (`short-run.ts`) are too late. */
import { setFlag } from '../host/v8-flags.ts';
import { SHORT_BUDGET } from './short-run.ts';

/** From this size on, in bytes for each thread, a check takes so long that optimized functions are worth their cost. */
const LONG_CHECK = 2_000_000;

/**
 * Does the steps of a check with the settings for its size. They end with it.
 * @param bytes The size of what each thread checks.
 */
export function* withSettingsFor<Step, Result>(
  bytes: number,
  steps: Generator<Step, Result, undefined>,
  version = process.version,
): Generator<Step, Result, undefined> {
  const major = Number(/^v?(\d+)/.exec(version)?.[1]);
  if (!(bytes >= LONG_CHECK) || !(major >= 20)) return yield* steps;
  const set = (budget: number, calls: number, growth: number): void => {
    if (major === 20) setFlag(`--interrupt-budget=${String(budget)}`);
    if (major === 22) setFlag(`--invocation-count-for-turbofan=${String(calls)}`);
    setFlag(`--heap-growing-percent=${String(growth)}`);
  };
  // The size of standard input is not known when the run begins, see `short-run.ts`.
  if (major === 20) setFlag(`--semi-space-growth-factor=${String(V8_YOUNG_GROWTH)}`);
  set(BUDGET, CALLS, GROWTH);
  try {
    return yield* steps;
  } finally {
    set(SHORT_BUDGET, V8_CALLS, V8_GROWTH);
  }
}

/**
 * Eight times the default budget of Node.js 20. A template of 20 MB takes a sixth less time than with twice the
 * default, and a quarter less processor time, because V8 optimizes fewer functions.
 */
const BUDGET = 540_672;

/** Four times the default of Node.js 22, for the same reason. */
const CALLS = 12_000;

/** The default of Node.js 22. */
const V8_CALLS = 3_000;

/**
 * How much the heap grows until V8 collects garbage, in percent. What V8 decides itself depends on its speed, so that
 * the memory for one document differs between runs. A plan of 50 MB and templates of 20 MB need no more memory at 200 %
 * than at 100 %, because most of it is alive to the end, and a template has three full collections instead of five. At
 * 300 % it needs a fifth more.
 */
const GROWTH = 200;

/** V8 decides. */
const V8_GROWTH = 0;

/** The default of Node.js 20. */
const V8_YOUNG_GROWTH = 2;

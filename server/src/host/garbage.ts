/** Collects garbage at once, where V8 would let it grow to a multiple of what is in use. */
import { getHeapStatistics } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import { setFlag } from './v8-flags.ts';

let collect: (() => void) | undefined;

/** How much of the heap is left at most where much was released. */
const MOST_LEFT = 0.7;

/** How much the heap grows before garbage is collected, in bytes. */
const GROWTH = 8_000_000;

/** The maximum number of collections for one request. */
const MOST_TRIES = 3;

interface Request {
  /** The size of the heap at which garbage is collected. */
  readonly size: number;
  readonly growth: number;
  readonly tries: number;
}

/** Undefined if collections are left to V8. */
let request: Request | undefined;

/** Lets the next steps of the main thread collect garbage, because much was released. V8 decides in other threads. */
export function requestCollection(): void {
  if (isMainThread) request = { size: heapSize() + GROWTH, growth: GROWTH, tries: MOST_TRIES };
}

/** Collects garbage after a step if that was requested. */
export function collectRequested(): void {
  if (!request) return;
  const before = heapSize();
  if (before < request.size) return;
  collect ??= collectorOfV8();
  collect();
  const left = heapSize();
  // A function that V8 is optimizing on another thread can refer to what was released, but not for long.
  const growth = 2 * request.growth;
  const tries = request.tries - 1;
  request = left > MOST_LEFT * before && tries > 0 ? { size: left + growth, growth, tries } : undefined;
}

function collectorOfV8(): () => void {
  // A context that is made with the flag has the function.
  setFlag('--expose-gc');
  try {
    const collector = runInNewContext('globalThis.gc') as (() => void) | undefined;
    // It can have another name (`--expose-gc-as`). V8 decides then.
    return collector ?? (() => undefined);
  } finally {
    setFlag('--no-expose-gc');
  }
}

function heapSize(): number {
  return getHeapStatistics().used_heap_size;
}

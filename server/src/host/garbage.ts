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

/** The maximum number of collections for what was released. */
const MOST_TRIES = 3;

/**
 * How large the heap gets, in relation to what was left then, until garbage is collected again. What the next part of
 * a long check needs grows until its end, and V8 would wait until the heap is three times as large: of a template of
 * 20 MB, a tenth would be garbage by then.
 */
const LATER = 2.3;

interface Request {
  /** The size of the heap at which garbage is collected. */
  readonly size: number;
  readonly growth: number;
  /** The number of collections that are left for what was released; 0 if it is gone. */
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
  const { tries } = request;
  if (tries > 1 && left > MOST_LEFT * before) {
    // A function that V8 is optimizing on another thread can refer to what was released, but not for long.
    const growth = 2 * request.growth;
    request = { size: left + growth, growth, tries: tries - 1 };
  } else request = tries > 0 ? { size: LATER * left, growth: 0, tries: 0 } : undefined;
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

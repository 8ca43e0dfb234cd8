/**
 * Settings of Node.js for a process that runs as long as an editor, mostly idle, beside the processes of other
 * extensions.
 */
import { setFlagsFromString } from 'node:v8';
import type { DocumentLengths } from './document-lengths.ts';

/** Prepares the process before it loads the engine. Never throws. */
export function prepareLongRun(version: string): void {
  const major = majorOf(version);
  if (major >= GROWTH_SINCE) setGrowth(heapGrowth(NOTHING, 0));
  // The V8 of Node.js 20 optimizes functions so early that its threads take a third of the processor time of edits, and
  // memory. A larger budget than twice its default saves more of both, but then edits take longer.
  if (major === 20) {
    setFlagsFromString('--interrupt-budget=135168');
    // Code of a function is dropped with the last closure. Those that an edit passes to `map` or `some` are small, and
    // each edit after a collection would optimize hundreds of them again.
    setFlagsFromString('--max-bytecode-size-for-early-opt=0');
  }
}

/**
 * Adapts the process to the lengths of open documents. V8 reads the setting with each collection, and applies it until
 * the next one.
 */
export function adaptingHeap(version: string): (lengths: DocumentLengths) => void {
  let now = heapGrowth(NOTHING, 0);
  return (lengths) => {
    if (majorOf(version) < GROWTH_SINCE) return;
    const wanted = heapGrowth(lengths, lengths.first > 0 ? process.memoryUsage().heapUsed : 0);
    if (wanted === now) return;
    now = wanted;
    setGrowth(wanted);
  };
}

const NOTHING: DocumentLengths = { largest: 0, first: 0 };

/** The first version of Node.js that is measured with the setting. */
const GROWTH_SINCE = 20;

/** From this length on, a document is large: most of the memory is what is alive of it. */
const LARGE = 300_000;

const MEGABYTE = 1024 * 1024;

/** The live heap with the engine, and what a first analysis adds to it, at least and for each character, in bytes. */
const WITH_ENGINE = 16 * MEGABYTE;
const FIRST_ANALYSIS = 24 * MEGABYTE;
const OF_CHARACTER = 48;

/**
 * How much the heap grows until V8 collects garbage, in percent. Without a limit, it lets the garbage of many edits
 * grow to three times the live data. With a large document each edit has a collection at 20 %; 60 edits of a SAM
 * template of 330 KB have 24 at 40 % and 17 at 60 %. While V8 marks live objects for one, the main thread takes part in
 * it, and a hover takes two to three times as long. At 60 % the process takes at most a tenth more memory than at 40 %.
 *
 * A first analysis keeps most of what it allocates. At 20 and 60 % it has one to three collections, which free 5 to
 * 12 % of the heap, so the heap grows by what the analysis needs.
 * @param used The size of the heap in bytes when a first analysis starts.
 */
export function heapGrowth({ largest, first }: DocumentLengths, used: number): number {
  const growth = largest >= LARGE ? 60 : 20;
  if (first === 0) return growth;
  return Math.max(growth, Math.round((100 * (FIRST_ANALYSIS + OF_CHARACTER * first)) / Math.max(used, WITH_ENGINE)));
}

function setGrowth(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}

function majorOf(version: string): number {
  return Number(/^v?(\d+)/.exec(version)?.[1]);
}

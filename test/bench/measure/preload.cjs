/**
 * Loaded into a server that is measured (`node --require`), which answers questions of the bench over its IPC channel:
 * how long its event loop was blocked, how much processor time and memory it took, which parts with rules it loaded.
 * Apart from noting these, it does nothing until it is asked.
 */
'use strict';
const { openSync, readSync } = require('node:fs');
const { performance } = require('node:perf_hooks');
const { setFlagsFromString } = require('node:v8');
const vm = require('node:vm');
const { BroadcastChannel, isMainThread } = require('node:worker_threads');

const heapAfterCollection = () => {
  setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc');
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};

const channel = new BroadcastChannel('stackwarden bench');
channel.unref();

if (isMainThread) {
  if (process.send) answerQuestions();
} else
  channel.onmessage = ({ data }) => {
    if (data === 'heap') channel.postMessage(heapAfterCollection());
  };

/** A shorter time between two turns of the event loop blocks nothing, in milliseconds. */
const SHORTEST_BLOCK = 1;

function answerQuestions() {
  const parts = partsLoaded();
  const waitedTime = waitingTime();
  let timer;
  let last;
  const longest = { wall: 0, withoutWaits: 0 };
  let blocks = [];
  // The time in which the event loop waits for events is no block.
  const busyTime = () => performance.now() - performance.eventLoopUtilization().idle;
  const now = () => ({ wall: busyTime(), waited: waitedTime() });
  const tick = () => {
    const current = now();
    const wall = current.wall - last.wall;
    if (wall >= SHORTEST_BLOCK) blocks.push(wall);
    longest.wall = Math.max(longest.wall, wall);
    longest.withoutWaits = Math.max(longest.withoutWaits, wall - (current.waited - last.waited));
    last = current;
  };
  const answers = {
    /** Watches the event loop from now on: the times between two of its turns without idle time. */
    watch() {
      blocks = [];
      longest.wall = longest.withoutWaits = 0;
      last = now();
      timer ??= setInterval(tick, 1);
    },
    unwatch() {
      clearInterval(timer);
      timer = undefined;
      return { blocks, longest };
    },
    cpu: () => process.cpuUsage(),
    /** The parts that were loaded since the last time, with the number of characters of their code. */
    parts: () => parts.splice(0),
    rss: () => process.memoryUsage().rss,
  };
  process.on('message', (question) => {
    if (question === 'memory') return void memory().then((answer) => process.send(answer));
    process.send({ answer: answers[question]() ?? null });
  });
  process.channel.unref();
}

/** Notes the parts with rules that are loaded from now on, which are scripts of their own. */
function partsLoaded() {
  const parts = [];
  vm.Script = class extends vm.Script {
    constructor(source, options) {
      super(source, options);
      if (options?.filename?.startsWith('rules/')) parts.push([options.filename, source.length]);
    }
  };
  return parts;
}

/** The memory of the process, and of the heaps of all threads after a collection of garbage. */
async function memory() {
  const { rss } = process.memoryUsage();
  let threads = 0;
  channel.onmessage = ({ data }) => {
    if (typeof data === 'number') threads += data;
  };
  channel.postMessage('heap');
  const heap = heapAfterCollection();
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { answer: { rss, heap: heap + threads, rssAfter: process.memoryUsage().rss } };
}

/**
 * The time in which this thread waited for a processor that others used, in milliseconds. Where Linux does not tell it,
 * none counts. https://docs.kernel.org/scheduler/sched-stats.html
 */
function waitingTime() {
  try {
    const file = openSync('/proc/thread-self/schedstat', 'r');
    const buffer = Buffer.alloc(64);
    return () => Number(buffer.toString('latin1', 0, readSync(file, buffer, 0, 64, 0)).split(' ')[1]) / 1e6;
  } catch {
    return () => 0;
  }
}

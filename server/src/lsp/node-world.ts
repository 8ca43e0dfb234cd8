/** The engine and the machine on Node.js, each loaded on first use. */
import type { ServerWorld } from './engine.ts';

/** The world of a server; `schemas` is the folder with the data of the program. */
export function nodeWorld(schemas: string): ServerWorld {
  return {
    engine: once(async () => (await import('./node-engine.ts')).nodeEngine()),
    machine: once(async () => (await import('./node-machine.ts')).nodeMachine(schemas)),
  };
}

/** Memoizes an asynchronous result; a failed attempt is repeated. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}

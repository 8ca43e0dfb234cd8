/**
 * Fixes the files of a group in batches, so that few trees are held at a time and a pass analyzes only what the one
 * before has changed.
 */
import { flatMap } from '../../base/flat-map.ts';
import { unrecorded } from '../../base/reads.ts';
import type { Reader } from '../../base/snapshot.ts';
import type { Uri } from '../../base/span.ts';
import type { Steps } from '../../base/steps.ts';
import { fixableIn, fixingPasses, optionsOfFixes, type Fixable, type FixedDocuments } from '../../engine/fix-all.ts';
import { running } from '../../engine/run.ts';
import { configurationFindings } from '../../engine/suppression-findings.ts';
import { mergedUse, type EntryUse } from '../../engine/suppressing.ts';
import type { Group } from '../lint.ts';
import { linkedBatches, type Batch } from './batches.ts';
import { cacheFor, jobsOf, sizesOf } from './check-groups.ts';
import { linksIn } from './check-batch.ts';

/** A batch after its analysis. */
interface Analyzed {
  readonly fixable: Fixable;
  readonly entryUse: EntryUse;
  /** All documents that the result depends on. */
  readonly read: ReadonlySet<Uri>;
  readonly links: readonly (readonly [from: number, to: number])[];
}

/** The number of bytes at which a batch is full. It is analyzed again if one of its files has changed. */
const FULL_BYTES = 64 * 1024;

/** Applies the safe fixes of a group, as `fixAll` does. */
export function* fixingBatches(group: Group): Steps<FixedDocuments> {
  const { reader, options } = group;
  let known = new Map<Batch, Analyzed | undefined>(
    jobsOf([group], sizesOf([group]), () => FULL_BYTES).map(({ batch }) => [batch, undefined]),
  );
  return yield* fixingPasses(reader, function* (current, changed) {
    known = new Map([...known].map(([batch, result]) => [batch, isAffected(result, changed) ? undefined : result]));
    for (let waiting = batchesIn(known); waiting.length > 0; waiting = batchesIn(known)) {
      for (const batch of waiting) known.set(batch, yield* analyzingBatch(group, batch, current));
      const links = flatMap([...known.values()], (result) => result?.links ?? []);
      for (const { parts, whole } of linkedBatches([...known.keys()], links)) {
        for (const part of parts) known.delete(part);
        known.set(whole, undefined);
      }
    }
    const results = [...known].sort(([[a = 0]], [[b = 0]]) => a - b).map(([, result]) => result!);
    return {
      patches: flatMap(results, ({ fixable }) => fixable.patches),
      refused: flatMap(results, ({ fixable }) => fixable.refused),
      configured: configurationFindings(options, mergedUse(results.map(({ entryUse }) => entryUse))),
    };
  });
}

/** The batches without a result. */
function batchesIn(known: ReadonlyMap<Batch, Analyzed | undefined>): readonly Batch[] {
  return flatMap([...known], ([batch, result]) => (result ? [] : [batch]));
}

function isAffected(result: Analyzed | undefined, changed: ReadonlySet<Uri>): boolean {
  return result !== undefined && [...changed].some((doc) => result.read.has(doc));
}

function* analyzingBatch({ files, options }: Group, batch: Batch, current: Reader): Steps<Analyzed> {
  const named = batch.map((index) => files[index]!.uri);
  const steps = running(current, named, optionsOfFixes(options), cacheFor([batch]));
  for (;;) {
    const step = unrecorded(() => steps.next());
    if (!step.done) {
      yield { ...step.value, done: Math.min(...batch) + step.value.done, total: files.length };
      continue;
    }
    const { entryUse, dependencies } = step.value;
    return {
      fixable: unrecorded(() => fixableIn(step.value)),
      entryUse,
      read: new Set([...named, ...flatMap([...dependencies.values()], (all) => [...all])]),
      links: linksIn(dependencies, files),
    };
  }
}

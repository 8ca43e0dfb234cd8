/** Applies safe fixes to files, or prints them as a patch. */
import { flatMap } from '../../base/flat-map.ts';
import { addTo, groupedBy } from '../../base/groups.ts';
import { LineIndex } from '../../base/line-index.ts';
import type { Range, Uri } from '../../base/span.ts';
import type { Steps } from '../../base/steps.ts';
import { pathOf, uriOf } from '../../host/uri.ts';
import { encodingOfFile, uninterrupted, writeText } from '../../host/write.ts';
import { fixingBatches } from './fixing-batches.ts';
import type { Group, IncompletelyChecked } from '../lint.ts';
import { patchOfFile } from '../patch.ts';
import { secretLines } from '../secret-lines.ts';
import { shownPath, shownUri } from '../shown-path.ts';
import { Interruption, type World } from '../world.ts';

/** A file that fixes change. */
export interface FixedFile {
  /** The absolute path. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface Fixed {
  /** Sorted by path. A fix can change related files, such as one with the value of a variable. */
  readonly files: readonly FixedFile[];
  /** The number of fixed findings. */
  readonly findings: number;
  /** The safe fixes that are not applicable, by reason. */
  readonly refused: readonly RefusedFixes[];
}

/** Fixes that are not applicable for one reason. */
export interface RefusedFixes {
  /** A sentence. */
  readonly reason: string;
  /** The place of each finding, `FILE:LINE`, in the text after all fixes. */
  readonly places: readonly string[];
}

/** Computes all safe fixes without writing, in steps. Throws an `Interruption` if the user interrupts it. */
export function* fixed(
  groups: readonly Group[],
  { cwd, interrupted }: Pick<World, 'cwd' | 'interrupted'>,
): Steps<Fixed> {
  const files = new Map<string, FixedFile>();
  const refused = new Map<string, string[]>();
  let findings = 0;
  for (const group of groups) {
    const { reader } = group;
    const result = yield* untilInterrupted(fixingBatches(group), interrupted);
    for (const number of result.fixed.values()) findings += number;
    for (const [uri, after] of result.texts) {
      const path = pathOf(uri);
      const before = reader.text(uri);
      if (path !== undefined && after !== before) files.set(path, { path, before, after });
    }
    for (const [doc, all] of groupedBy(result.refused, ({ at }) => at.doc)) {
      const lines = new LineIndex(result.texts.get(doc) ?? reader.text(doc));
      for (const { at, reason } of all)
        addTo(refused, reason, `${shownUri(doc, cwd)}:${lines.positionAt(at.start).line + 1}`);
    }
  }
  return {
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    findings,
    refused: [...refused].map(([reason, places]) => ({ reason, places })),
  };
}

function* untilInterrupted<Result>(steps: Steps<Result>, interrupted: World['interrupted']): Steps<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (interrupted?.()) throw new Interruption('Interrupted. No files were changed.');
    yield step.value;
  }
}

/** Writes the files and returns those that could not be written. */
export function writeFixes(files: readonly FixedFile[], cwd: string): readonly IncompletelyChecked[] {
  return uninterrupted(() =>
    flatMap(files, ({ path, before, after }) => {
      const reason = writeText(path, before, after);
      return reason === undefined ? [] : [{ path: shownPath(path, cwd), reason }];
    }),
  );
}

/** The patch of the fixes. */
export interface PrintedPatch {
  readonly text: string;
  /** The places, `FILE:LINE`, of changes that are omitted because of secrets. */
  readonly withheld: readonly string[];
  /** Whether `git apply` needs `--unidiff-zero`. */
  readonly bare: boolean;
}

/** The changes as one patch for `git apply` and `patch -p1`. `secretAt` returns the secret ranges of a file. */
export function patchOf(
  files: readonly FixedFile[],
  cwd: string,
  secretAt: (doc: Uri) => readonly Range[],
): PrintedPatch {
  const patches = files.map(({ path, before, after }) => {
    const doc = uriOf(path);
    const name = shownPath(path, cwd);
    const mark = encodingOfFile(path) === 'utf-8-bom' ? '\uFEFF' : '';
    const places = secretAt(doc);
    const texts = places.map(({ start, end }) => before.slice(start, end));
    const patch = patchOfFile(name, {
      before: mark + before,
      after: mark + after,
      isSecretBefore: secretLines(doc, before, places, texts),
      isSecretAfter: secretLines(doc, after, [], texts),
    });
    return { ...patch, withheld: patch.withheld.map((line) => `${name}:${line}`) };
  });
  return {
    text: patches.map(({ text }) => text).join(''),
    withheld: flatMap(patches, ({ withheld }) => withheld),
    bare: patches.some(({ bare }) => bare),
  };
}

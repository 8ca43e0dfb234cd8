/** Carries out safe fixes: in the files, or as a patch for the reader to look at. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { fixAll } from '../engine/fix-all.ts';
import { pathOf } from '../host/uri.ts';
import { encodingOfFile, uninterrupted, writeText } from '../host/write.ts';
import type { Group, Missed } from './lint.ts';
import { shownPath } from './shown-path.ts';

/** A file whose text the fixes change. */
export interface FixedFile {
  /** The absolute path. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface Fixed {
  /** Sorted by path. A fix may change a file that was not named: one with the value of a variable. */
  readonly files: readonly FixedFile[];
  /** The number of findings that are gone. */
  readonly findings: number;
}

/** What all safe fixes come to. Nothing is written. */
export function fixed(groups: readonly Group[]): Fixed {
  const files = new Map<string, FixedFile>();
  let findings = 0;
  for (const { reader, files: named, options } of groups) {
    const result = fixAll(reader, named.map((file) => file.uri), options);
    for (const number of result.fixed.values()) findings += number;
    for (const [uri, after] of result.texts) {
      const path = pathOf(uri);
      const before = reader.text(uri);
      if (path !== undefined && after !== before) files.set(path, { path, before, after });
    }
  }
  return { files: [...files.values()].sort((a, b) => a.path < b.path ? -1 : 1), findings };
}

/** Writes the files and answers those that could not be written. */
export function writeFixes(files: readonly FixedFile[], cwd: string): readonly Missed[] {
  return uninterrupted(() => files.flatMap(({ path, before, after }) => {
    const reason = writeText(path, before, after);
    return reason === undefined ? [] : [{ path: shownPath(path, cwd), reason }];
  }));
}

/** The changes as one patch, as `git apply` and `patch -p1` read it. */
export function patchOf(files: readonly FixedFile[], cwd: string): string {
  return files.map(({ path, before, after }) => {
    const name = shownPath(path, cwd);
    const mark = encodingOfFile(path) === 'utf-8-bom' ? '\uFEFF' : '';
    const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, mark + before, mark + after, undefined, undefined, { context: 3, headerOptions: FILE_HEADERS_ONLY });
    // A name with a space is followed by a tab, so that readers of patches see where it ends.
    return name.includes(' ') ? patch.replace(/^(--- .*)\n(\+\+\+ .*)\n/, '$1\t\n$2\t\n') : patch;
  }).join('');
}

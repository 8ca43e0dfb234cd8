/**
 * The files whose configuration was changed. They are checked like changed files, because they can have other findings.
 */
import { dirname } from 'node:path';
import { CONFIGURATION_FILE } from '../base/configuration-file.ts';
import { flatMap } from '../base/flat-map.ts';
import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { folderOf } from '../base/uri.ts';
import { loadConfiguration } from '../config/load-configuration.ts';
import { nodeReader } from '../host/node.ts';
import { pathOf, uriOf } from '../host/uri.ts';
import type { Inputs } from './inputs.ts';
import { givenConfiguration, rootsOf, type LintOptions } from './lint.ts';
import { shownPath } from './shown-path.ts';
import type { World } from './world.ts';

/**
 * For each file, the changed file of its configuration, as it is shown: the nearest one or one above, because those
 * enforce settings, or one that these extend. A deleted one counts too. Undefined if none was changed.
 */
export function changedConfigurations(
  inputs: Inputs,
  isChanged: (path: string) => boolean,
  options: Pick<LintOptions, 'root' | 'config'>,
  world: World,
): (file: Inputs['files'][number]) => string | undefined {
  const rootOfFile = rootsOf(inputs, options, world);
  const given = options.config === undefined ? undefined : givenConfiguration(options.config, world);
  const readers = new Map<string, Reader>();
  const changedIn = memoized((root: string, doc: Uri): string | undefined => {
    const reader = readers.get(root) ?? nodeReader({ root, schemas: world.program.schemas });
    readers.set(root, reader);
    const answer = reader.file(doc);
    const docs =
      answer.kind === 'text'
        ? loadConfiguration(reader, { doc, text: answer.text }).files.map((one) => one.doc)
        : [doc];
    return flatMap(docs, (one) => pathOf(one) ?? []).find(isChanged);
  });
  const changedAbove = memoized((root: string, folder: Uri): string | undefined => {
    const above = folder === uriOf(root) || folderOf(folder) === folder ? undefined : folderOf(folder);
    return (
      changedIn(root, `${folder}/${CONFIGURATION_FILE}`) ??
      (above === undefined ? undefined : changedAbove(root, above))
    );
  });
  return (file) => {
    const changed = given
      ? changedIn(dirname(pathOf(given.doc) ?? ''), given.doc)
      : changedAbove(rootOfFile(file), folderOf(uriOf(file.path)));
    return changed === undefined ? undefined : shownPath(changed, world.cwd);
  };
}

/** A function of a root and a document, computed once for each. */
function memoized<Result>(compute: (root: string, doc: Uri) => Result): (root: string, doc: Uri) => Result {
  const known = new Map<string, { readonly result: Result }>();
  return (root, doc) => {
    const key = `${root}\n${doc}`;
    const found = known.get(key) ?? { result: compute(root, doc) };
    known.set(key, found);
    return found.result;
  };
}

import { flatMap } from '../../base/flat-map.ts';
import { resolve } from 'node:path';
import { DEFAULT_CONFIGURATION } from '../../config/configuration.ts';
import { effectiveConfiguration } from '../../engine/effective-configuration.ts';
import { loadedConfiguration } from '../../engine/load-configuration.ts';
import { nodeReader } from '../../host/node.ts';
import { rootOf } from '../../host/root.ts';
import { uriOf } from '../../host/uri.ts';
import { givenConfiguration, nearestConfiguration } from '../lint.ts';
import { textProblem } from '../reporters/lint-text.ts';
import { reporterNamed } from '../reporters/reporter.ts';
import { CONFIGURATION_REPORTERS } from '../reporters/reporters.ts';
import { shownPath, shownUri } from '../shown-path.ts';
import type { Steps } from '../../base/steps.ts';
import { EXIT, type Exit, type World } from '../world.ts';

export interface ConfigFlags {
  /** The name of a reporter. */
  readonly format: string;
  readonly config?: string;
  readonly root?: string;
}

/** A file name that represents any file of the current directory. */
const ANY_FILE = 'template.yaml';

/** Prints the configuration that applies to a file, which need not exist, with the origin of each part. */
export function* configCommand(name: string | undefined, flags: ConfigFlags, world: World): Steps<Exit> {
  const path = resolve(world.cwd, name ?? ANY_FILE);
  const root = rootOf(path, { root: flags.root && resolve(world.cwd, flags.root), current: world.cwd });
  const reader = nodeReader({ root, schemas: world.program.schemas });
  const doc = uriOf(path);
  const found =
    flags.config === undefined
      ? nearestConfiguration(reader, doc, root, world.cwd)
      : givenConfiguration(flags.config, world);
  const loaded = found
    ? loadedConfiguration(reader, found)
    : { configuration: DEFAULT_CONFIGURATION, origins: new Map(), files: [] };
  const faults = flatMap(loaded.files, (file) => file.problems.map((problem) => ({ ...file, problem })));
  for (const { doc: of, text, problem, confidential } of faults)
    world.err(textProblem(shownUri(of, world.cwd), text, problem, confidential, world));
  const report = {
    path: name === undefined ? undefined : shownPath(path, world.cwd),
    files: loaded.files.map((file) => ({ path: shownUri(file.doc, world.cwd), doc: file.doc, text: file.text })),
    effective: effectiveConfiguration(loaded, doc),
  };
  yield { stage: 'reporting', done: 0, total: 0 };
  world.out(reporterNamed(CONFIGURATION_REPORTERS, flags.format).report(report, world));
  return faults.length > 0 ? EXIT.unusable : EXIT.clean;
}

import { flatMap } from '../base/flat-map.ts';
import type { Uri } from '../base/span.ts';
import type { Configuration, ConfiguredFile, ConfiguredValue } from './configuration.ts';
import { matchesPath } from './pattern.ts';

/** The configured inputs of a template's parameters. */
export interface TemplateParameters {
  /** The named parameter files; undefined if there are none, so that files next to the template apply. */
  readonly files: readonly ConfiguredFile[] | undefined;
  /** The configured values, which have priority over files. */
  readonly values: ReadonlyMap<string, ConfiguredValue>;
}

/**
 * The configured inputs of a template's parameters: the files of the last matching entry with files, and the values
 * of all matching entries, later ones first.
 */
export function templateParameters({ parameters }: Configuration, template: Uri): TemplateParameters {
  const fitting = parameters.filter(({ folder, templates }) => matchesPath({ folder, pattern: templates }, template));
  return {
    files: fitting.findLast(({ files }) => files !== undefined)?.files,
    values: new Map(flatMap(fitting, ({ values }) => [...values])),
  };
}

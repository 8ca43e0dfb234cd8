import type { Uri } from '../base/span.ts';
import type { Configuration, ConfiguredFile, ConfiguredValue } from './configuration.ts';
import { fitsPattern } from './pattern.ts';

/** What the configuration says of the parameters of a template. */
export interface TemplateParameters {
  /** The parameter files that it names; undefined when it names none, so that those beside the template count. */
  readonly files: readonly ConfiguredFile[] | undefined;
  /** The values that it pins, whatever the files say. */
  readonly values: ReadonlyMap<string, ConfiguredValue>;
}

/** What the configuration says of the parameters of a template: the files of the last entry that has some, and the values of all entries, later ones first. */
export function templateParameters({ parameters }: Configuration, template: Uri): TemplateParameters {
  const fitting = parameters.filter(({ folder, templates }) => fitsPattern({ folder, pattern: templates }, template));
  return {
    files: fitting.findLast(({ files }) => files !== undefined)?.files,
    values: new Map(fitting.flatMap(({ values }) => [...values])),
  };
}

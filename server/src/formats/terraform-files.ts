/**
 * The files of a Terraform directory by their names.
 * https://developer.hashicorp.com/terraform/language/files
 */
import { flatMap } from '../base/flat-map.ts';
import type { Uri } from '../base/span.ts';
import { nameOf } from '../base/uri.ts';
import type { Language } from '../syntax/tree.ts';

/** A syntax of configuration files. All files of a directory form one configuration, regardless of their syntax. */
export interface ConfigurationSyntax {
  readonly language: Language;
  readonly ending: string;
  /** The ending of OpenTofu-specific files, each of which replaces the file with the other ending. */
  readonly tofuEnding: string;
}

/** The supported syntaxes. */
export const CONFIGURATION_SYNTAXES: readonly ConfigurationSyntax[] = [
  { language: 'hcl', ending: '.tf', tofuEnding: '.tofu' },
  { language: 'json', ending: '.tf.json', tofuEnding: '.tofu.json' },
];

/** The syntax of a configuration file; undefined for other files. */
export function configurationSyntax(name: Uri): ConfigurationSyntax | undefined {
  return CONFIGURATION_SYNTAXES.find(({ ending, tofuEnding }) => name.endsWith(ending) || name.endsWith(tofuEnding));
}

/** Whether a document overrides the others of its directory. */
export function isOverride(doc: Uri): boolean {
  const syntax = configurationSyntax(doc);
  return syntax !== undefined && /(?:\/|_)override$/.test(stemOf(doc, syntax));
}

function stemOf(name: string, { ending, tofuEnding }: ConfigurationSyntax): string {
  return name.slice(0, -(name.endsWith(tofuEnding) ? tofuEnding : ending).length);
}

/** The files of a listing that Terraform reads. */
export interface DirectoryListing {
  /** The configuration files, override files last. */
  readonly configuration: readonly Uri[];
  readonly values: readonly Uri[];
}

/** Whether Terraform loads a variable file automatically. */
export function isLoaded(doc: Uri): boolean {
  return /^(?:terraform|.*\.auto)\.tfvars(?:\.json)?$/.test(nameOf(doc));
}

/** The files of a listing that Terraform reads. */
export function filesOf(files: readonly Uri[]): DirectoryListing {
  const named = files.map((uri) => ({ uri, name: nameOf(uri) })).filter(({ name }) => !/^[.#]|[~#]$/.test(name));
  const replaced = new Set(flatMap(named, ({ name }) => replacedBy(name) ?? []));
  // Override files apply in the order of their names, regardless of their syntax.
  const docs = named.filter(({ name }) => configurationSyntax(name) && !replaced.has(name)).map(({ uri }) => uri);
  return {
    configuration: [...docs.filter((doc) => !isOverride(doc)), ...docs.filter(isOverride)],
    values: [
      ...flatMap(['terraform.tfvars', 'terraform.tfvars.json'], (one) => named.filter(({ name }) => name === one)),
      ...named.filter(({ name }) => /\.auto\.tfvars(?:\.json)?$/.test(name)),
    ].map(({ uri }) => uri),
  };
}

/** The name of the file that an OpenTofu-specific file replaces. */
function replacedBy(name: string): string | undefined {
  const syntax = configurationSyntax(name);
  return syntax && name.endsWith(syntax.tofuEnding) ? stemOf(name, syntax) + syntax.ending : undefined;
}

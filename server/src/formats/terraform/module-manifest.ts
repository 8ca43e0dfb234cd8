/**
 * The manifest of the modules that `terraform init` downloads, `.terraform/modules/modules.json` in the root module:
 * the directory of each module call, by the names of the calls that lead to it.
 * https://pkg.go.dev/github.com/hashicorp/terraform/internal/modsdir
 */
import { flatMap } from '../../base/flat-map.ts';
import type { Uri } from '../../base/span.ts';
import { textOf, valueOf, type Tree } from '../../syntax/tree.ts';
import { uriBeside } from '../uri-beside.ts';
import { objectsOf } from './bodies.ts';
import { isDownloaded } from './downloaded.ts';
import { allowsVersion } from './module-version.ts';

/** A downloaded module. */
export interface ManifestRecord {
  /** The normalized source: `registry.terraform.io/acme/queue/aws`. */
  readonly source: string;
  /** The version; undefined for sources without versions, such as Git repositories. */
  readonly version: string | undefined;
  /** The directory, relative to the root module. */
  readonly folder: string;
}

/** The downloaded modules by key: `network`, `network.subnets`. */
export type ModuleManifest = ReadonlyMap<string, ManifestRecord>;

/** The manifest of a root module. */
export function manifestOf(root: Uri): Uri {
  return `${root}/.terraform/modules/modules.json`;
}

/** The modules of a manifest; undefined if the file is not a manifest. */
export function manifestIn(tree: Tree): ModuleManifest | undefined {
  const [root] = tree.roots;
  const modules = root?.kind === 'map' ? valueOf(root, 'Modules') : undefined;
  if (tree.problems.length > 0 || modules?.kind !== 'list') return undefined;
  return new Map(
    flatMap(objectsOf(modules), (one): readonly (readonly [string, ManifestRecord])[] => {
      const [key, source, folder] = ['Key', 'Source', 'Dir'].map((name) => textOf(valueOf(one, name)));
      if (key === undefined || source === undefined || folder === undefined) return [];
      return [[key, { source, version: textOf(valueOf(one, 'Version')), folder }]];
    }),
  );
}

/** The directory of a record; undefined if Terraform does not download modules to it. */
export function downloadedFolder(root: Uri, { folder }: ManifestRecord): Uri | undefined {
  const uri = uriBeside(`${root}/`, folder);
  return uri?.startsWith(`${root}/`) && isDownloaded(uri.slice(root.length)) ? uri : undefined;
}

/** Whether a record belongs to a call. Terraform rejects other records until it has downloaded the module again. */
export function isRecordOf(record: ManifestRecord, source: string, version: string | undefined): boolean {
  if (normalized(record.source) !== normalized(source)) return false;
  return version === undefined || (record.version !== undefined && allowsVersion(version, record.version));
}

/**
 * A source in the normalized form of the manifest: without the host of the default registries, and with expanded
 * abbreviations of Git repositories. https://developer.hashicorp.com/terraform/language/modules/sources
 */
function normalized(source: string): string {
  const hosted = /^(github\.com|bitbucket\.org)\/([^/?]+)\/([^/?]+?)(?:\.git)?(?=\/|\?|$)(.*)$/.exec(source);
  if (hosted) return `git::https://${hosted[1]!}/${hosted[2]!}/${hosted[3]!}.git${subfolder(hosted[4]!)}`;
  const shell = /^(?:git::)?(?:ssh:\/\/)?git@([^:/]+)[:/](.*)$/.exec(source);
  if (shell) return `git::ssh://git@${shell[1]!}/${shell[2]!}`;
  return source.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '');
}

/** After the repository, a single slash before the folder in it is sufficient. */
function subfolder(rest: string): string {
  return rest.replace(/^\/+(?=[^/])/, '//');
}

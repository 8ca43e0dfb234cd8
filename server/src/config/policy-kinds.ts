import picomatch from 'picomatch/posix';
import type { Uri } from '../base/span.ts';
import type { Configuration, ConfiguredKind, ConfiguredPolicies } from './configuration.ts';

/** What the configuration says that the policy in a file is attached to; undefined when it says nothing of the file. */
export function configuredPolicy({ policies }: Configuration, doc: Uri): { readonly kind: ConfiguredKind; readonly service?: string } | undefined {
  const found = policies.findLast((one) => fits(one, doc));
  return found && { kind: found.kind, ...(found.service === undefined ? {} : { service: found.service }) };
}

function fits({ folder, files }: ConfiguredPolicies, doc: Uri): boolean {
  if (!doc.startsWith(`${folder}/`) && files.includes('/')) return false;
  const path = files.includes('/') ? doc.slice(folder.length + 1) : doc.slice(doc.lastIndexOf('/') + 1);
  return picomatch(files.replace(/^\.?\//, ''), { dot: true })(decoded(path));
}

/** A path of a uri as people write it. One that is not well encoded is taken as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

import type { Uri } from '../base/span.ts';
import type { Configuration, ConfiguredKind } from './configuration.ts';
import { fitsPattern } from './pattern.ts';

/** What the configuration says that the policy in a file is attached to; undefined when it says nothing of the file. */
export function configuredPolicy(
  { policies }: Configuration,
  doc: Uri,
): { readonly kind: ConfiguredKind; readonly service?: string } | undefined {
  const found = policies.findLast(({ folder, files }) => fitsPattern({ folder, pattern: files }, doc));
  return found && { kind: found.kind, ...(found.service === undefined ? {} : { service: found.service }) };
}

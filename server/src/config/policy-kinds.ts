import type { Uri } from '../base/span.ts';
import type { Configuration, ConfiguredKind } from './configuration.ts';
import { matchesPath } from './pattern.ts';

/** The configured kind of a policy file; undefined if no entry matches. */
export function configuredPolicy(
  { policies }: Configuration,
  doc: Uri,
): { readonly kind: ConfiguredKind; readonly service?: string } | undefined {
  const found = policies.findLast(({ folder, files }) => matchesPath({ folder, pattern: files }, doc));
  return found && { kind: found.kind, ...(found.service === undefined ? {} : { service: found.service }) };
}

import { isTerraform, traitsOf } from '../model/format.ts';
import type { Resource } from '../model/resource.ts';

/** What the document of a resource is called. */
export function documentOf({ format }: Resource): string {
  const traits = traitsOf(format);
  if (traits?.content === 'plan') return 'plan';
  if (traits?.content === 'record') return 'state';
  return isTerraform(format) ? 'configuration' : 'template';
}

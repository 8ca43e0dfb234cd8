import { flatMap } from '../base/flat-map.ts';
import { isolated } from '../base/isolation.ts';
import type { Range, Uri } from '../base/span.ts';
import { isTemplate } from './format.ts';
import type { PolicyDocument } from './policy.ts';
import type { Resource, Stack } from './resource.ts';

/**
 * The policies of a stack that can contain a range of a document, in their order. In a template, the text of a resource
 * is in no policy of others; Terraform's references can lead to any text.
 */
export function policiesAround(stack: Stack, doc: Uri, range: Range): readonly PolicyDocument[] {
  const around = isTemplate(stack.format) ? resourcesAround(stack, doc, range) : [];
  if (around.length === 0) return stack.policiesFrom?.(doc, range) ?? stack.policies;
  return flatMap(around, (resource) =>
    isolated(
      () => resource.self.origin.use,
      () => resource.policies().documents,
      () => [],
    ),
  );
}

/** The resources of a stack whose text contains a range of a document. */
function resourcesAround({ resources }: Stack, doc: Uri, { start, end }: Range): readonly Resource[] {
  return resources.filter(({ parts }) =>
    parts.some((part) => part.doc === doc && part.range.start <= start && end <= part.range.end),
  );
}

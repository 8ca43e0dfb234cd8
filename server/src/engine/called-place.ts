/**
 * Findings in files that are not checked themselves. In downloaded modules, which users do not edit, they are shown
 * where the configuration calls the module; in variable files, whose values many configurations can use, at the
 * resource.
 */
import { sameSpan, within, type Span } from '../base/span.ts';
import { nameOf } from '../base/uri.ts';
import { isDownloaded } from '../formats/terraform/downloaded.ts';
import { isVariableFile } from '../formats/terraform/variable-file.ts';
import type { RelatedPlace } from '../model/finding.ts';
import type { ResourcePart } from '../model/resource.ts';
import type { ViolationPlace } from './narrow.ts';

/**
 * The place at which a finding is shown, if it is in a downloaded module: the argument of the call that the value comes
 * from, otherwise the name of the call, or the resource that uses the module. For a part of a document in a variable
 * file, the resource. Undefined for other places.
 */
export function calledPlace(
  { at, leaf }: ViolationPlace,
  parts: readonly (ResourcePart | undefined)[],
): Span | undefined {
  if (isVariableFile(nameOf(at.doc))) return parts.find((part) => part && part.doc !== at.doc)?.nameAt;
  if (!isDownloaded(at.doc)) return undefined;
  const called = parts.find((part) => part?.shownAt)?.shownAt;
  const { def } = leaf.origin;
  if (called && def?.doc === called.call.doc && within(def, called.call)) return def;
  return called?.name ?? parts.find((part) => part && !isDownloaded(part.doc))?.nameAt;
}

/** A finding at the place where it is shown, with its place in the module as a related one. */
export function atCall<
  T extends { readonly at: Span; readonly shownAt?: Span; readonly related: readonly RelatedPlace[] },
>(draft: T): T {
  const { at, shownAt, related } = draft;
  if (!shownAt) return draft;
  return {
    ...draft,
    at: shownAt,
    related: [
      {
        at,
        message: isVariableFile(nameOf(at.doc))
          ? 'The value is written here.'
          : 'This part of the downloaded module causes the finding.',
      },
      ...related.filter((one) => !sameSpan(one.at, at) && !sameSpan(one.at, shownAt)),
    ],
  };
}

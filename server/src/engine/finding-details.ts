/** What reports show of a finding that follows from its values, so that these need not be kept for it. */
import { canonicalText, SECRET_HASH, statedText, valueHashOf } from '../model/value-text.ts';
import { proposalsWithin, type Proposal } from './fix.ts';
import { recognizedLeaf } from './narrow.ts';
import type { Draft } from './report.ts';

export interface FindingDetails {
  /** The fixes that its rule proposes, and why some are not applicable. */
  readonly proposals: readonly Proposal[];
  readonly valueHash: string;
  readonly valueText: string | undefined;
  /** The canonical text of its value; empty for a secret. */
  readonly canonicalText: string;
  /** What else decides how bad it is (`Draft.deciding`). */
  readonly deciding: readonly string[] | undefined;
}

/** The details of a draft with its values. */
export function detailsOf(draft: Draft): FindingDetails {
  const { place, secret } = draft;
  const leaf = recognizedLeaf(place);
  return {
    proposals: proposalsWithin(draft),
    valueHash: secret ? SECRET_HASH : valueHashOf(leaf),
    valueText: secret ? undefined : statedText(place.leaf),
    canonicalText: secret ? '' : canonicalText(leaf),
    deciding: draft.deciding(),
  };
}

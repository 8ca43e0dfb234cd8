import { fingerprintOf } from '../base/hash.ts';
import { once } from '../base/once.ts';
import { withoutOwnKey } from '../formats/terraform/joins.ts';
import type { Finding } from '../model/finding.ts';
import { isTerraform } from '../model/format.ts';
import { statedText, SECRET_HASH, valueHashOf } from '../model/value-text.ts';
import { decidedBy } from './deciding.ts';
import { fixesWithin } from './fix.ts';
import type { GeneralFixes } from './general-fixes.ts';
import { withActualValues } from './actual.ts';
import { recognizedLeaf, shownInGeneral } from './narrow.ts';
import type { Draft } from './report.ts';

/**
 * Fingerprints of findings. A fingerprint does not change with edits elsewhere: it depends on the rule, the document,
 * the resource, the path and the value. Documents with the same name in different folders can share fingerprints;
 * within one document they are unique.
 */
export function withFingerprints(
  drafts: readonly Draft[],
  today: string | undefined,
  general?: GeneralFixes,
): readonly Finding[] {
  const count = new Map<string, number>();
  return drafts.map((draft) => {
    const { place, resource: owner, ...finding } = publicPart(draft);
    const resource = draft.instance ?? owner;
    const key = [finding.rule, ...identityOf(draft), finding.path, shownInGeneral(place)].join('\n');
    // Equal findings are numbered within their document, so that they do not depend on other documents.
    const alike = `${finding.at.doc}\n${key}`;
    const n = (count.get(alike) ?? 0) + 1;
    count.set(alike, n);
    const fixes = once(() => general?.of(draft) ?? fixesWithin(draft, today));
    const deciding = once(() => decidedBy(draft));
    const valueHash = once(
      () =>
        draft.details?.valueHash ??
        (finding.secret ? SECRET_HASH : valueHashOf(recognizedLeaf(withActualValues(draft).place))),
    );
    // The spread is last, because V8 makes a hidden class for each object that is copied and then gets more fields.
    return {
      resource,
      get valueHash() {
        return valueHash();
      },
      get decidedBy() {
        return deciding();
      },
      get valueText() {
        if (draft.details) return draft.details.valueText;
        return finding.secret ? undefined : statedText(place.leaf);
      },
      fingerprint: fingerprintOf(`${key}\n${n}`),
      get fixes() {
        return fixes().fixes;
      },
      get refused() {
        return fixes().refused;
      },
      ...finding,
    };
  });
}

/**
 * The document and resource of a finding. An address is unique in a Terraform configuration, so a finding has the same
 * identity in each file of the configuration and in a plan. Instances of one block share their findings.
 */
function identityOf({ at, resource, subject }: Draft): readonly (string | null)[] {
  if (resource !== null && subject && isTerraform(subject.format)) return [withoutOwnKey(resource)];
  return [at.doc.slice(at.doc.lastIndexOf('/') + 1), resource];
}

/** The public part of a draft, and the data for its fingerprint. */
function publicPart({
  report: _report,
  subject: _subject,
  family: _family,
  instance: _instance,
  shownAt: _shownAt,
  folded: _folded,
  deciding: _deciding,
  actual: _actual,
  details: _details,
  ...rest
}: Draft): Omit<
  Draft,
  'report' | 'subject' | 'family' | 'instance' | 'shownAt' | 'folded' | 'deciding' | 'actual' | 'details'
> {
  return rest;
}

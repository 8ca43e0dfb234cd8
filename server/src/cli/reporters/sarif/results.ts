/** The results of a SARIF report: one for each finding. */
import type { Fix, Result, Suppression } from 'sarif';
import { memoize } from '../../../base/memoize.ts';
import type { Span, Uri } from '../../../base/span.ts';
import type { Finding, LoweredFix } from '../../../model/finding.ts';
import { severityTraits } from '../../../model/severity.ts';
import type { Suppressed } from '../../../model/suppression.ts';
import type { LintedFile } from '../../lint.ts';
import type { Places } from '../../places.ts';
import { secretFindings } from '../../secret-lines.ts';
import { messageOf } from '../../finding-message.ts';
import { artifactOf, locationOf, physicalLocation, sarifRegion } from './locations.ts';
import { messageText, messageString } from './text.ts';

/** The name of the fingerprint. Another way to compute fingerprints gets another version. */
export const FINGERPRINT = 'stackwarden/v1';

/** The maximum number of related locations of a result; GitHub shows 100 locations. */
export const MAX_RELATED = 100;

export interface SarifResultContext {
  readonly file: LintedFile;
  readonly places: Places;
  readonly base: string;
  readonly ruleIndex: number;
  /** Whether results are compared with a baseline. */
  readonly hasBaseline: boolean;
}

/** A finding as a result (3.27 of the standard). A possible one is for review and has no level. */
export function resultOf(finding: Finding, context: SarifResultContext): Result {
  const { places, base, ruleIndex, hasBaseline } = context;
  const isPossible = finding.certainty === 'possible';
  const fixes = fixesOf(finding, context);
  const related = finding.related.slice(0, MAX_RELATED);
  return {
    ruleId: finding.rule,
    ruleIndex,
    // A result that is not a failure has no level (3.27.10).
    level: isPossible ? 'none' : severityTraits(finding.severity).level,
    kind: isPossible ? 'review' : 'fail',
    message: messageText(messageOf(finding)),
    locations: [locationOf(finding, places, base)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map(({ at, message }, index) => ({
            id: index + 1,
            physicalLocation: physicalLocation(at, places, base),
            message: messageText(message),
          })),
        }),
    partialFingerprints: { [FINGERPRINT]: finding.fingerprint },
    ...(hasBaseline ? { baselineState: finding.suppressed?.kind === 'baseline' ? 'unchanged' : 'new' } : {}),
    // An empty list states that the finding is not suppressed (3.27.23).
    suppressions: finding.suppressed ? [suppressionOf(finding.suppressed, places, base)] : [],
    ...(fixes.length === 0 ? {} : { fixes }),
    properties: {
      severity: finding.severity,
      certainty: finding.certainty,
      profile: finding.profile,
      ...(finding.path === '' ? {} : { path: finding.path }),
      ...(finding.when.length === 0
        ? {}
        : { when: finding.when.map(({ kind, name, value }) => ({ kind, name, value })) }),
    },
  };
}

function suppressionOf({ kind, tool, reason, until, at }: Suppressed, places: Places, base: string): Suppression {
  return {
    kind: kind === 'comment' || kind === 'metadata' ? 'inSource' : 'external',
    status: 'accepted',
    ...(reason === undefined ? {} : { justification: messageString(reason) }),
    ...(at ? { location: { physicalLocation: physicalLocation(at, places, base) } } : {}),
    properties: { source: kind, tool, ...(until === undefined ? {} : { until }) },
  };
}

/** The fixes of a finding. One that would write a secret of its document into the report is left out. */
function fixesOf(finding: Finding, { file, places, base }: SarifResultContext): Fix[] {
  if (finding.fixes.length === 0) return [];
  const secrets = secretTexts(file);
  return finding.fixes
    .filter(({ edits }) => edits.length > 0)
    .filter(({ edits }) => !edits.some(({ newText }) => secrets.some((secret) => newText.includes(secret))))
    .map((fix) => fixOf(fix, places, base));
}

function fixOf({ title, safe, edits }: LoweredFix, places: Places, base: string): Fix {
  const docs: readonly Uri[] = [...new Set(edits.map(({ doc }) => doc))];
  return {
    description: messageText(title),
    artifactChanges: docs.map((doc) => ({
      artifactLocation: artifactOf(doc, base),
      replacements: edits
        .filter((edit) => edit.doc === doc)
        .map(({ range, newText }) => ({
          deletedRegion: sarifRegion(doc, range, places),
          ...(newText === '' ? {} : { insertedContent: { text: newText } }),
        })),
    })),
    properties: { safe },
  };
}

/** The secrets of a document, as they are written. */
const secretTexts = memoize(({ document, textOf }: LintedFile): readonly string[] => {
  const spans: readonly Span[] = [...secretFindings(document.findings), ...(document.secrets ?? [])];
  return [...new Set(spans.map(({ doc, start, end }) => textOf(doc).slice(start, end).trim()))].filter(
    (text) => text.length > 2,
  );
});

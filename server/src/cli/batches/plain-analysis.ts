/** Results of an analysis as plain data, which hold no trees and can go to another thread. */
import type { DocumentAnalysis } from '../../engine/analysis.ts';
import type { Finding, LoweredFix, Problem } from '../../model/finding.ts';
import { REACH } from '../excerpt.ts';
import type { UsedDetails } from '../formats.ts';

/** A document with everything computed that reports use of what an analysis computes on demand. */
export function plainDocument(document: DocumentAnalysis, used: UsedDetails): DocumentAnalysis {
  const { doc, format, reason, generator, problems, findings, parameterFile, inputs, nested } = document;
  const secrets = usedSecrets(document, used);
  return {
    doc,
    format,
    reason,
    ...(generator === undefined ? {} : { generator }),
    problems: problems.map(plainProblem),
    findings: findings.map((finding) => plainFinding(finding, used)),
    ...(secrets === undefined ? {} : { secrets }),
    ...(parameterFile === undefined ? {} : { parameterFile }),
    ...(inputs === undefined ? {} : { inputs }),
    ...(nested === undefined ? {} : { nested }),
  };
}

/** Reports hide credentials only beside what they show of a document. */
function usedSecrets(document: DocumentAnalysis, { secrets: used }: UsedDetails): DocumentAnalysis['secrets'] {
  const shown = [...document.problems, ...document.findings];
  if (shown.length === 0 || used === undefined) return undefined;
  if (used === 'all') return document.secrets;
  return document.secretsNear?.(
    shown.map(({ at }) => at),
    REACH,
  );
}

function plainProblem({ at, message, kind, within }: Problem): Problem {
  return { at, message, kind, ...(within === undefined ? {} : { within }) };
}

function plainFinding(finding: Finding, used: UsedDetails): Finding {
  const { at, when, tag, secret, construct } = finding;
  return {
    rule: finding.rule,
    severity: finding.severity,
    certainty: finding.certainty,
    topic: finding.topic,
    message: finding.message,
    at: { doc: at.doc, start: at.start, end: at.end },
    ...(tag === undefined ? {} : { tag }),
    ...(secret === undefined ? {} : { secret }),
    resource: finding.resource,
    resourceType: finding.resourceType,
    ...(construct === undefined ? {} : { construct }),
    subjects: finding.subjects,
    path: finding.path,
    canonicalPath: finding.canonicalPath,
    valueHash: finding.valueHash,
    decidedBy: finding.decidedBy,
    valueText: finding.valueText,
    when: when.map(({ kind, name, value }) => ({ kind, name, value })),
    aliases: finding.aliases,
    controls: finding.controls,
    related: finding.related.map(({ at: { doc, start, end }, message }) => ({ at: { doc, start, end }, message })),
    fingerprint: finding.fingerprint,
    suppressed: finding.suppressed,
    ...usedFixes(finding, used),
    profile: finding.profile,
  };
}

/** Only programs show which edits a fix has, and which fixes are not applicable. */
function usedFixes(finding: Finding, { fixes: used }: UsedDetails): Pick<Finding, 'fixes' | 'refused'> {
  if (used === 'all')
    return {
      fixes: finding.fixes.map(plainFix),
      refused: finding.refused.map(({ title, safe, reason }) => ({ title, safe, reason })),
    };
  const isShown = used === 'titles' && !finding.suppressed;
  return { fixes: isShown ? finding.fixes.map(({ title, safe }) => ({ title, safe, edits: [] })) : [], refused: [] };
}

/** A fix without its changes of trees, which only the combination of fixes needs. */
function plainFix({ title, safe, edits, uncovers, impact }: LoweredFix): LoweredFix {
  return {
    title,
    safe,
    edits: edits.map(({ doc, range: { start, end }, newText }) => ({ doc, range: { start, end }, newText })),
    ...(uncovers === undefined ? {} : { uncovers }),
    ...(impact === undefined ? {} : { impact }),
  };
}

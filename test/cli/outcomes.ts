import type { LintedFile, Outcome } from '../../server/src/cli/lint.ts';
import type { World } from '../../server/src/cli/world.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import type { Finding, Problem } from '../../server/src/model/finding.ts';
import type { Format } from '../../server/src/model/format.ts';
import { uriOf } from '../../server/src/host/uri.ts';

/** A text with the ranges that are marked in it, `⟦…⟧`, in order. */
export function marked(text: string): {
  readonly text: string;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
} {
  const ranges: { start: number; end: number }[] = [];
  let plain = '';
  for (const piece of text.split(/([⟦⟧])/)) {
    if (piece === '⟦') ranges.push({ start: plain.length, end: plain.length });
    else if (piece === '⟧') ranges.at(-1)!.end = plain.length;
    else plain += piece;
  }
  return { text: plain, ranges };
}

/** A finding with what a test does not care about filled in. */
export function finding(
  doc: string,
  range: { readonly start: number; readonly end: number },
  given: Partial<Finding> = {},
): Finding {
  return {
    rule: 'ebs-volume-encryption',
    severity: 'high',
    certainty: 'certain',
    topic: 'encryption-at-rest',
    message: 'The volume is not encrypted.',
    at: { doc, ...range },
    resource: 'Disk',
    resourceType: 'AWS::EC2::Volume',
    subjects: ['Disk'],
    path: 'Properties.Encrypted',
    canonicalPath: 'Encrypted',
    valueHash: 'fedcba9876543210',
    valueText: 'false',
    decidedBy: undefined,
    when: [],
    aliases: {},
    controls: {},
    related: [],
    fingerprint: '0123456789abcdef',
    suppressed: null,
    fixes: [],
    refused: [],
    profile: 'recommended',
    ...given,
  };
}

export interface FileGiven {
  readonly texts: Readonly<Record<string, string>>;
  readonly format?: Format;
  readonly explicit?: boolean;
  readonly findings?: readonly Finding[];
  readonly problems?: readonly Problem[];
}

export const CWD = '/work place';

/** Rules with short texts, so that expected reports do not change with the texts of rules. */
const RULES = [
  ['ebs-volume-encryption', 'EBS volumes should be encrypted at rest', 'high'],
  ['ec2-imdsv2-required', 'EC2 instances should require IMDSv2', 'medium'],
  ['kms-key-rotation', 'KMS keys should be rotated', 'medium'],
  ['rds-instance-encryption', 'RDS instances should be encrypted at rest', 'high'],
].map(([id, title, severity]) => ({
  id,
  title,
  severity,
  topic: 'encryption-at-rest',
  profile: 'recommended',
  why: `Reason of ${id}: *all* <data> is [readable](x).`,
  remedy: `Remedy of ${id}.`,
  sources: { 'https://docs.example.com/page': `A claim of ${id}.` },
  aliases: { checkov: ['CKV_AWS_1', 'CKV_AWS_2'], trivy: ['AWS-0001'] },
  controls: { securityHub: ['EC2.3'] },
  fix: 'none',
  accessed: '2026-11-24',
})) as unknown as readonly AnyRule[];

/** The world of a reporter, in which the address of the repository is known. */
export const WORLD: World = {
  cwd: CWD,
  today: '2026-11-24',
  program: { version: '1.2.3', schemas: '/schemas', repository: 'https://code.example.com/stackwarden' },
  rules: RULES,
  out: () => undefined,
  err: () => undefined,
  stdin: () => new Uint8Array(),
  display: { color: false, columns: 80, terminal: false },
};

/** The uri of a file in the current folder of these tests. */
export function docOf(path: string): string {
  return uriOf(`${CWD}/${path}`);
}

export function linted(
  path: string,
  { texts, format = 'cloudformation', explicit = true, findings = [], problems = [] }: FileGiven,
): LintedFile {
  const byUri = new Map(Object.entries(texts).map(([name, text]) => [docOf(name), text]));
  return {
    path,
    explicit,
    document: { doc: docOf(path), format, reason: 'Resources with AWS types', findings, problems },
    failOn: 'low',
    textOf: (doc) => byUri.get(doc) ?? '',
  };
}

export function outcome(files: readonly LintedFile[], given: Partial<Outcome> = {}): Outcome {
  return { files, incomplete: [], failures: [], unchecked: [], configurationFaults: [], excluded: [], ...given };
}

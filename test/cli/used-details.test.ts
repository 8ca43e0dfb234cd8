/** Each reporter of `lint` declares exactly what it uses of what an analysis computes on demand. */
import assert from 'node:assert/strict';
import { plainDocument } from '../../server/src/cli/batches/plain-analysis.ts';
import type { ReportFlags, UsedDetails } from '../../server/src/cli/formats.ts';
import type { LintReport } from '../../server/src/cli/reporters/lint-report.ts';
import { LINT_REPORTERS } from '../../server/src/cli/reporters/lint-reporters.ts';
import { CWD, docOf, finding, linted, marked, outcome, WORLD } from './outcomes.ts';

const TEMPLATE = marked('A: ⟦hunter2secret⟧\nB: ⟦another-secret⟧\nC: ⟦false⟧\n');
const DOC = docOf('a.yaml');
const [near, far, shown] = TEMPLATE.ranges;

const FIXES = {
  fixes: [
    { title: 'Repeat another value', safe: true, edits: [{ doc: DOC, range: near!, newText: '[another-secret]' }] },
    { title: 'Set it', safe: false, edits: [{ doc: DOC, range: near!, newText: 'true' }] },
  ],
  refused: [{ title: 'Remove it', safe: false, reason: 'There is nothing to change.' }],
};
const FILE = linted('a.yaml', {
  texts: { 'a.yaml': TEMPLATE.text },
  findings: [
    finding(DOC, near!, FIXES),
    finding(DOC, shown!, { ...FIXES, suppressed: { kind: 'comment', tool: 'stackwarden' } }),
  ],
});
const DOCUMENT = {
  ...FILE.document,
  secrets: [near!, far!].map((range) => ({ doc: DOC, ...range })),
  secretsNear: () => [{ doc: DOC, ...near! }],
};

/** A report of an analysis of which only some details are known. */
function reportOf(used: UsedDetails, flags: ReportFlags): LintReport {
  const file = { ...FILE, document: plainDocument(DOCUMENT, used) };
  return { ...flags, named: '.', certainty: 'certain', base: CWD, outcome: outcome([file]) };
}

/** The next less of each detail. */
const LESS = { 'in excerpts': undefined, titles: undefined, all: { secrets: 'in excerpts', fixes: 'titles' } } as const;

/** The same without one of the details, or with less of it. */
function withLess(used: UsedDetails): readonly UsedDetails[] {
  return (Object.keys(used) as (keyof UsedDetails)[]).map((name) => {
    const { [name]: detail, ...others } = used;
    const less = LESS[detail!]?.[name];
    return less === undefined ? others : { ...others, [name]: less };
  });
}

const FLAGS: readonly ReportFlags[] = [{}, { quiet: true }, { statistics: true }, { quiet: true, statistics: true }];

describe('what reporters use of analyses', () => {
  for (const reporter of LINT_REPORTERS)
    for (const flags of FLAGS) {
      const used = reporter.uses?.(flags) ?? {};
      const written = (known: UsedDetails): string => reporter.report(reportOf(known, flags), WORLD);
      it(`is declared: ${reporter.name} ${JSON.stringify(flags)}`, () => {
        assert.equal(written(used), written({ secrets: 'all', fixes: 'all' }));
        for (const less of withLess(used)) assert.notEqual(written(less), written(used), JSON.stringify(less));
      });
    }
});

/**
 * How values are explained, from documents in `explanation.cases`: `§` is the cursor; `-- on TEXT --` says what the
 * explanation is about, on one line, and how a hover reads as plain text; `-- nothing --` that there is no value.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { TRUE } from '../../server/src/base/guard.ts';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import type { Deployment } from '../../server/src/formats/cloudformation/inputs.ts';
import { explanationOf } from '../../server/src/hover/explanation/explanation.ts';
import type { Decision, Verdict } from '../../server/src/hover/explanation/decision.ts';
import { fullMarkdown, shortMarkdown } from '../../server/src/hover/explanation/markdown.ts';
import type { Secrets } from '../../server/src/hover/explanation/short-value.ts';
import { shortText } from '../../server/src/hover/explanation/text.ts';
import type { EvaluatedExpression } from '../../server/src/model/expression.ts';
import type { Value } from '../../server/src/model/value.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { isAsExpected } from '../kit/accept.ts';
import { explainer, linksIn } from './explained-at.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

const CASES = new URL('explanation.cases', import.meta.url);
const NO_SECRETS: Secrets = { covers: () => false, isIn: () => false };

const SCOPE = { profile: 'recommended' } as const;

interface Case {
  readonly title: string;
  readonly name: string;
  readonly text: string;
  readonly offset: number;
  readonly on: string | undefined;
  readonly expected: string;
  /** What stands before that in the file. */
  readonly before: string;
}

function readCases(): readonly Case[] {
  return readFileSync(CASES, 'utf8')
    .split(/^== /m)
    .slice(1)
    .map((part): Case => {
      const [, title, name, marked, on, expected] =
        /^(.*)\n-- (\S+) --\n([^]*?)-- (?:on (.*)|nothing) --\n([^]*)$/.exec(part) ??
        assert.fail(`a case that cannot be read: ${part}`);
      return {
        title: title!,
        name: name!,
        text: marked!.replace('§', ''),
        offset: marked!.indexOf('§'),
        on,
        expected: expected!.trim(),
        before: `== ${part.slice(0, part.length - expected!.length)}`,
      };
    });
}

describe('explanations', () => {
  for (const { title, name, text, offset, on, expected, before } of readCases())
    it(title, () => {
      const explained = explainer(name, text)(offset);
      const shown = explained ? shortText(explained, SCOPE, linksIn(text)) : '';
      // Many rules look at every policy, and most of them have nothing to say of one.
      isAsExpected(
        name === 'policy.json' ? shown.replace(/^(nothing to report here:) .*$/m, '$1 …') : shown,
        expected,
        { file: CASES, after: before },
      );
      assert.equal(explained && text.slice(explained.at.start, explained.at.end).replace(/\s+/g, ' '), on);
    });

  const VOLUME = `Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties: {Encrypted: !If [IsLive, true, false]}
`;

  it('are Markdown on hover, with links', () => {
    const explained = explainer('a.yaml', VOLUME)(VOLUME.indexOf('!If'))!;
    assert.equal(
      shortMarkdown(explained, SCOPE, linksIn(VOLUME)),
      [
        '**`false`** when IsLive is false (the default)  ',
        '**`true`** when IsLive is true',
        '',
        '- `IsLive` is `false` by default, `true` when Stage is "live": `!Equals [!Ref Stage, live]` ([line 4](file:///w/a.yaml#L4))',
        '  - `Stage` is `test` by default, or `live` ([line 2](file:///w/a.yaml#L2))',
        '',
        '**Rules**',
        '',
        '- [ebs-volume-encryption](pages/ebs-volume-encryption.md): finding because Encrypted is `false` when IsLive is false; no finding when IsLive is true, because Encrypted is `true`',
      ].join('\n'),
    );
  });

  it('tell below a card what rules decided', () => {
    const explained = explainer('a.yaml', VOLUME)(VOLUME.indexOf('!If'))!;
    assert.match(shortMarkdown(explained, { ...SCOPE, beside: true }, linksIn(VOLUME)), /^\*\*Rules\*\*/);
    assert.match(shortText(explained, { ...SCOPE, beside: true }, linksIn(VOLUME)), /^Rules\n/);
  });

  it('do not tell below a card what is found in any case, because that is marked in the document', () => {
    const text = VOLUME.replace('!If [IsLive, true, false]', 'false');
    const explained = explainer('a.yaml', text)(text.indexOf('false}'))!;
    assert.match(shortMarkdown(explained, SCOPE, linksIn(text)), /finding because Encrypted is `false`/);
    assert.equal(shortMarkdown(explained, { ...SCOPE, beside: true }, linksIn(text)), '');
    assert.equal(shortText(explained, { ...SCOPE, beside: true }, linksIn(text)), '');
  });

  it('tell of rules in at most five lines, what is found first, and leave out those that do not apply', () => {
    const found = (rule: string, unreported?: 'profile'): Decision => {
      const verdict: Verdict = {
        what: 'found',
        certainty: 'certain',
        severity: 'low',
        severityBy: 'rule',
        profile: 'strict',
        message: '',
        path: 'A',
        value: { text: 'b', literal: true },
        when: [],
        byDefault: true,
        because: [],
        ...(unreported ? { unreported } : {}),
      };
      return { rule, title: '', profile: 'strict', verdicts: [verdict], here: [verdict], read: [], assumed: [] };
    };
    const other = (rule: string, what: 'fine' | 'not-applicable', isHere = true): Decision => {
      const verdict: Verdict =
        what === 'fine'
          ? { what, path: 'A', value: { text: 'b', literal: true }, when: [], byDefault: true }
          : { what };
      return {
        rule,
        title: '',
        profile: 'strict',
        verdicts: [verdict],
        here: isHere ? [verdict] : [],
        read: [],
        assumed: [],
      };
    };
    const sentencesOf = (...decisions: readonly Decision[]): readonly string[] =>
      shortText(
        { ...explainer('a.yaml', VOLUME)(VOLUME.indexOf('!If'))!, computed: false, decisions },
        SCOPE,
        linksIn(VOLUME),
      )
        .split('\n')
        .slice(1);
    assert.deepEqual(
      sentencesOf(
        other('n1', 'not-applicable'),
        other('f1', 'fine'),
        found('a', 'profile'),
        found('b'),
        other('n2', 'not-applicable'),
        other('gone', 'fine', false),
      ),
      ['b: finding because A is b', 'a: finding because A is b; reported only in profile strict', 'no finding: f1'],
    );
    assert.deepEqual(
      sentencesOf(
        ...['a', 'b', 'c', 'd', 'e'].map((rule) => found(rule)),
        other('f', 'fine'),
        other('n', 'not-applicable'),
      ),
      [
        'a: finding because A is b',
        'b: finding because A is b',
        'c: finding because A is b',
        'and 2 more rules',
        'no finding: f',
      ],
    );
    assert.deepEqual(sentencesOf(...['a', 'b', 'c', 'd', 'e'].map((rule) => found(rule))).length, 5);
    assert.deepEqual(sentencesOf(other('n', 'not-applicable')), []);
  });

  it('are a page of their own in full', () => {
    const explained = explainer('a.yaml', VOLUME)(VOLUME.indexOf('!If'))!;
    assert.equal(
      fullMarkdown(explained, SCOPE, linksIn(VOLUME)),
      `# Disk: Properties.Encrypted

AWS::EC2::Volume, [line 8](file:///w/a.yaml#L8)

\`!If [IsLive, true, false]\`

- **\`false\`** when IsLive is false (the default)
- **\`true\`** when IsLive is true

## Why

- \`IsLive\` is \`false\` by default, \`true\` when Stage is "live": \`!Equals [!Ref Stage, live]\` ([line 4](file:///w/a.yaml#L4))
  - \`Stage\` is \`test\` by default, or \`live\` ([line 2](file:///w/a.yaml#L2))

## Rules

- [ebs-volume-encryption](pages/ebs-volume-encryption.md): EBS volumes should be encrypted at rest
  - finding (high) because Encrypted is \`false\` when IsLive is false
    - Disk is not encrypted at rest. Set Encrypted to true.
  - no finding when IsLive is true, because Encrypted is \`true\`
  - Evaluated: Encrypted (false or true), SnapshotId (not set), SourceVolumeId (not set)
  - Account settings: ebs.defaultEncryption (not stated)
`,
    );
  });

  it('take nothing of a document for Markdown', () => {
    const text =
      'Parameters:\n  P: {Type: String, Default: "a`b``c"}\n  "[x](y)": {Type: String, Default: "*"}\nOutputs:\n  O: {Value: !Ref P}\n  Q: {Value: !Sub "${[x](y)}<b>"}\n';
    const template = `AWSTemplateFormatVersion: "2010-09-09"\n${text}`;
    const markdown = (what: string): string =>
      shortMarkdown(explainer('a.yaml', template)(template.indexOf(what))!, SCOPE, linksIn(template));
    assert.match(markdown('!Ref P'), /^\*\*``` a`b``c ```\*\*, the default of P/);
    assert.match(markdown('!Sub'), /^\*\*`\*<b>`\*\* when \\\[x\\\]\(y\) is "\\\*"/);
  });

  describe('of what is given from outside', () => {
    const template =
      'Parameters:\n  Stage: {Type: String, Default: test}\n  Key: {Type: String, NoEcho: true}\nResources: {}\nOutputs:\n  A: {Value: !Sub "x-${Stage}"}\n  B: {Value: !Ref Stage}\n  C: {Value: !Ref Key}\n';
    const deployment = (name: string, stage: string): Deployment => ({
      name,
      parameters: new Map([
        ['Stage', { text: stage, at: { doc: 'file:///w/a.yaml', start: 0, end: 1 } }],
        ['Key', { text: 'hunter2' }],
      ]),
    });
    const textWith = (what: string, ...deployments: readonly Deployment[]): string => {
      const tree = parse('file:///w/a.yaml', template, 'yaml');
      const { stack } = templateStack({
        tree,
        format: 'cloudformation',
        carriers: new Map(),
        linksOf: ALL_LINKS,
        generated: false,
        inputs: { deployments },
      });
      const expression = stack.expressionAt!(tree.doc, template.indexOf(what) + 1)!;
      return shortText(
        {
          at: expression.at,
          explanation: explanationOf(expression, NO_SECRETS),
          computed: true,
          atKey: false,
          onlyBelow: false,
          decisions: [],
        },
        SCOPE,
        linksIn(template),
      );
    };

    it('name who gave it', () =>
      assert.equal(
        textWith('!Ref Stage', deployment('prod.json', 'live')),
        'live, set for Stage in prod.json (line 1)',
      ));
    it('name it as a part', () =>
      assert.equal(
        textWith('!Sub', deployment('prod.json', 'live')),
        'x-live\n\nStage is live, set for Stage in prod.json (line 1)',
      ));
    it('tell deployments apart', () =>
      assert.equal(
        textWith('!Sub', deployment('a.json', 'one'), deployment('b.json', 'two')),
        'x-one when it is deployed with a.json\nx-two when it is deployed with b.json\n\nStage is one when it is deployed with a.json, two when it is deployed with b.json (line 1)',
      ));
    it('never show a secret', () =>
      assert.equal(textWith('!Ref Key', deployment('prod.json', 'live')), 'a secret value, set for Key in prod.json'));
  });

  it('are bounded, however much an expression is made of', () => {
    const origin = { use: { doc: 'file:///w/a.yaml', start: 0, end: 1 }, steps: [], edit: 'here' } as const;
    const value: Value = {
      state: 'list',
      origin,
      open: false,
      items: Array.from({ length: 1000 }, (_, index) => ({
        when: TRUE,
        value: { state: 'known', origin, raw: `item ${index}`, quoted: true, value: `item ${index}` } as const,
      })),
    };
    let steps = 0;
    const wide = (depth: number): EvaluatedExpression => ({
      what: 'value',
      computed: true,
      value,
      at: origin.use,
      text: `!F ${depth} ${steps++}`,
      parts: () => Array.from({ length: 30 }, () => wide(depth + 1)),
    });
    const text = shortText(
      {
        at: origin.use,
        explanation: explanationOf(wide(0), NO_SECRETS),
        computed: true,
        atKey: false,
        onlyBelow: false,
        decisions: [],
      },
      SCOPE,
      linksIn(''),
    );
    assert.ok(text.length < 3000, `${text.length} characters`);
    assert.ok(steps < 1000, `${steps} expressions`);
    assert.match(text, /and \d+ more steps$/);
  });
});

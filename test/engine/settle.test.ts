/** The reported findings: no duplicates, stronger ones in place of weaker ones, instances folded, in order. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Guard } from '../../server/src/base/guard.ts';
import type { Draft } from '../../server/src/engine/report.ts';
import { settled, settling } from '../../server/src/engine/settle.ts';
import type { Certainty, Profile } from '../../server/src/model/finding.ts';
import { includesProfile, PROFILES } from '../../server/src/model/profile.ts';
import type { Resource } from '../../server/src/model/resource.ts';
import { judgement } from '../../server/src/model/judgement.ts';
import type { AnyRule, Violation } from '../../server/src/rules/rule.ts';
import { variable } from '../base/scenarios.ts';
import { known, origin } from '../model/values.ts';
import { probe } from './probe.ts';

/** A place that has a part in a finding. */
interface Part {
  readonly start: number;
  readonly wrong?: Guard;
}

interface DraftRow {
  readonly rule?: string;
  readonly subject?: string;
  readonly family?: string;
  readonly doc?: string;
  readonly start?: number;
  readonly end?: number;
  readonly certainty?: Certainty;
  readonly profile?: Profile;
  readonly message?: string;
  readonly path?: string;
  readonly when?: Draft['when'];
  readonly aliases?: readonly string[];
  /** In which scenarios it is wrong. */
  readonly guard?: Guard;
  readonly parts?: readonly Part[];
  readonly subjects?: readonly string[];
}

function draft({
  rule = 'a',
  subject = 'A',
  family = subject,
  doc = 'file:///t.yaml',
  start = 1,
  end = start + 1,
  certainty = 'certain',
  profile = 'recommended',
  message = 'm',
  path = 'p',
  when = [],
  aliases = [],
  guard = Guard.always,
  parts = [],
  subjects = [],
}: DraftRow): Draft {
  const at = { doc, start, end };
  const leaf = known('x', 'x', { origin: origin(0, { use: at }) });
  const own: Violation = { wrong: judgement({ yes: guard, no: Guard.never }), at: leaf };
  const others = parts.map((part): Violation => ({
    wrong: judgement({ yes: part.wrong ?? guard, no: Guard.never }),
    at: known('y', 'y', { origin: origin(0, { use: { doc, start: part.start, end: part.start + 1 } }) }),
  }));
  return {
    rule,
    certainty,
    profile,
    message,
    path,
    canonicalPath: path,
    when,
    family,
    at,
    severity: 'high',
    topic: 'operations',
    resource: subject,
    resourceType: 'T',
    subjects: [subject, ...subjects],
    aliases: aliases.length > 0 ? { checkov: aliases } : {},
    controls: {},
    related: [],
    deciding: () => undefined,
    suppressed: null,
    subject: { address: subject, displayName: subject, parts: [] } as unknown as Resource,
    place: { violation: own, leaf, at, certainty, guard, when },
    report: { violations: [own, ...others], message },
  };
}

const VARIABLE = variable('p', 2);
const SOME = Guard.of(VARIABLE, [0]);
const OTHERS = Guard.of(VARIABLE, [1]);

const RULES: readonly AnyRule[] = ['a', 'b', 'c', 'd'].map((id) =>
  probe({}, { id, ...(id === 'b' ? { subsumes: ['a'] } : id === 'c' ? { subsumes: ['b'] } : {}) }),
);

function lines(drafts: readonly DraftRow[], isReported: (one: Draft) => boolean = () => true): readonly string[] {
  return settled(drafts.map(draft), RULES, isReported).map(
    ({ rule, at, certainty, profile, subjects, message, aliases }) =>
      [
        rule,
        `${at.doc.slice(-6, -5)}${at.start}`,
        certainty,
        profile,
        subjects.join('+'),
        message,
        ...(aliases.checkov ?? []),
      ].join(' '),
  );
}

describe('the findings of a rule at a place', () => {
  const rows: readonly (readonly [string, readonly DraftRow[], ...string[]])[] = [
    ['it is said once', [{}, {}], 'a t1 certain recommended A m'],
    ['the first is said', [{ message: 'one' }, { message: 'two' }], 'a t1 certain recommended A one'],
    [
      'what is certain is said, also after what is possible',
      [{ certainty: 'possible', message: 'one' }, { message: 'two' }],
      'a t1 certain recommended A two',
    ],
    [
      'what is certain is said, also before what is possible',
      [{ message: 'one' }, { certainty: 'possible', message: 'two' }],
      'a t1 certain recommended A one',
    ],
    [
      'all subjects are named, in order',
      [{ certainty: 'possible' }, { subject: 'B' }, { subject: 'C' }, { subject: 'B' }],
      'a t1 certain recommended A+B+C m',
    ],
    ['another end is another place', [{}, { end: 5 }], 'a t1 certain recommended A m', 'a t1 certain recommended A m'],
    [
      'another document is another place',
      [{}, { doc: 'file:///s.yaml' }],
      'a s1 certain recommended A m',
      'a t1 certain recommended A m',
    ],
    [
      'another rule says something else',
      [{}, { rule: 'd' }],
      'a t1 certain recommended A m',
      'd t1 certain recommended A m',
    ],
  ];
  for (const [what, drafts, ...expected] of rows) it(what, () => assert.deepEqual(lines(drafts), expected));
});

describe('a rule that subsumes another', () => {
  const rows: readonly (readonly [string, readonly DraftRow[], ...string[]])[] = [
    [
      'speaks for it',
      [
        { rule: 'a', aliases: ['1'] },
        { rule: 'b', aliases: ['2'] },
      ],
      'b t1 certain recommended A m 1 2',
    ],
    [
      'speaks for it in any order',
      [
        { rule: 'b', aliases: ['2'] },
        { rule: 'a', aliases: ['1'] },
      ],
      'b t1 certain recommended A m 1 2',
    ],
    [
      'speaks for what that one speaks for',
      [
        { rule: 'a', aliases: ['1'] },
        { rule: 'b', aliases: ['2'] },
        { rule: 'c', aliases: ['3'] },
      ],
      'c t1 certain recommended A m 1 2 3',
    ],
    [
      'does not speak for more than that',
      [{ rule: 'a' }, { rule: 'c' }],
      'a t1 certain recommended A m',
      'c t1 certain recommended A m',
    ],
    [
      'does not speak of another resource',
      [{ rule: 'a', subject: 'B' }, { rule: 'b' }],
      'a t1 certain recommended B m',
      'b t1 certain recommended A m',
    ],
    [
      'does not speak of another place',
      [{ rule: 'a', start: 2 }, { rule: 'b' }],
      'b t1 certain recommended A m',
      'a t2 certain recommended A m',
    ],
    [
      'does not make something certain possible',
      [{ rule: 'a' }, { rule: 'b', certainty: 'possible' }],
      'a t1 certain recommended A m',
      'b t1 possible recommended A m',
    ],
    [
      'speaks for what is possible',
      [
        { rule: 'a', certainty: 'possible' },
        { rule: 'b', certainty: 'possible' },
      ],
      'b t1 possible recommended A m',
    ],
    [
      'speaks for it where it has a part',
      [
        { rule: 'a', start: 5, aliases: ['1'] },
        { rule: 'b', parts: [{ start: 5 }], aliases: ['2'] },
      ],
      'b t1 certain recommended A m 1 2',
    ],
    [
      'speaks for what that one speaks for where it has a part',
      [
        { rule: 'a', start: 5, aliases: ['1'] },
        { rule: 'b', start: 5, aliases: ['2'] },
        { rule: 'c', parts: [{ start: 5 }], aliases: ['3'] },
      ],
      'c t1 certain recommended A m 1 2 3',
    ],
    [
      'speaks for a part of another resource that it is about',
      [
        { rule: 'a', start: 5, subject: 'B' },
        { rule: 'b', parts: [{ start: 5 }], subjects: ['B'] },
      ],
      'b t1 certain recommended A+B m',
    ],
    [
      'does not speak for a part of one that it is not about',
      [
        { rule: 'a', start: 5, subject: 'B' },
        { rule: 'b', parts: [{ start: 5 }] },
      ],
      'b t1 certain recommended A m',
      'a t5 certain recommended B m',
    ],
    [
      'speaks for it in the scenarios that it speaks of',
      [{ rule: 'a', guard: SOME }, { rule: 'b' }],
      'b t1 certain recommended A m',
    ],
    [
      'does not speak for it in others',
      [{ rule: 'a' }, { rule: 'b', guard: SOME }],
      'a t1 certain recommended A m',
      'b t1 certain recommended A m',
    ],
    [
      'speaks for a part in the scenarios that it speaks of',
      [
        { rule: 'a', start: 5, guard: SOME },
        { rule: 'b', parts: [{ start: 5 }] },
      ],
      'b t1 certain recommended A m',
    ],
    [
      'does not speak for a part in others',
      [
        { rule: 'a', start: 5 },
        { rule: 'b', guard: SOME, parts: [{ start: 5 }] },
      ],
      'b t1 certain recommended A m',
      'a t5 certain recommended A m',
    ],
    [
      'does not speak for what has no part in its scenarios',
      [
        { rule: 'a', start: 5, guard: SOME },
        { rule: 'b', guard: SOME, parts: [{ start: 5, wrong: OTHERS }] },
      ],
      'b t1 certain recommended A m',
      'a t5 certain recommended A m',
    ],
    [
      'does not make a certain part possible',
      [
        { rule: 'a', start: 5 },
        { rule: 'b', certainty: 'possible', parts: [{ start: 5 }] },
      ],
      'b t1 possible recommended A m',
      'a t5 certain recommended A m',
    ],
  ];
  for (const [what, drafts, ...expected] of rows) it(what, () => assert.deepEqual(lines(drafts), expected));

  it('does not replace it if its own findings are not reported', () => {
    assert.deepEqual(
      lines([{ rule: 'a' }, { rule: 'b', profile: 'strict' }], ({ profile }) => profile !== 'strict'),
      ['a t1 certain recommended A m'],
    );
  });
});

describe('instances of one configured resource', () => {
  const one: DraftRow = { family: 'x', subject: 'x[0]', message: 'x[0] is bad' };
  const other: DraftRow = { family: 'x', subject: 'x[1]', message: 'x[1] is bad', start: 9 };
  const rows: readonly (readonly [string, readonly DraftRow[], ...string[]])[] = [
    ['become one, at the first', [one, other], 'a t1 certain recommended x[0]+x[1] x[0] is bad'],
    [
      'do not with another path',
      [one, { ...other, path: 'q' }],
      'a t1 certain recommended x[0] x[0] is bad',
      'a t9 certain recommended x[1] x[1] is bad',
    ],
    [
      'do not with another rule',
      [one, { ...other, rule: 'd' }],
      'a t1 certain recommended x[0] x[0] is bad',
      'd t9 certain recommended x[1] x[1] is bad',
    ],
    [
      'do not with another message',
      [one, { ...other, message: 'no' }],
      'a t1 certain recommended x[0] x[0] is bad',
      'a t9 certain recommended x[1] no',
    ],
    [
      'do not with another certainty',
      [one, { ...other, certainty: 'possible' }],
      'a t1 certain recommended x[0] x[0] is bad',
      'a t9 possible recommended x[1] x[1] is bad',
    ],
    [
      'do not in another scenario',
      [one, { ...other, when: [{ kind: 'exists', name: 'n', value: true }] }],
      'a t1 certain recommended x[0] x[0] is bad',
      'a t9 certain recommended x[1] x[1] is bad',
    ],
    [
      'do not with those of another family',
      [one, { ...other, family: 'y' }],
      'a t1 certain recommended x[0] x[0] is bad',
      'a t9 certain recommended x[1] x[1] is bad',
    ],
    [
      'do not in another document',
      [one, { ...other, doc: 'file:///s.yaml' }],
      'a s9 certain recommended x[1] x[1] is bad',
      'a t1 certain recommended x[0] x[0] is bad',
    ],
    [
      'do not when they are the resource itself',
      [
        { ...one, family: 'x[0]' },
        { ...other, family: 'x[1]' },
      ],
      'a t1 certain recommended x[0] x[0] is bad',
      'a t9 certain recommended x[1] x[1] is bad',
    ],
  ];
  for (const [what, drafts, ...expected] of rows) it(what, () => assert.deepEqual(lines(drafts), expected));
});

describe('the order', () => {
  const place: fc.Arbitrary<DraftRow> = fc.record({
    rule: fc.constantFrom('a', 'd'),
    doc: fc.constantFrom('file:///s.yaml', 'file:///t.yaml'),
    start: fc.nat(3),
    end: fc.constantFrom(7, 8),
    subject: fc.constant('A'),
  });

  it('is by document, place and rule, regardless of the order of reports', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(place, { selector: (one) => JSON.stringify(one) })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const order = (drafts: readonly DraftRow[]): readonly string[] =>
            settled(drafts.map(draft), RULES, () => true).map(
              ({ at, rule }) => `${at.doc} ${at.start} ${at.end} ${rule}`,
            );
          assert.deepEqual(order(shuffled), order(all));
          assert.deepEqual(order(all), order(all).toSorted());
        },
      ),
      { seed: 7 },
    );
  });
});

describe('a profile', () => {
  it('includes itself and the ones before it', () => {
    const included = PROFILES.map((run) => PROFILES.filter((of) => includesProfile(run, of)));
    assert.deepEqual(included, [['essential'], ['essential', 'recommended'], ['essential', 'recommended', 'strict']]);
  });
});

describe('findings that are known from an earlier version', () => {
  /** The most drafts whose values are made again in one step. */
  const mostInStep = (rows: readonly (DraftRow & Pick<Draft, 'severity'>)[]): number => {
    let [now, most] = [0, 0];
    const drafts = rows.map(({ severity, ...row }) => {
      const made = { ...draft(row), severity };
      return {
        ...made,
        actual: () => {
          now++;
          return made;
        },
      };
    });
    const steps = settling(drafts, RULES, () => true);
    for (let isDone = false; !isDone; now = 0) {
      isDone = steps.next().done === true;
      most = Math.max(most, now);
    }
    return most;
  };
  const many = <Row>(row: (start: number) => readonly Row[]): readonly Row[] =>
    Array.from({ length: 30 }, (_, index) => row(3 * index)).flat();

  it('have their values made again in a step each where they take over others', () => {
    const rows = many((start) => [
      { rule: 'a', start: start + 1, severity: 'high' as const },
      { rule: 'b', start, parts: [{ start: start + 1 }], severity: 'high' as const },
    ]);
    assert.equal(mostInStep(rows), 1);
  });

  it('have their values made again in few steps where they are at one place', () => {
    const rows = many((start) => [
      { start, severity: 'low' as const },
      { start, severity: 'high' as const },
    ]);
    assert.equal(mostInStep(rows), 2);
  });
});

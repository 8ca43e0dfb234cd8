/** Runs rules on a stack: which rule checks which subject, and the effect of a rule that fails. */
import assert from 'node:assert/strict';
import { spend } from '../../server/src/base/budget.ts';
import { Cancelled } from '../../server/src/engine/analysis.ts';
import type { Reported } from '../../server/src/engine/report.ts';
import type { Profile } from '../../server/src/model/finding.ts';
import { fixesOf } from '../../server/src/engine/fix.ts';
import { UNKNOWABLE, YES } from '../../server/src/model/judgement.ts';
import type { AnyRule, Report } from '../../server/src/rules/rule.ts';
import { checked, probe, type Look } from './probe.ts';

const TEXT = `Resources:
  A: {Type: AWS::EC2::Volume, Properties: {Encrypted: hunter2}}
  B: {Type: AWS::S3::Bucket}
  C: {Type: AWS::EC2::Volume, Properties: {Encrypted: hunter2}}
  D: {Type: AWS::EC2::Volume, Condition: Never, Properties: {Encrypted: hunter2}}
Conditions:
  Never: !Equals [a, b]
`;

const reports: Look = (resource) => [
  { violations: [{ wrong: YES, at: resource.self }], message: `saw ${resource.address}` },
];
const fails: Look = (resource) => {
  throw new Error(`hunter2 in ${resource.address}`);
};

/** Says one thing and fails before it can say the next. */
function* failsLate(resource: Parameters<Look>[0]): Iterable<Report> {
  yield* reports(resource, undefined as never);
  throw new Error('hunter2');
}

describe('the filtered reports of a rule', () => {
  const messagesOf = (
    reports: readonly ((resource: Parameters<Look>[0]) => Report)[],
    options: Partial<Reported>,
  ): readonly string[] => {
    const look: Look = (resource) => (resource.address === 'B' ? reports.map((report) => report(resource)) : []);
    return checked(TEXT, [probe({ 'AWS::S3::Bucket': look })], {
      reported: { profile: 'strict', certainty: 'possible', ...options },
    }).drafts.map(({ message, certainty }) => `${certainty} ${message}`);
  };
  const report =
    (message: string, profile: Profile, wrong = YES) =>
    ({ self: at }: Parameters<Look>[0]): Report => ({ violations: [{ wrong, at }], message, profile });
  const mild = report('mild', 'strict');
  const grave = report('grave', 'recommended');

  it('are all reports by default', () => {
    assert.deepEqual(messagesOf([mild, grave], {}), ['certain mild', 'certain grave']);
  });
  it('exclude findings of other profiles, and those behind them at the same place', () => {
    assert.deepEqual(messagesOf([mild, grave], { profile: 'recommended' }), []);
    assert.deepEqual(messagesOf([grave, mild], { profile: 'recommended' }), ['certain grave']);
  });
  it('include a certain finding behind a possible one', () => {
    assert.deepEqual(messagesOf([report('mild', 'strict', UNKNOWABLE), grave], { profile: 'recommended' }), [
      'certain grave',
    ]);
    assert.deepEqual(messagesOf([mild, report('grave', 'recommended', UNKNOWABLE)], { profile: 'recommended' }), []);
  });
  it('exclude possible findings if only certain ones are requested', () => {
    assert.deepEqual(messagesOf([report('mild', 'strict', UNKNOWABLE)], {}), ['possible Possible: mild']);
    assert.deepEqual(messagesOf([report('mild', 'strict', UNKNOWABLE)], { certainty: 'certain' }), []);
  });
});

describe('running rules', () => {
  it('calls a rule for the resources of its types that can exist', () => {
    const { drafts, calls, problems } = checked(TEXT, [
      probe({ 'AWS::EC2::Volume': reports }),
      probe({ 'AWS::S3::Bucket': reports, 'AWS::EC2::Volume': reports }, { id: 'both' }),
    ]);
    assert.deepEqual(
      drafts.map(({ rule, message }) => `${rule} ${message}`),
      ['probe saw A', 'both saw A', 'both saw B', 'probe saw C', 'both saw C'],
    );
    assert.equal(calls, 5);
    assert.deepEqual(problems, []);
  });

  it('reports a failing rule once, at the first place, without the text of the error', () => {
    const { drafts, problems, calls } = checked(TEXT, [
      probe({ 'AWS::EC2::Volume': fails }),
      probe({ 'AWS::EC2::Volume': reports }, { id: 'other' }),
    ]);
    assert.deepEqual(
      drafts.map(({ message }) => message),
      ['saw A', 'saw C'],
      'the others go on',
    );
    assert.deepEqual(
      problems.map(({ kind, message, at }) => [kind, message, TEXT.slice(at.start, at.end)]),
      [
        [
          'internal',
          'The rule probe failed on A and 1 more, so its findings may be missing. Please report this bug.',
          'A',
        ],
      ],
    );
    assert.equal(calls, 4);
  });

  it('continues with other places after a rule fails at one', () => {
    const { drafts, problems } = checked(TEXT, [
      probe({
        'AWS::EC2::Volume': (resource, context) =>
          resource.address === 'A' ? fails(resource, context) : reports(resource, context),
      }),
    ]);
    assert.deepEqual(
      drafts.map(({ message }) => message),
      ['saw C'],
    );
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['The rule probe failed on A, so its findings may be missing. Please report this bug.'],
    );
  });

  it('drops incomplete reports', () => {
    const { drafts, problems } = checked(TEXT, [probe({ 'AWS::S3::Bucket': failsLate })]);
    assert.deepEqual([drafts.length, problems.length], [0, 1]);
  });

  it('fails if a message, a judgement or a place fails', () => {
    const reports: readonly Report[] = [
      { violations: [{ wrong: YES, at: undefined as never }], message: 'x' },
      {
        violations: [
          {
            get wrong(): never {
              throw new Error('hunter2');
            },
            at: undefined as never,
          },
        ],
        message: 'x',
      },
      {
        violations: [
          {
            wrong: YES,
            at: {
              state: 'absent',
              open: false,
              origin: { use: { doc: 'file:///t.yaml', start: 0, end: 1 }, steps: [], edit: 'here' },
            },
          },
        ],
        message: () => {
          throw new Error('hunter2');
        },
      },
    ];
    for (const report of reports) {
      const { problems } = checked(TEXT, [probe({ 'AWS::S3::Bucket': () => [report] })]);
      assert.equal(problems.length, 1);
      assert.doesNotMatch(JSON.stringify(problems), /hunter2/);
    }
  });

  it('offers no fixes of a rule that fails while it proposes them', () => {
    const [draft] = checked(TEXT, [
      probe({
        'AWS::S3::Bucket': (bucket) => [
          {
            ...[...reports(bucket, undefined as never)][0]!,
            fixes: () => {
              throw new Error('hunter2');
            },
          },
        ],
      }),
    ]).drafts;
    assert.deepEqual(fixesOf(draft!), { fixes: [], refused: [] });
  });

  it('names no resource for a rule about the whole stack', () => {
    const { problems } = checked(TEXT, [
      {
        ...probe({}),
        on: 'stack',
        check: () => {
          throw new Error('hunter2');
        },
      } as never,
    ]);
    assert.deepEqual(
      problems.map(({ message, at }) => [message, at.start, at.end]),
      [['The rule probe failed, so its findings may be missing. Please report this bug.', 0, 0]],
    );
  });

  it('names no resource for a report of a stack rule without one', () => {
    const at = {
      state: 'absent',
      open: false,
      origin: { use: { doc: 'file:///t.yaml', start: 1, end: 3 }, steps: [], edit: 'none' },
    };
    const { drafts, problems } = checked(TEXT, [
      { ...probe({}), on: 'stack', check: () => [{ violations: [{ wrong: YES, at }], message: 'x' }] } as never,
    ]);
    assert.deepEqual(
      drafts.map(({ resource, resourceType, subjects, at: { start, end } }) => [
        resource,
        resourceType,
        subjects,
        start,
        end,
      ]),
      [[null, null, [], 1, 3]],
    );
    assert.deepEqual(problems, []);
  });

  it('stops between two calls when it is canceled', () => {
    let looks = 0;
    const count: Look = (resource, context) => {
      looks++;
      return reports(resource, context);
    };
    assert.throws(
      () => checked(TEXT, [probe({ 'AWS::EC2::Volume': count })], { cancelled: () => looks === 1 }),
      Cancelled,
    );
    assert.equal(looks, 1);
  });
});

describe('the rules that did not finish', () => {
  const long: Look = () => {
    for (;;) spend(1_000);
  };

  it('include none about what was checked before, or what the document does not have', () => {
    const onStack = (id: string, check: Look): AnyRule =>
      ({ ...probe({}, { id }), on: 'stack', check }) as unknown as AnyRule;
    const each = (of: (id: string) => AnyRule): readonly AnyRule[] =>
      Array.from({ length: 40 }, (_, index) => of(`long ${index}`));
    const others = [
      probe({ 'AWS::EC2::Volume': () => [] }, { id: 'about volumes' }),
      probe({ 'AWS::SQS::Queue': long }, { id: 'about queues' }),
      onStack('about the stack', () => []),
    ];
    const unfinishedOf = (rules: readonly AnyRule[]): readonly string[] =>
      [...checked(TEXT, [...others, ...rules]).unfinished].map(({ id }) => id).filter((id) => !id.startsWith('long '));
    assert.deepEqual(unfinishedOf(each((id) => onStack(id, long))), ['about the stack']);
    assert.deepEqual(unfinishedOf(each((id) => probe({ 'AWS::S3::Bucket': long }, { id }))), [
      'about volumes',
      'about the stack',
    ]);
  });

  it('include those whose call ended before the limit of all calls was reached', () => {
    const later = Array.from(
      { length: 40 },
      (_, index) => ({ ...probe({}, { id: `later ${index}` }), on: 'stack', check: long }) as unknown as AnyRule,
    );
    const { unfinished, unfinishedIn } = checked(TEXT, [probe({ 'AWS::S3::Bucket': long }), ...later]);
    const ids = [...unfinished].map(({ id }) => id);
    assert.deepEqual([ids.toSorted(), unfinishedIn], [[...later.map(({ id }) => id), 'probe'].toSorted(), []]);
  });
});

describe('the preparation of rule calls', () => {
  const ROLES = 'Resources:\n  A: {Type: AWS::IAM::Role}\n  B: {Type: AWS::IAM::Role}\n';
  /** A rule on identities whose calls are prepared, and another rule. */
  const rules = (preparing: () => Generator<void, void, undefined>): readonly AnyRule[] => [
    { ...probe({}), on: 'identity', preparing, check: () => [] } as unknown as AnyRule,
    { ...probe({}, { id: 'other' }), on: 'stack', check: () => [] } as unknown as AnyRule,
  ];

  it('does no more work than a call may, so that other rules are called', () => {
    let works = 0;
    const prepared = rules(function* () {
      for (; works < 100; works++) {
        spend(75_000);
        yield;
      }
    });
    const { unfinished, calls } = checked(ROLES, prepared);
    assert.deepEqual([[...unfinished], calls, works], [[], 3, 6]);
  });

  it('leaves the call to be made if it fails', () => {
    const prepared = rules(() => {
      throw new Error('hunter2');
    });
    assert.deepEqual(checked(ROLES, prepared).calls, 3);
  });

  it('stops when the analysis is canceled', () => {
    let works = 0;
    const prepared = rules(function* () {
      for (; works < 100; works++) yield;
    });
    assert.throws(() => checked(ROLES, prepared, { cancelled: () => works === 5 }), Cancelled);
    assert.equal(works, 5);
  });
});

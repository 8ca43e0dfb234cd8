/** Limits, failures and early ends of checks in parts: the same as of whole checks. */
import assert from 'node:assert/strict';
import { spend } from '../../server/src/base/budget.ts';
import { notingFailures } from '../../server/src/base/isolation.ts';
import { finished } from '../../server/src/base/steps.ts';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { buildingOnce, type BuildableStack } from '../../server/src/engine/analyzed-stacks.ts';
import { checkingSource } from '../../server/src/engine/check-parts.ts';
import { NO_PROGRESS, type Checked, type CheckOptions } from '../../server/src/engine/check.ts';
import type { Documents } from '../../server/src/engine/documents.ts';
import { withActualValues } from '../../server/src/engine/actual.ts';
import { placeTexts } from '../../server/src/engine/place-texts.ts';
import type { Draft } from '../../server/src/engine/report.ts';
import { builtStack } from '../../server/src/formats/format.ts';
import { YES } from '../../server/src/model/judgement.ts';
import type { PolicyDocument } from '../../server/src/model/policy.ts';
import type { AnyRule, Report } from '../../server/src/rules/rule.ts';
import { analysed } from './analysis.ts';
import { probe, type Look } from './probe.ts';

const role = (name: string): string => `  ${name}:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: all
          PolicyDocument: {Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]}
`;

const TEXT = `Resources:
  Bucket: {Type: AWS::S3::Bucket}
${role('One')}${role('Two')}`;

/** So many that the limit of all rule calls grows with them. */
const BUCKETS = `Resources:\n${Array.from({ length: 600 }, (_, index) => `  B${index}: {Type: AWS::S3::Bucket}\n`).join('')}`;

/** The result of rules for the template, in one part or in several. */
function checkedIn(
  parts: 'whole' | 'parts',
  rules: readonly AnyRule[],
  more: Pick<CheckOptions, 'expired'> = {},
  text = TEXT,
): Checked {
  let known: { documents: Documents; source: BuildableStack } | undefined;
  analysed(
    { 't.yaml': text },
    {
      rules: new Set(),
      built: ({ documents, stacks }) => {
        known = { documents, source: stacks[0]! };
      },
    },
  );
  const { documents, source } = known!;
  return finished(
    checkingSource(
      source,
      // Two shares of the policies.
      { documents, large: parts === 'whole' ? Infinity : text.length / 4 },
      {
        rules,
        options: {
          configuration: DEFAULT_CONFIGURATION,
          places: placeTexts(documents, () => [source.build().stack]),
          actions: () => undefined,
          iam: undefined,
          ...more,
        },
        progress: () => NO_PROGRESS,
      },
    ),
  );
}

type Check = (subject: never) => Iterable<Report>;

function ruleOn(on: AnyRule['on'], id: string, check: Check): AnyRule {
  return { ...probe({}, { id }), on, check, ...(on === 'policy' ? { matches: () => true } : {}) } as unknown as AnyRule;
}

const onBucket = (id: string, look: Look): AnyRule => probe({ 'AWS::S3::Bucket': look }, { id });

const report = (resource: Parameters<Look>[0], more: Partial<Report> = {}): Report => ({
  violations: [{ wrong: YES, at: resource.self }],
  message: `saw ${resource.address}`,
  ...more,
});

const messagesOf = (drafts: readonly Draft[]): readonly string[] => drafts.map(({ message }) => message);

/** Both results, as far as they are data. */
function both(rules: readonly AnyRule[], text?: string): readonly unknown[] {
  return (['whole', 'parts'] as const).map((parts) => {
    const { drafts, problems, unfinished, unfinishedIn, late, calls } = checkedIn(parts, rules, {}, text);
    return {
      drafts: messagesOf(drafts),
      problems,
      unfinished: [...unfinished].map(({ id }) => id),
      unfinishedIn,
      late,
      calls,
    };
  });
}

describe('a check in parts', () => {
  const none = (): readonly Report[] => [];

  it('that ends between two parts names the rules of the later one', () => {
    let time: 'left' | 'is asked for' | 'was asked for' | 'over' = 'left';
    const rules = [
      onBucket('on buckets', none),
      ruleOn('policy', 'on policies', none),
      ruleOn('identity', 'on identities', ({ resource }: { resource: { address: string } }) => {
        if (resource.address !== 'Two') return [];
        // The time is over before the next call, but not before the end of this one.
        time = 'is asked for';
        while (time === 'is asked for') spend();
        spend(500);
        time = 'over';
        return [];
      }),
      ruleOn('stack', 'on stacks', none),
    ];
    const expired = (): boolean => {
      if (time === 'is asked for') time = 'was asked for';
      return time === 'over';
    };
    const { unfinished, late } = checkedIn('parts', rules, { expired });
    assert.deepEqual([[...unfinished].map(({ id }) => id), late], [['on buckets', 'on stacks'], true]);
  });

  it('does not take the work for fixes from that of rules', () => {
    const rules = Array.from({ length: 20 }, (_, index) =>
      onBucket(`rule ${index}`, (bucket) => [
        report(bucket, {
          fixes: () => {
            spend(900_000);
            return [];
          },
        }),
      ]),
    );
    const [whole, parts] = both(rules);
    assert.deepEqual(parts, whole);
  });

  it('has the findings from before the limit of all rules was exceeded', () => {
    const rules = Array.from({ length: 40 }, (_, index) =>
      onBucket(`rule ${index}`, function* (bucket) {
        yield report(bucket, {
          message: `saw ${index}`,
          fixes: () => {
            spend();
            return [];
          },
        });
        for (;;) spend();
      }),
    );
    const [whole, parts] = both(rules);
    assert.deepEqual(parts, whole);
  });

  for (const [what, end] of Object.entries({
    'finds more': (): void => undefined,
    fails: (): never => {
      throw new Error('hunter2');
    },
  }))
    it(`has the findings from before the limit of a call that ${what} beyond it`, () => {
      const rule = ruleOn('stack', 'on stacks', function* ({ resources }: { resources: Parameters<Look>[0][] }) {
        yield report(resources[0]!);
        spend(300_000);
        end();
        yield report(resources[1]!);
      });
      const [whole, parts] = both([rule]);
      assert.deepEqual(parts, whole);
    });

  for (const [what, on] of Object.entries({ 'a resource': true, 'no resource': false }))
    it(`has findings about ${what} that follow from the work of many calls`, () => {
      const known = new WeakMap<object, Set<number>>();
      const work = (resource: object, index: number): void => {
        const done = known.get(resource) ?? new Set();
        known.set(resource, done.add(index));
      };
      const PIECES = 45;
      const piece = (resource: object, index: number): void => {
        if (!known.get(resource)?.has(index)) spend(200_000);
        work(resource, index);
      };
      const pieces = Array.from({ length: PIECES }, (_, index) =>
        probe(
          {
            'AWS::S3::Bucket': (bucket) => {
              if (bucket.address === 'B0') piece(bucket, index);
              return [];
            },
          },
          { id: `piece ${index}` },
        ),
      );
      const rule = ruleOn('stack', 'on stacks', ({ resources: [first] }: { resources: Parameters<Look>[0][] }) => {
        for (let index = 0; index < PIECES; index++) piece(first!, index);
        return [{ ...report(first!), ...(on ? { resource: first! } : {}) }];
      });
      const [whole, parts] = both([...pieces, rule], BUCKETS);
      assert.deepEqual(parts, whole);
    });

  it('does not report failures of fixes, which are computed when they are shown', () => {
    const rule = onBucket('on buckets', (bucket) => [
      report(bucket, {
        fixes: () => {
          throw new Error('hunter2');
        },
      }),
    ]);
    assert.deepEqual(
      notingFailures(() => checkedIn('parts', [rule]).drafts.length),
      { value: 1, failures: [] },
    );
  });

  it('has a finding about which something fails that may not be shown', () => {
    const rule = onBucket('on buckets', (bucket) => [
      report(bucket, {
        decidedBy: () => {
          throw new Error('hunter2');
        },
      }),
    ]);
    const [whole, parts] = both([rule]);
    assert.deepEqual(parts, whole);
  });
});

describe('a check in parts of a template of many repetitions', () => {
  /** Repeats some more than half as many nodes as a template can, in each of some resources. */
  const repeating = (buckets: number): string => {
    const level = (name: string, of: string, more = ''): string =>
      `  ${name}: &${name} {X: [${Array.from({ length: 50 }, () => of).join(', ')}]${more}}\n`;
    const statement = `, Statement: [{Effect: Allow, Action: '*', Resource: '*'}]`;
    const resource = (name: string, type: string): string =>
      `  ${name}: {Type: ${type}, Properties: {PolicyDocument: {<<: *C}}}\n`;
    const all = Array.from({ length: buckets }, (_, index) => resource(`Bucket${index}`, 'AWS::S3::Bucket')).join('');
    return `Metadata:\n${level('A', 'a')}${level('B', '*A')}${level('C', '*B', statement)}Resources:\n${all}${resource('Policy', 'AWS::IAM::ManagedPolicy')}`;
  };
  const rules = [
    onBucket('on buckets', (bucket) => [
      { violations: [{ wrong: YES, at: bucket.get('PolicyDocument.Statement') }], message: `saw ${bucket.address}` },
    ]),
    ruleOn('policy', 'on policies', ({ statements }: PolicyDocument) =>
      statements.map(({ actions: at }) => ({ violations: [{ wrong: YES, at }], message: 'saw a policy' })),
    ),
  ];

  const seenIn = (how: 'whole' | 'parts', buckets: number): readonly unknown[] =>
    checkedIn(how, rules, {}, repeating(buckets)).drafts.map((draft) => {
      const { place, message } = withActualValues(draft);
      return [draft.message, message, place.violation.at.state];
    });
  const bucket = (index: number, state = 'list'): readonly string[] => {
    const message = `saw Bucket${index}`;
    return [message, message, state];
  };

  it('has the values of each part', () => {
    assert.deepEqual(seenIn('whole', 1), [bucket(0)]);
    assert.deepEqual(seenIn('parts', 1), [bucket(0), ['saw a policy', 'saw a policy', 'known']]);
  });

  it('has the findings of a whole check if a part exceeds the limit', () => {
    const whole = seenIn('whole', 2);
    assert.deepEqual(whole, [bucket(0), bucket(1, 'absent')]);
    assert.deepEqual(seenIn('parts', 2), whole);
  });
});

describe('a stack that is built in steps', () => {
  it('is one stack if it is needed while it is built', () => {
    const [source] = buildingOnce([
      {
        documents: [],
        dependencies: [],
        incomplete: [],
        *building() {
          yield;
          return builtStack({} as never);
        },
      },
    ]);
    const steps = [source!.building(), source!.building()];
    for (const one of steps) one.next();
    const built = source!.build();
    assert.deepEqual(
      steps.map((one) => one.next().value === built),
      [true, true],
    );
    assert.equal(source!.build(), built);
  });
});

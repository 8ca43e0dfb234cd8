/**
 * The permissions after fixes of policies, by an independent evaluator over AWS actions and the ARNs that requests for
 * them can have.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lowerFix } from '../../server/src/engine/fix.ts';
import { applyEdits } from '../../server/src/fixes/merge.ts';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { carriersByType, type PolicyLocations } from '../../server/src/formats/policy-locations.ts';
import type { Leaf } from '../../server/src/model/value.ts';
import { actionPattern, type ServiceActions } from '../../server/src/policy/data/action.ts';
import { collapsed } from '../../server/src/policy/statement/collapse.ts';
import { mergedStatements } from '../../server/src/policy/narrowing/merge-statements.ts';
import { readActions, split } from '../../server/src/policy/statement/split-statement.ts';
import { serviceActions, type ServiceData } from '../../server/src/policy/data/service-actions.ts';
import { patternsFor, shorterActions } from '../../server/src/policy/statement/shorter.ts';
import { RULES as rules } from '../../server/src/rules/index.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { prepareCase } from '../kit/run-fixture.ts';
import { applyFix } from '../kit/read-back.ts';
import { data } from '../schemas/data.ts';
import { ALL_LINKS } from '../kit/all-links.ts';
import { runs } from '../kit/runs.ts';

const read = new Map<string, ServiceActions>();

function actionsOf(service: string): ServiceActions {
  let actions = read.get(service);
  if (!actions) read.set(service, (actions = serviceActions(service, data<ServiceData>(`iam/services/${service}`))));
  return actions;
}

const SERVICES = [
  's3',
  'dynamodb',
  'sqs',
  'sns',
  'kms',
  'lambda',
  'secretsmanager',
  'logs',
  'ec2',
  'ecr',
  'iam',
  'events',
  'states',
  'cloudwatch',
] as const;

// ---- What a policy allows: by regular expressions over the text, as the page about the elements says, and nothing of
// the code under test.

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
interface PolicyStatement {
  readonly Effect: string;
  readonly Action: Json;
  readonly Resource: Json;
  readonly Condition?: Json;
}

function formOf(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  );
}

function several(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

/** The resources of the templates below, as CloudFormation would put them in. */
const ARNS: Readonly<Record<string, string>> = {
  Orders: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
  Other: 'arn:aws:dynamodb:eu-west-1:111122223333:table/other',
  Bucket: 'arn:aws:s3:::bucket',
  Jobs: 'arn:aws:sqs:eu-west-1:111122223333:jobs',
  Topic: 'arn:aws:sns:eu-west-1:111122223333:topic',
  Key: 'arn:aws:kms:eu-west-1:111122223333:key/1',
  Group: 'arn:aws:logs:eu-west-1:111122223333:log-group:app:*',
};
const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::AccountId': '111122223333',
};

function text(value: Json): string {
  if (typeof value === 'string') return value;
  const [[call, argument] = ['', null]] = Object.entries(value as Record<string, Json>);
  if (call === 'Ref') return PSEUDO[argument as string] ?? ARNS[argument as string]!;
  if (call === 'Fn::GetAtt') return ARNS[(argument as readonly string[])[0]!]!;
  return (argument as string).replace(
    /\$\{([^}]*)\}/g,
    (_, name: string) => PSEUDO[name] ?? ARNS[name.split('.')[0]!]!,
  );
}

interface RequestSpace {
  readonly actions: readonly string[];
  readonly arns: readonly string[];
}

/** The pairs of action and resource that some statements allow, each with the conditions of the statement. */
function allowed(statements: readonly PolicyStatement[], { actions, arns }: RequestSpace): ReadonlySet<string> {
  const pairs = new Set<string>();
  const chosen = (texts: readonly string[], patterns: Json): readonly string[] => {
    const forms = several(patterns).map((one) => formOf(text(one)));
    return texts.filter((one) => forms.some((form) => form.test(one)));
  };
  for (const { Effect, Action, Resource, Condition } of statements) {
    if (Effect !== 'Allow') continue;
    const resources = chosen(arns, Resource);
    // The conditions of all statements here are the same or none.
    for (const action of chosen(
      actions,
      several(Action).map((one) => text(one).toLowerCase()),
    ))
      for (const arn of resources) pairs.add(`${action} ${arn} ${Condition ? 'if' : ''}`);
  }
  return pairs;
}

/** How many resource types of a service are asked for. */
const MOST_TYPES = 8;

/**
 * The actions of some services, and resources: those of the stack, some of the types of these services in two accounts,
 * and none.
 */
function actionsAtRisk(services: readonly string[]): RequestSpace {
  const forms = services.flatMap((service) => {
    const all = actionsOf(service).resourceTypes.map(({ arn }) => arn);
    const step = Math.max(1, Math.floor(all.length / MOST_TYPES));
    return all.filter((_, index) => index % step === 0);
  });
  const one = (account: string): readonly string[] =>
    forms.map((form) =>
      form
        .replaceAll('${Partition}', 'aws')
        .replaceAll('${Region}', 'eu-west-1')
        .replaceAll('${Account}', account)
        .replace(/\$\{[^}]*\}/g, 'thing')
        .replaceAll('*', 'x'),
    );
  return {
    actions: services.flatMap((service) =>
      actionsOf(service).actions.map(({ name }) => `${service}:${name}`.toLowerCase()),
    ),
    arns: [
      ...new Set([
        ...Object.values(ARNS),
        `${ARNS['Bucket']!}/key`,
        `${ARNS['Orders']!}/index/by-name`,
        ...one('111122223333'),
        ...one('444455556666'),
        '*',
      ]),
    ],
  };
}

// ---- Documents

const service = fc.constantFrom(...SERVICES);

/** Actions of which rules about identities speak: they read data, get credentials, decide on access. */
const risky = fc.constantFrom(
  's3:GetObject',
  's3:PutBucketPolicy',
  'dynamodb:GetItem',
  'dynamodb:Put*',
  'secretsmanager:GetSecretValue',
  'sqs:ReceiveMessage',
  'sqs:AddPermission',
  'kms:CreateGrant',
  'iam:CreateAccessKey',
  'ecr:GetAuthorizationToken',
);

/** A name, the beginning of one with a star, a star in the middle or the whole service. */
const anyOf = service.chain((name) => {
  const names = actionsOf(name).actions.map((action) => action.name);
  const one = fc.constantFrom(...names);
  return fc
    .oneof(
      { weight: 4, arbitrary: one },
      { weight: 3, arbitrary: fc.tuple(one, fc.nat(12)).map(([whole, length]) => `${whole.slice(0, length + 1)}*`) },
      { weight: 1, arbitrary: one.map((whole) => `*${whole.slice(-4)}`) },
      { weight: 2, arbitrary: fc.constant('*') },
    )
    .map((action) => `${name}:${action}`);
});

const pattern = fc.oneof({ weight: 3, arbitrary: anyOf }, { weight: 1, arbitrary: risky });

const resource: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  '*',
  '*',
  '*',
  'arn:aws:s3:::bucket',
  'arn:aws:s3:::bucket/*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::*/*',
  'arn:aws:dynamodb:*:*:table/*',
  'arn:aws:sqs:eu-west-1:111122223333:jobs',
  'arn:aws:logs:*:*:log-group:app:*',
  { 'Fn::GetAtt': ['Orders', 'Arn'] },
  { 'Fn::Sub': '${Bucket.Arn}/*' },
  { 'Fn::GetAtt': ['Jobs', 'Arn'] },
  { Ref: 'Topic' },
  { 'Fn::Sub': 'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*' },
);

const statement: fc.Arbitrary<PolicyStatement> = fc.record(
  {
    Sid: fc.constantFrom('One', 'OneOnAll', 'Two'),
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    Action: fc.oneof(pattern, fc.uniqueArray(pattern, { minLength: 1, maxLength: 5 })),
    Resource: fc.oneof(
      resource,
      fc.uniqueArray(resource, { minLength: 1, maxLength: 3, selector: (one) => JSON.stringify(one) }),
    ),
    Condition: fc.constant({ StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } }),
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
);

/** One of which rules about identities have something to say. */
const ofIdentity: fc.Arbitrary<PolicyStatement> = fc.record({
  Effect: fc.constant('Allow'),
  Action: fc.oneof(risky, fc.uniqueArray(risky, { minLength: 1, maxLength: 2 })),
  Resource: fc.oneof(
    resource,
    fc.uniqueArray(resource, { minLength: 1, maxLength: 3, selector: (one) => JSON.stringify(one) }),
  ),
});

const stack = fc.subarray(['Orders', 'Other', 'Bucket', 'Jobs', 'Topic', 'Key', 'Group']);

const TYPES: Readonly<Record<string, string>> = {
  Orders: 'AWS::DynamoDB::Table',
  Other: 'AWS::DynamoDB::Table',
  Bucket: 'AWS::S3::Bucket',
  Jobs: 'AWS::SQS::Queue',
  Topic: 'AWS::SNS::Topic',
  Key: 'AWS::KMS::Key',
  Group: 'AWS::Logs::LogGroup',
};

function template(resources: readonly string[], statements: Json): string {
  return JSON.stringify(
    {
      Resources: {
        ...Object.fromEntries(resources.map((name) => [name, { Type: TYPES[name] }])),
        Policy: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: { PolicyDocument: { Version: '2012-10-17', Statement: statements } },
        },
      },
    },
    null,
    2,
  );
}

function statementsOf(written: string): readonly PolicyStatement[] {
  const { Resources } = JSON.parse(written) as {
    Resources: {
      Policy: { Properties: { PolicyDocument: { Statement: PolicyStatement | readonly PolicyStatement[] } } };
    };
  };
  const { Statement } = Resources.Policy.Properties.PolicyDocument;
  return Array.isArray(Statement) ? Statement : [Statement as PolicyStatement];
}

/** What every fix of a rule leaves of a template. */
function fixed(rule: AnyRule, written: string): readonly { readonly title: string; readonly after: string }[] {
  const it = prepareCase(rule, [{ path: 'template.json', text: written }]);
  return it.analysis.documents.flatMap(({ findings }) =>
    findings.flatMap(({ fixes }) =>
      fixes.map((fix) => ({ title: fix.title, after: [...applyFix(it.reader, fix).values()][0]! })),
    ),
  );
}

function servicesOf(statements: readonly PolicyStatement[]): readonly string[] {
  return [
    ...new Set(statements.flatMap(({ Action }) => several(Action).map((one) => actionPattern(text(one))!.service))),
  ];
}

/** What is left of a template whose policy says the same in fewer words. */
function shortened(written: string): readonly { readonly title: string; readonly after: string }[] {
  const { stack: made } = templateStack({
    tree: parse('file:///t.json', written),
    format: 'cloudformation',
    carriers: CARRIERS,
    linksOf: ALL_LINKS,
    generated: false,
  });
  return made.policies.flatMap((policy) =>
    shorterActions(policy, actionsOf).map((fix) => {
      const lowered = lowerFix(fix, policy.value as Leaf);
      assert.ok('edits' in lowered, JSON.stringify(lowered));
      return { title: fix.title, after: applyEdits(written, lowered.edits) };
    }),
  );
}

/** Statements, and beside them some that differ from one of them in one list. */
const alike: fc.Arbitrary<readonly PolicyStatement[]> = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .chain((some) => {
    const unnamed = some.map(
      ({ Sid: _, ...rest }: PolicyStatement & { readonly Sid?: string }): PolicyStatement => rest,
    );
    const list = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> => fc.array(one, { minLength: 1, maxLength: 3 });
    const other = fc.constantFrom(...unnamed).chain((one) =>
      fc.oneof(
        list(pattern).map((Action): PolicyStatement => ({ ...one, Action })),
        list(resource).map((Resource): PolicyStatement => ({ ...one, Resource })),
        pattern.map((Action): PolicyStatement => ({ ...one, Action })),
        resource.map((Resource): PolicyStatement => ({ ...one, Resource })),
        // What differs in more stays apart.
        fc
          .tuple(pattern, fc.constantFrom('Allow', 'Deny'))
          .map(([Action, Effect]): PolicyStatement => ({ ...one, Action, Effect })),
        fc.tuple(pattern, resource).map(([Action, Resource]): PolicyStatement => ({ ...one, Action, Resource })),
      ),
    );
    return fc
      .array(other, { minLength: 1, maxLength: 4 })
      .chain((others) => fc.shuffledSubarray([...unnamed, ...others], { minLength: 2 }));
  });

/** What is left of a template whose statements are put together, and how many edits that took. */
function merged(written: string): readonly { readonly title: string; readonly after: string }[] {
  const { stack: made } = templateStack({
    tree: parse('file:///t.json', written),
    format: 'cloudformation',
    carriers: CARRIERS,
    linksOf: ALL_LINKS,
    generated: false,
  });
  return made.policies.flatMap((policy) =>
    mergedStatements(policy, made).map((fix) => {
      const lowered = lowerFix(fix, policy.value as Leaf);
      assert.ok('edits' in lowered, JSON.stringify(lowered));
      return { title: fix.title, after: applyEdits(written, lowered.edits) };
    }),
  );
}

const CARRIERS = carriersByType(data<PolicyLocations>('iam/locations'));

const NARROWING = [
  'iam-policy-service-wildcard-action',
  'iam-policy-wildcard-resource',
  'iam-policy-passrole-wildcard',
  'iam-identity-credentials-exposure',
  'iam-identity-data-exfiltration',
  'iam-identity-permissions-management',
];
/** Rules that find little in statements at random. */
const SELDOM: ReadonlySet<string> = new Set(['iam-policy-passrole-wildcard', 'iam-identity-credentials-exposure']);
const SAME = ['iam-policy-redundant-entry', 'iam-policy-duplicate-statement'];

describe('fixes of policies', function () {
  this.timeout(runs(120_000));

  for (const rule of rules.filter(({ id }) => NARROWING.includes(id))) {
    it(`of ${rule.id} allow a subset of the previous requests`, () => {
      let tried = 0;
      fc.assert(
        fc.property(
          stack,
          fc.array(rule.on === 'identity' ? ofIdentity : statement, { minLength: 1, maxLength: 3 }),
          fc.boolean(),
          (resources, several_, alone) => {
            const needed = [
              ...resources,
              ...['Orders', 'Bucket', 'Jobs', 'Topic'].filter(
                (name) => !resources.includes(name) && JSON.stringify(several_).includes(name),
              ),
            ];
            const statements = alone ? several_[0]! : several_;
            const before = template(needed, statements as unknown as Json);
            const actions = actionsAtRisk(servicesOf(statementsOf(before)));
            const was = allowed(statementsOf(before), actions);
            for (const { title, after } of fixed(rule, before)) {
              tried++;
              const more = [...allowed(statementsOf(after), actions)].filter((pair) => !was.has(pair));
              assert.deepEqual(more.slice(0, 3), [], `${title} allows more:\n${before}\n${after}`);
            }
          },
        ),
        { numRuns: runs(100) },
      );
      if (SELDOM.has(rule.id)) return;
      assert.ok(tried > 10, `${tried} fixes were tried`);
    });
  }

  for (const { actions, drops } of [
    { actions: ['dynamodb:Delete*'], drops: '(removes 1 action)' },
    { actions: ['dynamodb:Delete*', 'sqs:SendMessage'], drops: '(and queue Jobs; removes 1 action)' },
  ]) {
    it(`state how many actions are no longer allowed: ${actions.join(' and ')}`, () => {
      const [title] = fixed(
        rules.find(({ id }) => id === 'iam-policy-wildcard-resource')!,
        template(['Orders', 'Jobs'], [{ Effect: 'Allow', Action: actions, Resource: '*' }]),
      ).map((fix) => fix.title);
      assert.equal(title!.slice(title!.indexOf('(')), drops);
    });
  }

  for (const { name, fixes } of [
    ...rules
      .filter(({ id }) => SAME.includes(id))
      .map((rule) => ({ name: `of ${rule.id}`, fixes: (written: string) => fixed(rule, written) })),
    { name: 'that make it shorter', fixes: shortened },
  ]) {
    it(`${name} allow exactly the previous requests`, () => {
      fc.assert(
        fc.property(stack, fc.array(statement, { minLength: 1, maxLength: 3 }), (resources, statements) => {
          const needed = [...new Set([...resources, 'Orders', 'Bucket', 'Jobs', 'Topic'])];
          const before = template(needed, statements as unknown as Json);
          const actions = actionsAtRisk(servicesOf(statementsOf(before)));
          for (const { title, after } of fixes(before)) {
            assert.deepEqual(
              [...allowed(statementsOf(after), actions)].sort(),
              [...allowed(statementsOf(before), actions)].sort(),
              `${title}\n${before}\n${after}`,
            );
          }
        }),
        { numRuns: runs(30) },
      );
    });
  }
});

describe('statements', () => {
  it('that are merged allow and deny exactly the same requests as before', function () {
    this.timeout(runs(120_000));
    let tried = 0;
    const allowedIn = (statements: readonly PolicyStatement[], space: RequestSpace): readonly string[] =>
      (['Allow', 'Deny'] as const)
        .flatMap((effect) =>
          [
            ...allowed(
              statements.filter(({ Effect }) => Effect === effect).map((one) => ({ ...one, Effect: 'Allow' })),
              space,
            ),
          ].map((pair) => `${effect} ${pair}`),
        )
        .sort();
    fc.assert(
      fc.property(alike, (statements) => {
        const before = template(Object.keys(TYPES), statements as unknown as Json);
        const actions = actionsAtRisk(servicesOf(statementsOf(before)));
        for (const { title, after } of merged(before)) {
          tried++;
          assert.ok(statementsOf(after).length < statements.length, `${title}\n${before}\n${after}`);
          assert.deepEqual(
            allowedIn(statementsOf(after), actions),
            allowedIn(statementsOf(before), actions),
            `${title}\n${before}\n${after}`,
          );
        }
      }),
      { numRuns: runs(50) },
    );
    assert.ok(tried > 20, `${tried} fixes were tried`);
  });

  it('that are split allow together the same requests as before', () => {
    fc.assert(
      fc.property(fc.uniqueArray(pattern, { minLength: 1, maxLength: 6 }), (written) => {
        const halves = split(readActions(written, actionsOf)!);
        if (!halves) return;
        const actions = actionsAtRisk([...new Set(written.map((one) => one.split(':')[0]!))]);
        const whole: PolicyStatement = { Effect: 'Allow', Action: written, Resource: '*' };
        const parts: readonly PolicyStatement[] = [halves.limited, halves.unlimited].map((Action) => ({
          Effect: 'Allow',
          Action,
          Resource: '*',
        }));
        assert.deepEqual([...allowed(parts, actions)].sort(), [...allowed([whole], actions)].sort());
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('collapsed actions', () => {
  const matched = (of: ServiceActions, patterns: readonly string[]): readonly string[] =>
    of.actions
      .map(({ name }) => name)
      .filter((name) => patterns.some((one) => formOf(one.toLowerCase()).test(name.toLowerCase())));

  it('are exactly the given actions, with no more patterns', () => {
    fc.assert(
      fc.property(
        service.chain((name) =>
          fc.tuple(fc.constant(name), fc.subarray(actionsOf(name).actions.map((action) => action.name))),
        ),
        ([name, names]) => {
          const patterns = collapsed(actionsOf(name), names);
          assert.deepEqual(matched(actionsOf(name), patterns), names);
          assert.ok(patterns.length <= names.length);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it('are those that a pattern was expanded to', () => {
    fc.assert(
      fc.property(pattern, (written) => {
        const { service: name, name: action } = actionPattern(written)!;
        const expanded = actionsOf(name)
          .matching(action)
          .map((one) => one.name);
        assert.deepEqual(
          matched(actionsOf(name), collapsed(actionsOf(name), expanded)),
          matched(actionsOf(name), [action]),
        );
      }),
      { numRuns: 500 },
    );
  });

  for (const { of, names, patterns } of [
    { of: 'sqs', names: 'every', patterns: ['*'] },
    { of: 'sqs', names: ['GetQueueUrl', 'getqueueattributes'], patterns: ['Get*'] },
    { of: 's3', names: ['GetObject'], patterns: ['GetObject'] },
    { of: 's3', names: ['NotThere', 'GetObject'], patterns: ['GetObject', 'NotThere'] },
    { of: 'sqs', names: [], patterns: [] },
  ]) {
    it(`of ${of}, ${String(names)}, are ${patterns.join(', ')}`, () => {
      assert.deepEqual(
        collapsed(
          actionsOf(of),
          names === 'every' ? actionsOf(of).actions.map(({ name }) => name) : (names as readonly string[]),
        ),
        patterns,
      );
    });
  }

  it('have no patterns if one of them is unknown', () => {
    assert.equal(patternsFor('sqs', ['sqs:SendMesage'], actionsOf), undefined);
    assert.deepEqual(patternsFor('sqs', ['sqs:Get*', 'sqs:GetQueueUrl'], actionsOf), ['sqs:Get*']);
  });
});

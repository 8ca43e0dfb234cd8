import assert from 'node:assert/strict';
import { directory, EVERYTHING, found, stackOf, valuesAt } from './terraform-stack.ts';
import { leaves, member, itemsOf } from '../../server/src/model/navigate.ts';
import { shown } from '../../server/src/model/shown.ts';
import type { Truth } from '../../server/src/base/guard.ts';
import type { Value } from '../../server/src/model/value.ts';
import { UNREADABLE } from '../kit/memory-reader.ts';

type Body = Readonly<Record<string, unknown>>;

/** A directory in which the policy of a user is the document `d`; `more` has other documents and blocks. */
function files(d: Body, documents: Body = {}, more: Body = {}): Body {
  return {
    'main.tf.json': {
      data: { aws_iam_policy_document: { d, ...documents } },
      resource: { aws_iam_user_policy: { p: { user: 'u', policy: '${data.aws_iam_policy_document.d.json}' } } },
      ...more,
    },
  };
}

/**
 * What a policy says: objects and lists in JSON's signs without quotes; `?` before what need not be there, `…` where
 * there may be more.
 */
function written(value: Value): string {
  const all = leaves(value).map(({ guard, value: leaf }) => {
    const when = guard
      .describe()
      .map((term) => ` when ${term.name}=${String(term.value)}`)
      .join('');
    switch (leaf.state) {
      case 'object':
        return `{${[...leaf.entries.map((entry) => `${there(entry.when)}${entry.key}: ${written(entry.value)}`), ...(leaf.open ? ['…'] : [])].join(', ')}}${when}`;
      case 'list':
        return `[${[...leaf.items.map((item) => `${there(item.when)}${written(item.value)}`), ...(leaf.open ? ['…'] : [])].join(', ')}]${when}`;
      default:
        return `${shown(leaf)}${when}`;
    }
  });
  return all.join(' | ');
}

function there({ yes }: Truth): string {
  if (yes.isAlways()) return '';
  return yes.satisfiable()
    ? `(when ${yes
        .describe()
        .map((term) => `${term.name}=${String(term.value)}`)
        .join(' ')}) `
    : '?';
}

/** The statements of the policy of the user. */
function statements(...args: Parameters<typeof files>): readonly string[] {
  const policy = stackOf(files(...args)).resources[0]!.policies().documents[0]!;
  const { items, complete } = itemsOf(member(policy.value, 'Statement'), true);
  return [
    ...items.map(({ value, when }) => `${there(when)}${written(value)}`),
    ...(complete.yes.isAlways() ? [] : ['…']),
  ];
}

describe('the statements of aws_iam_policy_document', () => {
  const blocks: readonly (readonly [name: string, block: Body, statement: string])[] = [
    ['nothing', {}, '{Effect: Allow}'],
    [
      'lists of texts',
      { sid: 'A', effect: 'Deny', actions: ['a:B', 'c:D'], resources: ['*'] },
      '{Sid: A, Effect: Deny, Action: [a:B, c:D], Resource: [*]}',
    ],
    [
      'what is left out',
      { effect: null, not_actions: ['a:B'], not_resources: ['r'], actions: [], resources: null },
      '{Effect: Allow, NotAction: [a:B], NotResource: [r], Action: not set, Resource: not set}',
    ],
    ['anyone', { principals: { type: '*', identifiers: ['*'] } }, '{Principal: *, Effect: Allow}'],
    ['every account', { principals: [{ type: 'AWS', identifiers: ['*'] }] }, '{Principal: {AWS: [*]}, Effect: Allow}'],
    [
      'principals of several kinds',
      {
        principals: [
          { type: 'AWS', identifiers: ['1'] },
          { type: 'Service', identifiers: ['s'] },
          { type: 'AWS', identifiers: ['2'] },
        ],
      },
      '{Principal: {AWS: [1, 2], Service: [s]}, Effect: Allow}',
    ],
    [
      'a star among principals of other kinds',
      {
        principals: [
          { type: '*', identifiers: ['*'] },
          { type: 'Service', identifiers: ['s'] },
        ],
      },
      '{Principal: {*: [*], Service: [s]}, Effect: Allow}',
    ],
    [
      'all but some',
      { not_principals: { type: 'AWS', identifiers: ['1'] } },
      '{NotPrincipal: {AWS: [1]}, Effect: Allow}',
    ],
    // No block is no element.
    ['no principals', { principals: [] }, '{Effect: Allow}'],
    [
      'one condition',
      { condition: { test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] } },
      '{Condition: {Bool: {aws:SecureTransport: false}}, Effect: Allow}',
    ],
    [
      'conditions',
      {
        condition: [
          { test: 'A', variable: 'k', values: ['1'] },
          { test: 'B', variable: 'k', values: ['2', '3'] },
          { test: 'A', variable: 'l', values: ['4'] },
          { test: 'A', variable: 'k', values: ['5'] },
        ],
      },
      '{Condition: {A: {k: [1, 5], l: 4}, B: {k: [2, 3]}}, Effect: Allow}',
    ],
    [
      'variables of policies',
      {
        actions: ['a:&{x}'],
        resources: ['a/&{aws:username}', 'b/$${aws:username}', 'c/${aws_iam_user_policy.p.id}/&{x}'],
        condition: { test: 'A', variable: 'k', values: ['&{aws:username}'] },
        principals: { type: 'AWS', identifiers: ['&{x}', 'y'] },
      },
      '{Action: [a:&{x}], Resource: [a/${aws:username}, b/${aws:username}, c/…/${x}], Condition: {A: {k: ${aws:username}}}, Principal: {AWS: [${x}, y]}, Effect: Allow}',
    ],
    [
      'what is not known',
      {
        effect: '${var.e}',
        actions: '${var.a}',
        principals: { type: '${var.t}', identifiers: ['*'] },
        condition: { test: '${var.t}', variable: 'k', values: ['v'] },
      },
      '{Effect: an unknown value, Action: an unknown value, Principal: {…}, Condition: {…}}',
    ],
    [
      'identifiers that are not known',
      { principals: { type: 'AWS', identifiers: '${var.a}' } },
      '{Principal: {AWS: an unknown value}, Effect: Allow}',
    ],
  ];
  for (const [name, block, statement] of blocks)
    it(`have ${name}`, () => {
      const all = { variable: { e: {}, a: {}, t: {} } };
      assert.deepEqual(statements({ statement: [block] }, {}, all), [statement]);
      assert.deepEqual(statements({ statement: block }, {}, all), [statement], 'a block that is written as an object');
    });

  it('depend on the scenario where their arguments do', () => {
    const open = { variable: { open: { type: 'bool', default: false } } };
    assert.deepEqual(
      statements({ statement: { principals: { type: '${var.open ? "*" : "AWS"}', identifiers: ['*'] } } }, {}, open),
      [
        '{Principal: * when var.open=true | {(when var.open=true) *: [*], (when var.open=false) AWS: [*]} when var.open=false, Effect: Allow}',
      ],
    );
  });

  it('are there for each member of what a dynamic block goes over', () => {
    const each = (over: unknown): Body => ({
      dynamic: { statement: { for_each: over, content: { actions: ['${statement.value}'] } } },
    });
    assert.deepEqual(statements(each(['a:B', 'c:D'])), [
      '{Action: [a:B], Effect: Allow}',
      '{Action: [c:D], Effect: Allow}',
    ]);
    // A statement of which nothing is known is one of those that may be there.
    assert.deepEqual(statements(each('${var.x}'), {}, { variable: { x: {} } }), ['…']);
    assert.deepEqual(
      statements(
        { dynamic: { statement: { for_each: '${var.x}', content: { actions: ['a:B', '${statement.value}'] } } } },
        {},
        { variable: { x: {} } },
      ),
      ['?{Action: [a:B, an unknown value], Effect: Allow}', '…'],
    );
    assert.deepEqual(
      statements(each('${var.on ? ["a:B"] : []}'), {}, { variable: { on: { type: 'bool', default: false } } }),
      ['(when var.on=true) {Action: [a:B], Effect: Allow}'],
    );
    const within = (over: unknown): Body => ({
      statement: {
        actions: ['a:B'],
        dynamic: {
          condition: { for_each: over, content: { test: 'Bool', variable: 'k', values: ['${condition.value}'] } },
        },
      },
    });
    assert.deepEqual(statements(within(['x'])), ['{Action: [a:B], Condition: {Bool: {k: x}}, Effect: Allow}']);
    assert.deepEqual(statements(within([])), ['{Action: [a:B], Effect: Allow}']);
  });
});

describe('the elements that dynamic blocks make', () => {
  const all = { variable: { on: { type: 'bool' }, x: {}, some: { default: [] } } };
  const one = (dynamic: Body, more: Body = {}): string =>
    statements({ statement: { actions: ['a:B'], dynamic, ...more } }, {}, all)
      .join(' ')
      .replace('{Action: [a:B], ', '')
      .replace(/,? ?Effect: Allow}$/, '');
  const account = (for_each: unknown): Body => ({ for_each, content: { type: 'AWS', identifiers: ['1'] } });
  const star = (for_each: unknown): Body => ({ for_each, content: { type: '*', identifiers: ['*'] } });
  const condition = (for_each: unknown): Body => ({
    for_each,
    content: { test: 'Bool', variable: 'k', values: ['v'] },
  });

  const cases: readonly (readonly [name: string, said: string, expected: string])[] = [
    [
      'are there where there is a member',
      one({ principals: account([1]), not_principals: account([]) }),
      'Principal: {AWS: [1]}',
    ],
    [
      'are there in the scenario',
      one({ principals: account('${var.on ? [1] : []}') }),
      '(when var.on=true) Principal: {(when var.on=true) AWS: [1]}',
    ],
    [
      'are anyone in the scenario',
      one({ principals: star('${var.on ? [1] : []}') }),
      '(when var.on=true) Principal: * when var.on=true | {(when var.on=true) *: [*]} when var.on=false',
    ],
    [
      'are anyone in one scenario and one principal in another',
      one({ principals: [star('${var.on ? [1] : []}'), account('${var.on ? [] : [1]}')] }),
      'Principal: * when var.on=true | {(when var.on=true) *: [*], (when var.on=false) AWS: [1]} when var.on=false',
    ],
    [
      'may be there in another scenario than the default',
      one({ principals: account('${var.some}') }),
      '?Principal: an unknown value',
    ],
    ['may be there', one({ principals: account('${var.x}') }), 'Principal: an unknown value'],
    [
      'are not there beside their opposite',
      one({ not_principals: account('${var.x}') }, { principals: { type: 'AWS', identifiers: ['1'] } }),
      'Principal: {AWS: [1]}',
    ],
    [
      'are conditions, too',
      one({ condition: condition('${var.on ? [1] : []}') }),
      '(when var.on=true) Condition: {(when var.on=true) Bool: {(when var.on=true) k: v}}',
    ],
    [
      'are among conditions that may be there',
      one({ condition: condition('${var.x}') }),
      'Condition: {?Bool: {?k: v}, …}',
    ],
  ];
  for (const [name, actual, expected] of cases) it(name, () => assert.equal(actual, expected));

  it('are what a dynamic statement is given', () => {
    const dynamic = {
      statement: {
        for_each: '${[{ p = [{ type = "AWS", ids = ["1"] }] }, { p = [] }]}',
        iterator: 's',
        content: {
          actions: ['a:B'],
          dynamic: {
            principals: {
              for_each: '${s.value.p}',
              content: { type: '${principals.value.type}', identifiers: '${principals.value.ids}' },
            },
          },
        },
      },
    };
    assert.deepEqual(statements({ dynamic }), [
      '{Action: [a:B], Principal: {AWS: [1]}, Effect: Allow}',
      '{Action: [a:B], Effect: Allow}',
    ]);
  });
});

describe('a document that is made of others', () => {
  const named = (sid: string, action: string): Body => ({ sid, actions: [action] });
  const statement = (sid: string, action: string): string => `{Sid: ${sid}, Action: [${action}], Effect: Allow}`;
  const json = (name: string): string => `\${data.aws_iam_policy_document.${name}.json}`;
  const others = {
    one: { statement: [named('A', 'one:a'), { actions: ['one:b'] }] },
    two: { statement: named('B', 'two:b') },
  };
  const own = { statement: [named('A', 'own:a'), { actions: ['own:n'] }] };
  const nameless = '{Action: [own:n], Effect: Allow}';

  const made: readonly (readonly [name: string, document: Body, statements: readonly string[], more?: Body])[] = [
    [
      'has the statements that it starts from, unless it has one with their sid',
      { source_policy_documents: [json('one'), json('two')], ...own },
      ['{Action: [one:b], Effect: Allow}', statement('B', 'two:b'), statement('A', 'own:a'), nameless],
    ],
    [
      'is overridden by statements with its sids',
      { override_policy_documents: [json('one'), json('two')], ...own },
      [nameless, statement('A', 'one:a'), '{Action: [one:b], Effect: Allow}', statement('B', 'two:b')],
    ],
    [
      'takes a text, and what is encoded',
      {
        source_policy_documents: [
          '{"Statement": {"Sid": "T", "Action": "t:a"}}',
          '${jsonencode({Statement = [{Sid = "E"}]})}',
        ],
        override_policy_documents: ['{"Statement": [{"Sid": "T"}]}', null],
      },
      ['{Sid: E}', '{Sid: T}'],
    ],
    [
      'has arguments of old versions',
      { source_json: json('one'), override_json: json('two') },
      [statement('A', 'one:a'), '{Action: [one:b], Effect: Allow}', statement('B', 'two:b')],
    ],
    [
      'has empty arguments of old versions',
      { source_json: '', override_json: '', ...own },
      [statement('A', 'own:a'), nameless],
    ],
    [
      'may hold more than is seen where it starts from something unknown',
      { source_policy_documents: ['${var.x}'], ...own },
      ['?an unknown value', statement('A', 'own:a'), nameless, '…'],
    ],
    [
      'may start from any number of documents',
      { source_policy_documents: '${var.x}', ...own },
      [statement('A', 'own:a'), nameless, '…'],
    ],
    [
      'may have what has a sid overridden by something unknown, and keeps the rest',
      { override_policy_documents: ['${var.x}'], ...own },
      [`?${statement('A', 'own:a')}`, nameless, 'an unknown value', '…'],
    ],
    [
      'may be overridden by any number of documents',
      { override_policy_documents: '${var.x}', ...own },
      [`?${statement('A', 'own:a')}`, nameless, '…'],
    ],
    [
      'may have what has a sid overridden by a statement whose sid is not known',
      { override_policy_documents: ['${jsonencode({Statement = [{Sid = var.x}]})}'], ...own },
      [`?${statement('A', 'own:a')}`, nameless, '{Sid: an unknown value}'],
    ],
    [
      'may have a statement overridden whose sid is not known',
      { statement: { sid: '${var.x}' }, override_policy_documents: [json('two')] },
      ['?{Sid: an unknown value, Effect: Allow}', statement('B', 'two:b')],
    ],
    [
      'is overridden in one scenario',
      {
        override_policy_documents: [
          '${var.on ? data.aws_iam_policy_document.one.json : data.aws_iam_policy_document.two.json}',
        ],
        ...own,
      },
      [
        '(when var.on=false) {Sid: A, Action: [own:a], Effect: Allow}',
        nameless,
        '(when var.on=true) {Sid: A, Action: [one:a], Effect: Allow}',
        '(when var.on=true) {Action: [one:b], Effect: Allow}',
        '(when var.on=false) {Sid: B, Action: [two:b], Effect: Allow}',
      ],
      { variable: { on: { type: 'bool', default: false } } },
    ],
    [
      'is overridden where something is known in one scenario only',
      { override_policy_documents: ['${var.on ? data.aws_iam_policy_document.two.json : var.x}'], ...own },
      [
        '(when var.on=true) {Sid: A, Action: [own:a], Effect: Allow}',
        nameless,
        '(when var.on=true) {Sid: B, Action: [two:b], Effect: Allow}',
        '(when var.on=false) an unknown value',
        '…',
      ],
      { variable: { on: { type: 'bool', default: false }, x: {} } },
    ],
    [
      'is not made of itself',
      { source_policy_documents: [json('d')], ...own },
      ['?an unknown value', statement('A', 'own:a'), nameless, '…'],
    ],
  ];
  for (const [name, document, expected, more = { variable: { x: {} } }] of made)
    it(name, () => assert.deepEqual(statements(document, others, more), expected));

  it('is not made of what is made of it', () => {
    assert.deepEqual(
      statements(
        { source_policy_documents: [json('back')] },
        { back: { source_policy_documents: [json('d')], statement: { actions: ['a:b'] } } },
      ),
      ['an unknown value', '{Action: [a:b], Effect: Allow}', '…'],
    );
  });

  it('does not double without end', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [
        `c${n}`,
        { source_policy_documents: [json(`c${n + 1}`), json(`c${n + 1}`)] },
      ]),
    );
    const all = statements(
      { source_policy_documents: [json('c0')] },
      { ...chain, c40: { statement: { actions: ['a:b'] } } },
    );
    assert.equal(all.length, 1001);
    assert.equal(all.at(-1), '…');
  });
});

describe('findings in aws_iam_policy_document', () => {
  it('lie in the block, once for all that use it', () => {
    const use = { policy: '${data.aws_iam_policy_document.d.json}' };
    const document = {
      data: {
        aws_iam_policy_document: {
          d: {
            statement: [
              { actions: ['s3:Get*'], resources: ['*'] },
              { actions: ['*'], resources: ['*'] },
            ],
          },
        },
      },
    };
    const resource = { aws_iam_policy: { a: use, b: use }, aws_iam_user_policy: { c: use } };
    assert.deepEqual(found({ 'data.tf.json': document, 'main.tf.json': { resource } }, 'iam-policy-admin-wildcard'), [
      'iam-policy-admin-wildcard aws_iam_policy.a aws_iam_policy.b aws_iam_user_policy.c: "*"',
    ]);
    const [finding] = directory(
      { 'data.tf.json': document, 'main.tf.json': { resource } },
      { ...EVERYTHING, rules: new Set(['iam-policy-admin-wildcard']) },
    ).analysis.documents[0]!.findings;
    assert.deepEqual([finding!.resource, finding!.path], ['data.aws_iam_policy_document.d', 'statement[1].actions[0]']);
    assert.deepEqual(
      finding!.related.map(({ message }) => message),
      [
        'aws_iam_policy.a uses this data source.',
        'aws_iam_policy.b uses this data source.',
        'aws_iam_user_policy.c uses this data source.',
      ],
    );
  });

  it('are of the module instance that uses it', () => {
    const module = {
      variable: { create: { default: true } },
      data: {
        aws_iam_policy_document: {
          d: { count: '${var.create ? 1 : 0}', statement: { actions: ['*'], resources: ['*'] } },
        },
      },
      resource: {
        aws_iam_policy: { a: { count: '${var.create ? 1 : 0}', policy: '${data.aws_iam_policy_document.d[0].json}' } },
      },
    };
    const call = { source: './m' };
    for (const [use, owner] of [
      [call, 'module.used.data.aws_iam_policy_document.d'],
      [{ ...call, for_each: ['x.y'] }, 'module.used["x.y"].data.aws_iam_policy_document.d'],
    ] as const) {
      const { analysis } = directory(
        { 'main.tf.json': { module: { disabled: { ...call, create: false }, used: use } }, 'm/main.tf.json': module },
        { ...EVERYTHING, rules: new Set(['iam-policy-admin-wildcard']) },
      );
      const findings = analysis.documents.flatMap((one) => one.findings);
      assert.deepEqual(
        findings.filter(({ subjects }) => subjects[0]?.includes('module.used')).map(({ resource }) => resource),
        [owner],
      );
    }
  });
});

describe('a fix of a policy in aws_iam_policy_document', () => {
  const RULE = 's3-bucket-policy-secure-transport';
  const json = '${data.aws_iam_policy_document.d.json}';
  const d = { statement: { actions: ['s3:GetObject'], resources: ['*'] } };
  const buckets = (bucket: Body, policy: Body, id: string): Body => ({
    aws_s3_bucket: { b: bucket },
    aws_s3_bucket_policy: { p: { bucket: id, ...policy } },
  });
  const fixes = (all: Body): readonly string[] =>
    directory(all, { ...EVERYTHING, rules: new Set([RULE]) })
      .analysis.documents.flatMap(({ findings }) => findings)
      .flatMap((finding) => finding.fixes.map(({ title }) => title));

  const places: readonly (readonly [name: string, files: Body, count: number])[] = [
    [
      'names the bucket beside it',
      files(d, {}, { resource: buckets({}, { policy: json }, '${aws_s3_bucket.b.id}') }),
      1,
    ],
    [
      'is refused where the source would have to pick an instance',
      files(
        d,
        {},
        {
          resource: buckets(
            { for_each: '${var.x}' },
            { for_each: '${var.x}', policy: json },
            '${aws_s3_bucket.b[each.key].id}',
          ),
          variable: { x: {} },
        },
      ),
      0,
    ],
    [
      'is refused where another bucket has the policy too',
      files(
        d,
        {},
        {
          resource: {
            ...buckets({}, { policy: json }, '${aws_s3_bucket.b.id}'),
            aws_iam_user_policy: { other: { user: 'u', policy: json } },
          },
        },
      ),
      0,
    ],
    [
      'is refused where the bucket is in another module',
      {
        'main.tf.json': {
          module: { m: { source: './m' } },
          resource: buckets({}, { policy: '${module.m.json}' }, '${aws_s3_bucket.b.id}'),
        },
        'm/main.tf.json': { data: { aws_iam_policy_document: { d } }, output: { json: { value: json } } },
      },
      0,
    ],
  ];
  for (const [name, all, count] of places) it(name, () => assert.equal(fixes(all).length, count));
});

describe('a document in a module', () => {
  const ADMIN = 'iam-policy-admin-wildcard';
  const all = { statement: { actions: ['${var.action}'], resources: ['*'] } };
  const inModule = {
    variable: { action: {} },
    data: { aws_iam_policy_document: { d: all } },
    output: { json: { value: '${data.aws_iam_policy_document.d.json}' } },
  };
  const called = (more: Body): Body => ({
    'main.tf.json': {
      module: { m: { source: './m', ...more } },
      resource: { aws_iam_policy: { p: { policy: '${module.m.json}' } } },
    },
    'm/main.tf.json': inModule,
  });

  it('is that of whoever takes the output', () => {
    assert.deepEqual(found(called({ action: '*' }), ADMIN), [`${ADMIN} aws_iam_policy.p: "\${var.action}"`]);
    assert.deepEqual(found(called({ action: 's3:GetObject' }), ADMIN), []);
    const [finding] = directory(called({ action: '*' }), {
      ...EVERYTHING,
      rules: new Set([ADMIN]),
    }).analysis.documents.flatMap(({ findings }) => findings);
    assert.deepEqual(
      [finding!.resource, finding!.path],
      ['module.m.data.aws_iam_policy_document.d', 'statement.actions[0]'],
    );
  });

  it('is not looked at alone', () => {
    const { 'm/main.tf.json': module } = called({});
    assert.deepEqual(
      found({ 'main.tf.json': { module: { m: { source: './m', action: '*' } } }, 'm/main.tf.json': module }, ADMIN),
      [],
    );
  });
});

describe('a data source that is there several times', () => {
  const ADMIN = 'iam-policy-admin-wildcard';
  const repeated = (block: Body, policy: string): Body => ({
    'main.tf.json': {
      variable: { on: { type: 'bool', default: true } },
      data: {
        aws_iam_policy_document: { d: { ...block, statement: { actions: ['${each.value}'], resources: ['*'] } } },
      },
      resource: { aws_iam_policy: { p: { policy } } },
    },
  });

  it('has a document for each instance', () => {
    const each = { for_each: { all: '*', some: 's3:GetObject' } };
    assert.deepEqual(found(repeated(each, '${data.aws_iam_policy_document.d["all"].json}'), ADMIN), [
      `${ADMIN} aws_iam_policy.p: "\${each.value}"`,
    ]);
    assert.deepEqual(found(repeated(each, '${data.aws_iam_policy_document.d["some"].json}'), ADMIN), []);
  });
});

describe('a policy document that nothing has', () => {
  const ADMIN = 'iam-policy-admin-wildcard';
  const admin: Body = { statement: { actions: ['*'], resources: ['*'] } };
  const json = '${data.aws_iam_policy_document.d.json}';
  const documents = (all: Body, more: Body = {}): Body => ({
    'main.tf.json': { data: { aws_iam_policy_document: all }, ...more },
  });

  const cases: readonly (readonly [name: string, files: Body, found: readonly string[]])[] = [
    [
      'is looked at like a policy of an identity',
      documents({ d: admin }),
      [`${ADMIN} data.aws_iam_policy_document.d: "*"`],
    ],
    [
      'is looked at when it is an output',
      documents({ d: admin }, { output: { policy: { value: json } } }),
      [`${ADMIN} data.aws_iam_policy_document.d: "*"`],
    ],
    ['is taken for what its name says', documents({ app_boundary: admin, deny_scp: admin }), []],
    [
      'is not looked at when it names principals, which policies of identities do not',
      documents({
        d: { statement: { actions: ['*'], resources: ['*'], principals: { type: 'AWS', identifiers: ['1'] } } },
      }),
      [],
    ],
    [
      'is not looked at alone when a module has it',
      {
        ...documents({ d: admin }, { module: { m: { source: './m', policy: json } } }),
        'm/main.tf.json': { variable: { policy: {} } },
      },
      [],
    ],
    [
      'is looked at when a module has it that is not read',
      documents({ d: admin }, { module: { m: { source: 'example/lambda/aws', policy: json } } }),
      [`${ADMIN} data.aws_iam_policy_document.d: "*"`],
    ],
    [
      'is not looked at alone when a resource has it beside such a module',
      documents(
        { d: admin },
        {
          module: { m: { source: 'example/lambda/aws', policy: json } },
          resource: { aws_organizations_policy: { scp: { content: json } } },
        },
      ),
      [],
    ],
    [
      'is not looked at alone when a resource has it of which nothing is known',
      documents({ d: admin }, { resource: { aws_organizations_policy: { scp: { content: json } } } }),
      [],
    ],
    [
      'is not looked at alone when another document starts from it',
      documents({ d: admin, e: { source_policy_documents: [json] } }),
      [`${ADMIN} data.aws_iam_policy_document.e: "*"`],
    ],
    [
      'is not looked at where files may have it that are not read',
      { ...documents({ d: admin }), 'more.tf': UNREADABLE },
      [],
    ],
  ];
  for (const [name, all, expected] of cases) it(name, () => assert.deepEqual(found(all, ADMIN), expected));

  it('is taken for the trust policy of a role by its actions', () => {
    const trust = { statement: { actions: ['sts:AssumeRole'], principals: { type: 'AWS', identifiers: ['*'] } } };
    assert.deepEqual(found(documents({ d: trust }), 'iam-role-trust-wildcard-principal'), [
      'iam-role-trust-wildcard-principal data.aws_iam_policy_document.d: "*"',
    ]);
  });
});

describe('what other data sources come to', () => {
  const read: readonly (readonly [name: string, type: string, block: Body, attribute: string, value: string])[] = [
    ['an argument', 'aws_kms_alias', { name: 'alias/app' }, 'name', 'alias/app'],
    ['the Region that is asked for', 'aws_region', { region: 'eu-west-1' }, 'name', 'eu-west-1'],
    ['the Region that is asked for by its old argument', 'aws_region', { name: 'eu-west-1' }, 'region', 'eu-west-1'],
    [
      'the ARN of a managed policy',
      'aws_iam_policy',
      { arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      'arn',
      'arn:aws:iam::aws:policy/AdministratorAccess',
    ],
    ['a role by its name', 'aws_iam_role', { name: 'deploy' }, 'arn', 'arn:…:iam::…:role/…deploy'],
    ['the id of a role', 'aws_iam_role', { name: 'deploy' }, 'id', 'deploy'],
    ['a user by its name', 'aws_iam_user', { user_name: 'ann' }, 'arn', 'arn:…:iam::…:user/…ann'],
    [
      'the issuer of a provider by its URL',
      'aws_iam_openid_connect_provider',
      { url: 'https://token.actions.githubusercontent.com' },
      'url',
      'token.actions.githubusercontent.com',
    ],
    [
      'the issuer of a provider by its ARN',
      'aws_iam_openid_connect_provider',
      { arn: 'arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/A' },
      'url',
      'oidc.example.com/id/A',
    ],
    [
      'a provider by its URL',
      'aws_iam_openid_connect_provider',
      { url: 'https://oidc.example.com/id/A' },
      'arn',
      'arn:…:iam::…:oidc-provider/oidc.example.com/id/A',
    ],
    [
      'a provider that only AWS knows',
      'aws_iam_openid_connect_provider',
      { url: '${data.aws_eks_cluster.c.identity[0].oidc[0].issuer}' },
      'arn',
      'data.aws_iam_openid_connect_provider.d.arn',
    ],
    ['a network that is asked for', 'aws_vpc', { cidr_block: '10.0.0.0/16' }, 'cidr_block', '10.0.0.0/16'],
    ['a network', 'aws_subnet', { id: 'subnet-1' }, 'cidr_block', 'an unknown value'],
    ['what only AWS knows', 'aws_caller_identity', {}, 'account_id', 'data.aws_caller_identity.d.account_id'],
    [
      'what only AWS knows of an argument that is left out',
      'aws_region',
      { region: null },
      'region',
      'data.aws_region.d.region',
    ],
    ['a template without interpolations', 'template_file', { template: 'alias/app' }, 'rendered', 'alias/app'],
    [
      'a template with variables',
      'template_file',
      { template: 'alias/$${name}', vars: { name: 'app' } },
      'rendered',
      'alias/app',
    ],
    [
      'a template with directives, and variables in a block',
      'template_file',
      { template: '%%{ if on == "yes" }alias/app%%{ else }alias/other%%{ endif }', vars: [{ on: 'yes' }] },
      'rendered',
      'alias/app',
    ],
    [
      'a template with a variable that only AWS knows',
      'template_file',
      { template: 'alias/$${name}', vars: { name: '${data.aws_region.d.description}' } },
      'rendered',
      'alias/…',
    ],
    [
      'a template without the variable that it names',
      'template_file',
      { template: 'alias/$${name}', vars: { other: 'app' } },
      'rendered',
      'alias/…',
    ],
    [
      'a template with variables that are not known',
      'template_file',
      { template: 'alias/$${name}', vars: '${data.aws_ami.d.tags}' },
      'rendered',
      'data.template_file.d.rendered',
    ],
    [
      'a template that is not known',
      'template_file',
      { template: '${data.aws_ami.d.description}', vars: { name: 'app' } },
      'rendered',
      'data.template_file.d.rendered',
    ],
    ['what an argument decides that is no text', 'aws_ami', { owners: ['amazon'] }, 'owners', 'data.aws_ami.d.owners'],
  ];
  for (const [name, type, block, attribute, value] of read)
    it(`is ${name}`, () => {
      const stack = stackOf({
        'main.tf.json': {
          data: { [type]: { d: block } },
          resource: { aws_sns_topic: { t: { kms_master_key_id: `\${data.${type}.d.${attribute}}` } } },
        },
      });
      assert.deepEqual(valuesAt(stack, 'aws_sns_topic.t', 'KmsMasterKeyId'), [value]);
    });

  it('is a policy whose statements name what the template is given', () => {
    const policy = (action: string) => ({
      'policy.json': `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "\${action}", "Resource": "\${bucket}/*"}]}`,
      'main.tf': `data "template_file" "policy" {
  template = file("\${path.module}/policy.json")
  vars = {
    action = ${action}
    bucket = data.aws_s3_bucket.b.arn
  }
}

resource "aws_iam_policy" "p" {
  policy = data.template_file.policy.rendered
}

variable "action" {}
`,
    });
    const all = (action: string): readonly string[] => found(policy(action), 'iam-policy-service-wildcard-action');
    assert.deepEqual(all('"s3:GetObject"'), []);
    assert.deepEqual(all('"s3:*"'), [
      'iam-policy-service-wildcard-action aws_iam_policy.p: data.template_file.policy.rendered',
    ]);
    assert.deepEqual(all('var.action'), [
      'iam-policy-service-wildcard-action possible aws_iam_policy.p: data.template_file.policy.rendered',
    ]);
  });

  it('is nobody else than this account and what AWS names', () => {
    const sources = {
      aws_caller_identity: 'account_id',
      aws_elb_service_account: 'arn',
      aws_cloudtrail_service_account: 'arn',
      aws_redshift_service_account: 'arn',
      aws_canonical_user_id: 'id',
      aws_iam_role: 'arn',
      aws_iam_session_context: 'issuer_arn',
    };
    const data = Object.fromEntries(
      Object.keys(sources).map((type) => [type, { d: type === 'aws_iam_role' ? { name: 'deploy' } : {} }]),
    );
    const names = Object.entries(sources).map(([type, attribute]) => `\${data.${type}.d.${attribute}}`);
    const allowed = { actions: ['s3:GetObject'], resources: ['${aws_s3_bucket.b.arn}/*'] };
    const conditioned = names.map((name) => ({
      ...allowed,
      principals: { type: 'AWS', identifiers: ['*'] },
      condition: { test: 'ArnLike', variable: 'aws:PrincipalArn', values: [name] },
    }));
    const main = {
      data: {
        ...data,
        aws_iam_policy_document: {
          d: { statement: [{ ...allowed, principals: { type: 'AWS', identifiers: names } }, ...conditioned] },
        },
      },
      resource: {
        aws_s3_bucket: { b: {} },
        aws_s3_bucket_policy: {
          b: { bucket: '${aws_s3_bucket.b.id}', policy: '${data.aws_iam_policy_document.d.json}' },
        },
        aws_lambda_permission: Object.fromEntries(
          names.map((name, n) => [`p${n}`, { action: 'lambda:InvokeFunction', function_name: 'f', principal: name }]),
        ),
      },
    };
    assert.deepEqual(
      found({ 'main.tf.json': main }, 's3-bucket-policy-public-principal', 'lambda-permission-public'),
      [],
    );
  });

  it('is no public network', () => {
    const rule = {
      type: 'ingress',
      from_port: 22,
      to_port: 22,
      protocol: 'tcp',
      security_group_id: 'sg-1',
      cidr_blocks: ['${data.aws_vpc.d.cidr_block}'],
    };
    assert.deepEqual(
      found(
        {
          'main.tf.json': {
            data: { aws_vpc: { d: { default: true } } },
            resource: { aws_security_group_rule: { r: rule } },
          },
        },
        'sg-ingress-open-ssh',
      ),
      [],
    );
  });

  it('is a partition within ARNs', () => {
    const policy = {
      statement: { actions: ['iam:PassRole'], resources: ['arn:${data.aws_partition.d.partition}:iam::*:role/*'] },
    };
    assert.deepEqual(
      found(
        { 'main.tf.json': { data: { aws_partition: { d: {} }, aws_iam_policy_document: { d: policy } } } },
        'iam-policy-passrole-wildcard',
      ),
      ['iam-policy-passrole-wildcard data.aws_iam_policy_document.d: "iam:PassRole"'],
    );
  });

  it('is a service principal in any partition', () => {
    const configuration = (name: string) => ({
      'main.tf': `data "aws_service_principal" "s" {
  count        = 1
  service_name = "${name}"
}

data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["*"]
    condition {
      test     = "StringLike"
      variable = "iam:AWSServiceName"
      values   = [data.aws_service_principal.s[0].name]
    }
  }
}

resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.d.json
}
`,
    });
    assert.deepEqual(found(configuration('fsx'), 'iam-policy-create-slr-wildcard'), []);
    assert.deepEqual(found(configuration('*'), 'iam-policy-create-slr-wildcard'), [
      'iam-policy-create-slr-wildcard aws_iam_policy.p: "iam:CreateServiceLinkedRole"',
    ]);
  });
});

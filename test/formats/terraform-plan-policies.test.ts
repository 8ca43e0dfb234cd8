import assert from 'node:assert/strict';
import { change, configured, plan, type Body, type Change } from './terraform-plan-made.ts';
import { directory, found, type Files } from './terraform-stack.ts';

const ADMIN = 'iam-policy-admin-wildcard';
const POLICY = 'aws_iam_policy.p';
const DOCUMENT = 'data.aws_iam_policy_document.d';
const refers = (...references: readonly string[]): Body => ({ references });
const of = (address: string): Body => refers(`${address}.json`, address);

/** A policy that is not known before it is applied. */
const unknownPolicy = (address = POLICY): Body =>
  change(address, { after: { name: 'p' }, unknown: { arn: true, id: true, policy: true } });

/** A data source that is read when the plan is carried out, because something in it is not known before. */
const read = (
  address: string,
  statement: readonly Body[],
  unknown: readonly unknown[] = statement.map(() => ({})),
  more: Change = {},
): Body =>
  change(address, {
    after: {
      override_policy_documents: null,
      policy_id: null,
      source_policy_documents: null,
      statement,
      version: null,
      ...(more.after as Body),
    },
    unknown: { id: true, json: true, minified_json: true, statement: unknown, ...(more.unknown as Body) },
    actions: ['read'],
  });

const statement = (actions: readonly string[], resources?: readonly unknown[]): Body => ({
  actions,
  condition: [],
  effect: 'Allow',
  not_actions: null,
  not_principals: [],
  not_resources: null,
  principals: [],
  ...(resources ? { resources } : {}),
  sid: null,
});

const ALL = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

/** What was read before, because all of it was known. */
const before = (address: string, json: string): Body => ({
  prior_state: {
    values: {
      root_module: {
        resources: [{ address, mode: 'data', type: 'aws_iam_policy_document', name: 'd', values: { json } }],
      },
    },
  },
});

const findingsIn = (files: Files): readonly string[] =>
  found(files, ADMIN).map((line) => line.replace(`${ADMIN} `, ''));

describe('policies that a plan does not know', () => {
  it('are what their data source has read', () => {
    const files = plan(
      [unknownPolicy()],
      { resources: [configured(POLICY, { policy: of(DOCUMENT) })] },
      before(DOCUMENT, ALL),
    );
    assert.deepEqual(findingsIn(files), [`${POLICY}: *`]);
    const { texts, analysis } = directory(files);
    const { at } = analysis.documents[0]!.findings.find(({ rule }) => rule === ADMIN)!;
    const text = [...texts.values()][0]!;
    assert.equal(text.slice(at.start - 13, at.end + 2), '\\"Action\\":\\"*\\"');
  });

  it('are what their data source will come to', () => {
    const files = plan([unknownPolicy(), read(DOCUMENT, [statement(['*'], ['*'])])], {
      resources: [
        configured(POLICY, { policy: of(DOCUMENT) }),
        configured(DOCUMENT, {
          statement: [{ actions: { constant_value: ['*'] }, resources: { constant_value: ['*'] } }],
        }),
      ],
    });
    assert.deepEqual(findingsIn(files), [`${POLICY}: "*"`]);
  });

  it('are limited by what is not known of them', () => {
    const resources: Body = {
      statement: [{ actions: { constant_value: ['*'] }, resources: refers('aws_s3_bucket.b.arn', 'aws_s3_bucket.b') }],
    };
    const root = { resources: [configured(POLICY, { policy: of(DOCUMENT) }), configured(DOCUMENT, resources)] };
    assert.deepEqual(
      findingsIn(plan([unknownPolicy(), read(DOCUMENT, [statement(['*'], [null])], [{ resources: [true] }])], root)),
      [],
    );
    assert.deepEqual(
      findingsIn(
        plan([unknownPolicy(), read(DOCUMENT, [statement(['*'], ['*', null])], [{ resources: [false, true] }])], root),
      ),
      [`${POLICY}: "*"`],
    );
  });

  it('may have texts around what they refer to', () => {
    const MISMATCH = 'iam-policy-action-resource-mismatch';
    const of = (action: string, ...names: readonly string[]): readonly string[] =>
      found(
        plan(
          [
            unknownPolicy(),
            change('aws_s3_bucket.b'),
            read(DOCUMENT, [statement([action], [null])], [{ resources: [true] }]),
          ],
          {
            resources: [
              configured(POLICY, { policy: refers(`${DOCUMENT}.json`, DOCUMENT) }),
              configured(DOCUMENT, {
                statement: [{ actions: { constant_value: [action] }, resources: refers(...names) }],
              }),
              configured('aws_s3_bucket.b', {}),
            ],
          },
        ),
        MISMATCH,
      );
    // The ARN of the objects of a bucket has the same references as that of the bucket.
    for (const action of ['s3:GetObject', 's3:ListBucket'])
      assert.deepEqual(of(action, 'aws_s3_bucket.b.arn', 'aws_s3_bucket.b'), [], action);
    assert.deepEqual(of('s3:GetObject', 'aws_s3_bucket.b.id', 'aws_s3_bucket.b'), []);
  });

  it('start from other documents', () => {
    const base = 'data.aws_iam_policy_document.base';
    const root = {
      resources: [
        configured(POLICY, { policy: of(DOCUMENT) }),
        configured(DOCUMENT, { source_policy_documents: of(base) }),
        configured(base, { statement: [{}] }),
      ],
    };
    const files = plan(
      [
        unknownPolicy(),
        read(DOCUMENT, [], [], {
          after: { source_policy_documents: [null] },
          unknown: { source_policy_documents: [true] },
        }),
        read(base, [statement(['*'], ['*'])]),
      ],
      root,
    );
    assert.deepEqual(findingsIn(files), [`${POLICY}: "*"`]);
  });

  it('do not start from themselves', () => {
    const root = {
      resources: [
        configured(POLICY, { policy: of(DOCUMENT) }),
        configured(DOCUMENT, { source_policy_documents: of(DOCUMENT) }),
      ],
    };
    const files = plan(
      [
        unknownPolicy(),
        read(DOCUMENT, [], [], {
          after: { source_policy_documents: [null] },
          unknown: { source_policy_documents: [true] },
        }),
      ],
      root,
    );
    assert.doesNotThrow(() => findingsIn(files));
  });

  it('are given to a module, or come out of one', () => {
    const inner = configured(POLICY, { policy: refers('var.policy') });
    const given = {
      resources: [configured(DOCUMENT, {})],
      module_calls: { m: { expressions: { policy: of(DOCUMENT) }, module: { resources: [inner] } } },
    };
    assert.deepEqual(findingsIn(plan([unknownPolicy(`module.m.${POLICY}`)], given, before(DOCUMENT, ALL))), [
      `module.m.${POLICY}: *`,
    ]);
    const out = {
      resources: [configured(POLICY, { policy: refers('module.m.json', 'module.m') })],
      module_calls: {
        m: { module: { resources: [configured(DOCUMENT, {})], outputs: { json: { expression: of(DOCUMENT) } } } },
      },
    };
    assert.deepEqual(findingsIn(plan([unknownPolicy()], out, before(`module.m.${DOCUMENT}`, ALL))), [`${POLICY}: *`]);
  });

  it('are those of the instance', () => {
    const root = {
      resources: [configured(POLICY, { policy: refers(DOCUMENT, 'each.key') }), configured(DOCUMENT, {})],
    };
    const two = [`${DOCUMENT}["x"]`, `${DOCUMENT}["y"]`].map((address, index) => ({
      address,
      mode: 'data',
      type: 'aws_iam_policy_document',
      name: 'd',
      values: { json: index === 0 ? ALL : ALL.replace('"*"', '"s3:GetObject"') },
    }));
    assert.deepEqual(
      findingsIn(
        plan([unknownPolicy(`${POLICY}["x"]`), unknownPolicy(`${POLICY}["y"]`)], root, {
          prior_state: { values: { root_module: { resources: two } } },
        }),
      ),
      [`${POLICY}["x"]: *`],
    );
  });

  it('are written without attributes by Terraform 0.12', () => {
    const files = plan(
      [unknownPolicy()],
      { resources: [configured(POLICY, { policy: refers(DOCUMENT) })] },
      { format_version: '0.1', ...before(DOCUMENT, ALL) },
    );
    assert.deepEqual(findingsIn(files), [`${POLICY}: *`]);
  });

  it('stay unknown where nothing leads on', () => {
    for (const references of [
      ['data.aws_iam_policy_document.gone.json', 'data.aws_iam_policy_document.gone'],
      ['local.policy'],
      ['data.aws_s3_object.o.body', 'data.aws_s3_object.o'],
    ]) {
      const lines = findingsIn(
        plan([unknownPolicy()], { resources: [configured(POLICY, { policy: { references } })] }, before(DOCUMENT, ALL)),
      );
      assert.ok(
        lines.every((line) => line.startsWith('possible ')),
        lines.join('\n'),
      );
    }
  });

  it('are none where the text is empty, as where something blanks out what it must not show', () => {
    assert.deepEqual(
      found(plan([change(POLICY, { after: { policy: '' } })])).filter((line) => line.startsWith('iam-')),
      [],
    );
  });
});

/** Sensitive values of plans are shown nowhere: not in reports, hovers or explanations. */
import assert from 'node:assert/strict';
import { fullMarkdown, shortMarkdown } from '../../server/src/hover/explanation/markdown.ts';
import { call } from '../cli/call.ts';
import { makeFolder } from '../host/workspace.ts';
import { explainer, linksIn } from '../hover/explained-at.ts';
import { change, configured, plan, type Body } from './terraform-plan-made.ts';
import { directory, found } from './terraform-stack.ts';

let count = 0;
/** A word that stands in a sensitive place. Secrets, and nothing else, have `hush` in them. */
const hush = (): string => `hush${count++}secret`;

const refers = (...references: readonly string[]): Body => ({ references });
const POLICY = (): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: hush(), Effect: 'Allow', Action: '*', Resource: ['*', `arn:aws:s3:::${hush()}`], Principal: { AWS: '*' } },
    ],
  });

const DB = (): Body => ({
  password: hush(),
  username: hush(),
  engine: hush(),
  identifier: hush(),
  kms_key_id: hush(),
  storage_encrypted: false,
  publicly_accessible: true,
  tags: { a: hush() },
});
const ALL_OF_DB = { password: true, username: true, engine: true, identifier: true, kms_key_id: true, tags: true };
const INGRESS = (): Body => ({
  from_port: 22,
  to_port: 22,
  protocol: 'tcp',
  cidr_blocks: ['0.0.0.0/0', hush()],
  description: hush(),
});

const CHANGES: readonly Body[] = [
  change('aws_db_instance.marked', {
    after: DB(),
    sensitive: ALL_OF_DB,
    more: { previous_address: 'aws_db_instance.old' },
  }),
  change('aws_db_instance.whole', { after: DB(), sensitive: true }),
  change('aws_db_instance.without', { after: DB(), sensitive: ALL_OF_DB, actions: ['no-op'] }),
  change('aws_security_group.block', { after: { ingress: [INGRESS()] }, sensitive: { ingress: true } }),
  change('aws_security_group.items', {
    after: { ingress: [INGRESS()] },
    sensitive: { ingress: [{ cidr_blocks: [false, true], description: true }] },
  }),
  change('aws_iam_policy.p', { after: { policy: POLICY() }, sensitive: { policy: true } }),
  change('aws_s3_bucket_policy.p', {
    after: { bucket: hush(), policy: POLICY() },
    sensitive: { bucket: true, policy: true },
  }),
  change('aws_lambda_function.f', {
    after: { environment: [{ variables: { TOKEN: hush(), PASSWORD: hush() } }], kms_key_arn: hush() },
    sensitive: { environment: [{ variables: true }], kms_key_arn: true },
  }),
  // Before Terraform 0.15 nothing was marked that a sensitive variable or attribute went into.
  change('aws_ebs_volume.variable', { after: { encrypted: hush(), kms_key_id: hush() } }),
  change('module.m.aws_ebs_volume.variable', { after: { encrypted: hush(), kms_key_id: hush() } }),
  change('aws_ebs_volume.attribute', { after: { encrypted: hush(), kms_key_id: hush() } }),
  change('aws_ebs_volume.output', { after: { encrypted: hush(), kms_key_id: hush() } }),
  change('aws_secretsmanager_secret_version.s', {
    after: { secret_string: hush() },
    sensitive: { secret_string: true },
  }),
];

const of = (...references: readonly string[]): Body => ({
  encrypted: refers(...references),
  kms_key_id: refers(...references),
});
const FILES = plan(
  CHANGES,
  {
    variables: { key: { sensitive: true, default: hush() }, password: { sensitive: true } },
    outputs: { o: { sensitive: true, expression: { constant_value: hush() } } },
    resources: [
      configured('aws_db_instance.marked', { password: { constant_value: hush() }, username: refers('var.key') }),
      configured('aws_ebs_volume.variable', of('var.key')),
      configured('aws_ebs_volume.attribute', of('aws_db_instance.marked.password', 'aws_db_instance.marked')),
      configured('aws_ebs_volume.output', of('module.m.o', 'module.m')),
      configured('aws_iam_policy.p', {
        policy: refers('data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d'),
      }),
      configured('aws_iam_role_policy.q', {
        policy: refers('data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d'),
      }),
    ],
    module_calls: {
      m: {
        expressions: { v: refers('var.key'), w: { constant_value: hush() } },
        module: {
          resources: [configured('aws_ebs_volume.variable', of('var.v'))],
          variables: { v: {}, w: { sensitive: true } },
          outputs: { o: { sensitive: true, expression: refers('var.w') } },
        },
      },
    },
  },
  {
    variables: { key: { value: hush() }, password: { value: hush() } },
    planned_values: {
      outputs: { o: { sensitive: true, value: hush() } },
      root_module: {
        resources: [
          {
            address: 'aws_db_instance.whole',
            mode: 'managed',
            type: 'aws_db_instance',
            name: 'whole',
            values: DB(),
            sensitive_values: ALL_OF_DB,
          },
        ],
      },
    },
    output_changes: { o: { actions: ['create'], before: null, after: hush(), after_sensitive: true } },
    resource_drift: [change('aws_db_instance.whole', { after: DB(), sensitive: ALL_OF_DB })],
    deferred_changes: [
      {
        reason: 'deferred_prereq',
        resource_change: change('aws_db_instance.later', { after: DB(), sensitive: ALL_OF_DB }),
      },
    ],
    prior_state: {
      values: {
        root_module: {
          resources: [
            {
              address: 'data.aws_iam_policy_document.d',
              mode: 'data',
              type: 'aws_iam_policy_document',
              name: 'd',
              values: { json: POLICY() },
              sensitive_values: { json: true },
            },
          ],
        },
      },
    },
  },
);

/** With a policy that is not known, so that the sensitive data source is followed. */
const UNKNOWN = change('aws_iam_role_policy.q', { after: { name: 'q' }, unknown: { policy: true } });
const CONTENT = { ...(FILES['plan.json'] as Body), resource_changes: [...CHANGES, UNKNOWN] };

function assertQuiet(shown: string, where: string): void {
  const leak = shown.indexOf('hush');
  assert.equal(leak < 0 ? '' : shown.slice(Math.max(0, leak - 100), leak + 30), '', where);
}

describe('what is sensitive in a plan', () => {
  const layouts = { 'on lines': JSON.stringify(CONTENT, null, 2), 'on one line': JSON.stringify(CONTENT) };
  const outcomes = JSON.stringify({
    format_version: '0.2',
    planned_values: {
      root_module: {
        resources: [
          {
            address: 'aws_db_instance.d',
            mode: 'managed',
            type: 'aws_db_instance',
            name: 'd',
            values: DB(),
            sensitive_values: ALL_OF_DB,
          },
        ],
      },
    },
  });

  it('is not in what is found', () => {
    for (const text of [layouts['on one line'], outcomes]) {
      const { analysis } = directory({ 'plan.json': text });
      assert.ok(analysis.documents[0]!.findings.length > 0);
      assertQuiet(JSON.stringify(analysis), 'the analysis');
    }
    assert.ok(directory({ 'plan.json': layouts['on one line'] }).analysis.documents[0]!.findings.length > 12);
  });

  for (const [layout, text] of Object.entries(layouts))
    for (const format of ['text', 'json'])
      it(`is not in reports as ${format} of a plan ${layout}`, () => {
        const folder = makeFolder({ 'plan.json': text });
        try {
          const { out, err } = call(
            ['lint', '--profile', 'strict', '--certainty', 'possible', '--format', format, 'plan.json'],
            { cwd: folder.path },
          );
          assert.match(out, /aws_db_instance\.whole/);
          assertQuiet(out + err, format);
        } finally {
          folder.remove();
        }
      });

  for (const one of [...CHANGES, UNKNOWN])
    it(`is not explained in ${String(one.address)}`, () => {
      const text = JSON.stringify({
        ...CONTENT,
        resource_changes: [one, CHANGES[0]],
        resource_drift: [],
        deferred_changes: [],
      });
      const explain = explainer('plan.json', text, { profile: 'strict', certainty: 'possible' });
      const links = linksIn(text);
      const end = text.indexOf('"configuration"');
      for (const { index } of text
        .slice(0, end)
        .matchAll(/hush|"(?:Action|Resource|Statement|address|after|policy)|\d\.\d\.\d/g)) {
        const found = explain(index + 1);
        if (found)
          assertQuiet(
            shortMarkdown(found, { profile: 'strict' }, links) +
              fullMarkdown(found, { profile: 'strict' }, links) +
              JSON.stringify(found),
            `${index}: ${text.slice(index, index + 20)}`,
          );
      }
    });
});

describe('a password in a plan', () => {
  const PASSWORD = 'rds-master-password-plaintext';
  const D = 'aws_db_instance.d';
  const findingsFor = (
    address: string,
    root: Body,
    sensitive: unknown = { password: true },
    changes: readonly Body[] = [],
  ): readonly string[] =>
    found(plan([change(address, { after: { password: 'correct horse' }, sensitive }), ...changes], root), PASSWORD).map(
      (line) => line.replace(/:.*/, ''),
    );
  const db = (password: Body): Body => ({ resources: [configured(D, { password })] });

  it('is written where the configuration has it', () => {
    assert.deepEqual(findingsFor(D, db({ constant_value: 'correct horse' })), [`${PASSWORD} ${D}`]);
    const inner = db(refers('var.password'));
    assert.deepEqual(
      findingsFor(`module.m.${D}`, {
        module_calls: { m: { expressions: { password: { constant_value: 'correct horse' } }, module: inner } },
      }),
      [`${PASSWORD} module.m.${D}`],
    );
  });

  it('is not written by the author where it comes from elsewhere', () => {
    for (const from of [
      ['var.password'],
      ['random_password.p.result', 'random_password.p'],
      ['data.aws_ssm_parameter.p.value', 'data.aws_ssm_parameter.p'],
      ['local.password'],
      ['module.m.password', 'module.m'],
    ]) {
      assert.deepEqual(findingsFor(D, db(refers(...from))), [], from[0]);
    }
    assert.deepEqual(
      findingsFor(`module.m.${D}`, {
        module_calls: { m: { expressions: { password: refers('var.outer') }, module: db(refers('var.password')) } },
      }),
      [],
    );
  });

  it('is not taken for one that is written where the plan marks nothing', () => {
    assert.deepEqual(
      findingsFor(D, { variables: { password: { sensitive: true } }, ...db(refers('var.password')) }, {}),
      [],
    );
    assert.deepEqual(
      findingsFor(D, db(refers('random_password.p.result', 'random_password.p')), {}, [
        change('random_password.p', { after: { result: 'correct horse' }, sensitive: { result: true } }),
      ]),
      [],
    );
  });
});

import assert from 'node:assert/strict';
import { change, configured, plan, type Body } from './terraform-plan-made.ts';
import { stackOf, valuesAt } from './terraform-stack.ts';

const B = 'aws_s3_bucket.b';
const KEY = 'aws_kms_key.k';
const refers = (...references: readonly string[]): Body => ({ references });

/** A bucket without a versioning block, which the provider decides. */
const bucket = (address = B): Body => change(address, { unknown: { id: true, versioning: true } });
/** A resource with a value that is not known yet. */
const fresh = (address: string): Body => change(address, { unknown: { id: true } });
const settled = (address: string): Body => change(address, { actions: ['no-op'] });
const bare = configured(B, {});

interface Case {
  readonly changes: readonly Body[];
  readonly module?: Body;
  readonly more?: Body;
  /** The address of the bucket. */
  readonly of?: string;
}

/** Whether versioning can still be configured, by a dynamic block that the plan does not show. */
function canBeThere({ changes, module = {}, more = {}, of = B }: Case): boolean {
  const [value] = valuesAt(stackOf(plan(changes, module, more)), of, 'VersioningConfiguration.Status');
  assert.ok(value === 'open not set' || value === 'not set', value);
  return value === 'open not set';
}

/** A plan in which a module with a bucket is called with arguments. */
function called(changes: readonly Body[], args: Body, inner: readonly Body[] = [], more: Body = {}): Case {
  return {
    changes: [bucket(`module.m.${B}`), ...changes],
    module: {
      resources: [
        configured(KEY, {}),
        configured('aws_s3_bucket_policy.p', { bucket: refers('module.m.id', 'module.m') }),
      ],
      module_calls: {
        m: {
          expressions: args,
          module: {
            resources: [bare, ...inner],
            outputs: { id: { expression: refers(`${B}.id`, B) } },
            variables: { key: {} },
          },
        },
      },
      ...more,
    },
    of: `module.m.${B}`,
  };
}

describe('a block of a plan that the provider decides', () => {
  const there: Readonly<Record<string, Case>> = {
    'beside a resource that is not known yet': {
      changes: [bucket(), fresh(KEY)],
      module: { resources: [bare, configured(KEY, {})] },
    },
    'beside a data source that is read during apply': {
      changes: [bucket(), change('data.aws_kms_key.k', { unknown: { arn: true }, actions: ['read'] })],
      module: { resources: [bare, configured('data.aws_kms_key.k', {})] },
    },
    'beside a resource that uses the same key': {
      changes: [bucket(), fresh(KEY), fresh('aws_sns_topic.t')],
      module: {
        resources: [
          bare,
          configured(KEY, {}),
          configured('aws_sns_topic.t', { kms_master_key_id: refers(`${KEY}.id`, KEY) }),
        ],
      },
    },
    'beside a resource that may use the bucket through a local': {
      changes: [bucket(), fresh('aws_s3_bucket_policy.p')],
      module: { resources: [bare, configured('aws_s3_bucket_policy.p', { bucket: refers('local.bucket') })] },
    },
    'beside a module whose output is not known yet': {
      changes: [bucket(), fresh(`module.m.${KEY}`)],
      module: { resources: [bare], module_calls: { m: { module: { resources: [configured(KEY, {})] } } } },
    },
    'beside a change that is put off': {
      changes: [bucket()],
      module: { resources: [bare, configured(KEY, {})] },
      more: { deferred_changes: [{ reason: 'resource_config_unknown', resource_change: settled(KEY) }] },
    },
    'without its configuration': { changes: [bucket()] },
    'in a module that is called with something unknown': called([fresh(KEY)], { key: refers(`${KEY}.arn`, KEY) }),
    'in a module that is called with a local': called([fresh(KEY)], { key: refers('local.key') }),
    'beside a key that contributes to a change': {
      changes: [bucket(), fresh(KEY)],
      module: { resources: [bare, configured(KEY, {})] },
      more: { relevant_attributes: [{ resource: KEY, attribute: ['arn'] }] },
    },
  };
  for (const [name, one] of Object.entries(there))
    it(`can be configured ${name}`, () => assert.equal(canBeThere(one), true));

  const absent: Readonly<Record<string, Case>> = {
    'where it is alone': { changes: [bucket()], module: { resources: [bare] } },
    'beside a resource that does not change': {
      changes: [bucket(), settled(KEY)],
      module: { resources: [bare, configured(KEY, {})] },
    },
    'beside other instances of it': {
      changes: [bucket(`${B}["a"]`), bucket(`${B}["b"]`)],
      module: { resources: [configured(B, {}, { for_each_expression: refers('var.names') })] },
      of: `${B}["a"]`,
    },
    'beside resources that depend on it': {
      changes: [bucket(), fresh('aws_s3_bucket_policy.p'), fresh('aws_sns_topic.t'), fresh('aws_sqs_queue.q')],
      module: {
        resources: [
          bare,
          configured('aws_s3_bucket_policy.p', { bucket: refers(`${B}.id`, B) }),
          // Within a block, and through another resource.
          configured('aws_sns_topic.t', { inner: [{ deeper: [{ name: refers('aws_s3_bucket_policy.p.id') }] }] }),
          configured('aws_sqs_queue.q', {}, { depends_on: [B] }),
        ],
      },
    },
    'in a module that is called with what is known': called([fresh(KEY)], { key: refers('var.key') }),
    'in a module whose output is used': called([fresh('aws_s3_bucket_policy.p')], {}),
    'in a module with a policy of it': called([fresh('module.m.aws_s3_bucket_policy.p')], {}, [
      configured('aws_s3_bucket_policy.p', { bucket: refers(`${B}.id`, B) }),
    ]),
    'beside a key that contributes to no change': {
      changes: [bucket(), fresh(KEY), fresh('aws_vpc.v')],
      module: { resources: [bare, configured(KEY, {}), configured('aws_vpc.v', {})] },
      more: { relevant_attributes: [{ resource: B, attribute: ['id'] }] },
    },
  };
  for (const [name, one] of Object.entries(absent))
    it(`is not configured ${name}`, () => assert.equal(canBeThere(one), false));
});

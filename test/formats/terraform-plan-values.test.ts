import assert from 'node:assert/strict';
import { change, configured, outcomes, plan, V, volume, type Body, type Change } from './terraform-plan-made.ts';
import { found, stackOf, valuesAt, type Files } from './terraform-stack.ts';

const SSH = 'sg-ingress-open-ssh';
const S = 'aws_security_group.s';
const B = 'aws_s3_bucket.b';
const UNKNOWN = 'an unknown value';
const refers = (...references: readonly string[]): Body => ({ references });
const is = (constant_value: unknown): Body => ({ constant_value });

/** What Terraform 1.14 marks in a bucket for which nothing was configured but its name. */
const BARE = {
  acceleration_status: true,
  acl: true,
  arn: true,
  cors_rule: true,
  grant: true,
  id: true,
  lifecycle_rule: true,
  logging: true,
  object_lock_configuration: true,
  policy: true,
  replication_configuration: true,
  request_payer: true,
  server_side_encryption_configuration: true,
  tags_all: {},
  versioning: true,
  website: true,
};

/** A key whose ARN is not known yet: what a dynamic block may be made from. */
const KEY = 'aws_kms_key.k';
const NEW_KEY = change(KEY, { unknown: { arn: true } });

/** The values of a property of a bucket that is configured with these expressions, beside a new key. */
function ofBucket(of: Change, expressions: Body | undefined, path: string): readonly string[] {
  return valuesAt(
    stackOf(
      plan(
        [change(B, of), NEW_KEY],
        expressions ? { resources: [configured(B, expressions), configured(KEY, {})] } : {},
      ),
    ),
    B,
    path,
  );
}

describe('the states of a planned value', () => {
  const bare: Change = { after: { bucket: 'data', force_destroy: false }, unknown: BARE };
  const named = { bucket: is('data') };

  it('are known', () => assert.deepEqual(ofBucket(bare, named, 'BucketName'), ['data']));
  it('are absent for what the provider decides', () => {
    assert.deepEqual(ofBucket({ ...bare, unknown: { ...BARE, grant: [] } }, named, 'AccessControl'), ['not set']);
    // Blocks of grants may be dynamic.
    assert.deepEqual(ofBucket(bare, named, 'AccessControl'), ['open a list']);
  });
  it('are not known for blocks that the provider decides, since dynamic ones do not show', () => {
    for (const path of ['BucketEncryption', 'VersioningConfiguration.Status', 'LoggingConfiguration'])
      assert.deepEqual(ofBucket(bare, named, path), ['open not set'], path);
  });
  it('are not known for a block that is configured', () =>
    assert.deepEqual(
      ofBucket(bare, { ...named, versioning: [{ enabled: refers('var.on') }] }, 'VersioningConfiguration.Status'),
      [UNKNOWN],
    ));
  it('are absent for what nothing marks', () =>
    assert.deepEqual(ofBucket({ after: { bucket: 'data' } }, named, 'AccessControl'), ['not set']));
  it('are absent for an empty list of blocks', () =>
    assert.deepEqual(
      ofBucket({ after: { versioning: [] }, unknown: { versioning: [] } }, named, 'VersioningConfiguration'),
      ['not set'],
    ));
  it('are known beside what is not', () => {
    const logging: Change = {
      after: { logging: [{ target_prefix: 'log/' }] },
      unknown: { logging: [{ target_bucket: true }] },
    };
    const expressions = {
      logging: [{ target_bucket: refers('aws_s3_bucket.logs.id', 'aws_s3_bucket.logs'), target_prefix: is('log/') }],
    };
    assert.deepEqual(ofBucket(logging, expressions, 'LoggingConfiguration.LogFilePrefix'), ['log/']);
    assert.deepEqual(ofBucket(logging, expressions, 'LoggingConfiguration.DestinationBucketName'), [
      'aws_s3_bucket.logs.id',
    ]);
  });
  it('are not known within a nested block that may be dynamic', () => {
    const lock: Change = {
      after: { object_lock_configuration: [{ object_lock_enabled: 'Enabled' }] },
      unknown: { object_lock_configuration: [{ rule: true }] },
    };
    assert.deepEqual(
      ofBucket(
        lock,
        { object_lock_configuration: [{ object_lock_enabled: is('Enabled') }] },
        'ObjectLockConfiguration.Rule.DefaultRetention.Mode',
      ),
      ['open not set'],
    );
  });
  it('are read whatever the marks are', () => {
    const marks: readonly unknown[] = [
      {},
      [],
      false,
      null,
      { bucket: false },
      { bucket: [] },
      { bucket: {} },
      'true',
      1,
    ];
    for (const unknown of marks)
      assert.deepEqual(
        ofBucket({ after: { bucket: 'data' }, unknown }, named, 'BucketName'),
        ['data'],
        JSON.stringify(unknown),
      );
  });
  it('are open where all of it is not known', () => {
    assert.deepEqual(valuesAt(stackOf(volume({ unknown: true })), V, 'Encrypted'), ['open not set']);
  });
});

describe('blocks of a plan', () => {
  const ANY = '0.0.0.0/0';
  const rule = (port: number, cidr_blocks?: readonly unknown[]): Body => ({
    description: '',
    from_port: port,
    to_port: port,
    protocol: 'tcp',
    self: false,
    security_groups: [],
    ipv6_cidr_blocks: [],
    prefix_list_ids: [],
    ...(cidr_blocks ? { cidr_blocks } : {}),
  });
  const written = (port: number, cidr_blocks: Body): Body => ({
    from_port: is(port),
    to_port: is(port),
    protocol: is('tcp'),
    cidr_blocks,
  });
  const findingsFor = (after: readonly unknown[], unknown: unknown, ingress: unknown): readonly string[] =>
    found(
      plan([change(S, { after: { ingress: after }, unknown: { ingress: unknown } }), NEW_KEY], {
        resources: [configured(S, ingress === undefined ? {} : { ingress }), configured(KEY, {})],
      }),
      SSH,
    ).map((line) => line.replace(`${SSH} `, ''));

  it('of a set are found by their constants, since a plan lists them in another order', () => {
    // The rule for SSH comes second in the configuration, and is the one whose source is not known.
    const ingress = [written(443, is([ANY])), written(22, refers('aws_eip.e.public_ip', 'aws_eip.e'))];
    assert.deepEqual(
      findingsFor([rule(22), rule(443, [ANY])], [{ cidr_blocks: true }, { cidr_blocks: [false] }], ingress),
      [`possible ${S}: {`],
    );
    // Nothing is configured there.
    assert.deepEqual(
      findingsFor(
        [rule(22), rule(443, [ANY])],
        [{ cidr_blocks: true }, { cidr_blocks: [false] }],
        [written(443, is([ANY])), { from_port: is(22), to_port: is(22), protocol: is('tcp'), self: is(true) }],
      ),
      [],
    );
  });

  it('that a dynamic block makes beside others are not taken for those', () => {
    assert.deepEqual(
      findingsFor([rule(22), rule(443, [ANY])], [{ cidr_blocks: true }, {}], [written(443, is([ANY]))]),
      [`possible ${S}: {`],
    );
  });

  it('that are written as an attribute are configured as a whole', () => {
    assert.deepEqual(findingsFor([rule(22)], [{ cidr_blocks: true }], refers('local.rules')), [`possible ${S}: {`]);
    // The address of a resource is never every address.
    assert.deepEqual(
      findingsFor([rule(22, [null])], [{ cidr_blocks: [true] }], refers('aws_eip.e.public_ip', 'aws_eip.e')),
      [],
    );
  });

  it('have lists of which some is not known', () => {
    const ingress = [written(22, refers('var.office', 'aws_eip.e.public_ip', 'aws_eip.e'))];
    assert.deepEqual(findingsFor([rule(22, ['10.0.0.0/8', null])], [{ cidr_blocks: [false, true] }], ingress), []);
    assert.deepEqual(findingsFor([rule(22, [ANY, null])], [{ cidr_blocks: [false, true] }], ingress), [
      `${S}: "${ANY}"`,
    ]);
  });
});

describe('plans without marks of what is not known', () => {
  const key = { references: ['aws_kms_key.k.arn', 'aws_kms_key.k'] };
  const trimmed = (after: Body, expressions: Body): Files => {
    const {
      change: { after_unknown: _, ...rest },
      ...item
    } = change(V, { after }) as { change: Body } & Body;
    return plan([{ ...item, change: rest }], { resources: [configured(V, expressions)] });
  };
  const cases: readonly (readonly [name: string, files: Files, path: string, values: readonly string[]])[] = [
    ['leave open what is left out', trimmed({ size: 1 }, {}), 'Encrypted', ['open not set']],
    ['take nothing for nothing', trimmed({ encrypted: null }, {}), 'Encrypted', ['not set']],
    [
      'take nothing for something where that was configured',
      trimmed({ kms_key_id: null }, { kms_key_id: key }),
      'KmsKeyId',
      ['aws_kms_key.k.arn'],
    ],
    [
      'know what was configured and left out',
      trimmed({ size: 1 }, { kms_key_id: key }),
      'KmsKeyId',
      ['aws_kms_key.k.arn'],
    ],
    ['know what is there', trimmed({ encrypted: false }, {}), 'Encrypted', ['false']],
    [
      'know it of outcomes alone too',
      {
        'plan.json': {
          ...(outcomes({ size: 1 })['plan.json'] as Body),
          configuration: { root_module: { resources: [configured(V, { kms_key_id: key })] } },
        },
      },
      'KmsKeyId',
      ['aws_kms_key.k.arn'],
    ],
  ];
  for (const [name, files, path, values] of cases)
    it(name, () => assert.deepEqual(valuesAt(stackOf(files), V, path), values));

  it('say nothing certain of what is not there', () => {
    assert.deepEqual(
      found(trimmed({ size: 1 }, {})).filter((line) => !line.includes(' possible ')),
      [],
    );
  });
});

describe('plans of Terraform 0.12', () => {
  it('have addresses without keys where they list outcomes', () => {
    const resource = (index: number | string, encrypted: boolean): Body => ({
      address: V,
      mode: 'managed',
      type: 'aws_ebs_volume',
      name: 'v',
      index,
      values: { encrypted },
    });
    const files = {
      'plan.json': {
        format_version: '0.1',
        planned_values: { root_module: { resources: [resource(0, true), resource(1, false), resource('a"b', false)] } },
      },
    };
    assert.deepEqual(found(files, 'ebs-volume-encryption'), [
      `ebs-volume-encryption possible ${V}[1] ${V}["a\\"b"]: false`,
    ]);
  });

  it('mark what is known with false, and nothing as sensitive', () => {
    const {
      change: { after_sensitive: _, ...rest },
      ...item
    } = change(V, { after: { encrypted: false }, unknown: { arn: true, encrypted: false, kms_key_id: true } }) as {
      change: Body;
    } & Body;
    const files = plan([{ ...item, change: rest }], { resources: [configured(V, {})] }, { format_version: '0.1' });
    assert.deepEqual(
      [...valuesAt(stackOf(files), V, 'Encrypted'), ...valuesAt(stackOf(files), V, 'KmsKeyId')],
      ['false', 'not set'],
    );
  });
});

describe('changes that are put off', () => {
  const deferred = (address: string, of: Change): Body => ({
    reason: 'provider_config_unknown',
    resource_change: change(address, of),
  });
  it('may come to something else', () => {
    const files = plan([], {}, { deferred_changes: [deferred(V, { after: { encrypted: false } })] });
    assert.deepEqual(found(files, 'ebs-volume-encryption'), [`ebs-volume-encryption possible ${V}: false`]);
  });
  it('may complete what is not put off', () => {
    const P = 'aws_s3_bucket_public_access_block.p';
    const files = plan(
      [change(B, { after: { bucket: 'x' } })],
      {},
      {
        deferred_changes: [
          deferred(P, {
            after: {
              bucket: 'x',
              block_public_acls: true,
              block_public_policy: true,
              ignore_public_acls: true,
              restrict_public_buckets: true,
            },
          }),
        ],
      },
    );
    const lines = found(files, 's3-bucket-public-access-block');
    assert.ok(
      lines.every((line) => line.includes(' possible ')),
      lines.join('\n'),
    );
  });
});

describe('what a plan knows beside its changes', () => {
  it('is not judged: drift, what is imported, ephemeral resources and actions', () => {
    const drift = change(V, { after: { encrypted: false }, actions: ['update'] });
    const ephemeral = change('aws_ebs_volume.e', { after: { encrypted: false }, more: { mode: 'ephemeral' } });
    assert.deepEqual(
      found(
        plan(
          [ephemeral],
          {},
          {
            resource_drift: [drift],
            action_invocations: [{ address: 'action.aws_lambda_invoke.a', type: 'aws_lambda_invoke', name: 'a' }],
          },
        ),
      ),
      [],
    );
  });
  it('does not change what is: an import, an address from before', () => {
    const moved = change(V, {
      after: { encrypted: false },
      actions: ['no-op'],
      more: { previous_address: 'aws_ebs_volume.old' },
    });
    assert.deepEqual(found(plan([moved]), 'ebs-volume-encryption'), [`ebs-volume-encryption ${V}: false`]);
    const imported = change(V, { after: { encrypted: false }, actions: ['no-op'] }) as { change: Body } & Body;
    assert.deepEqual(
      found(
        plan([
          {
            ...imported,
            change: {
              ...imported.change,
              importing: { id: 'vol-1' },
              generated_config: 'resource "aws_ebs_volume" "v" {}',
            },
          },
        ]),
        'ebs-volume-encryption',
      ),
      [`ebs-volume-encryption ${V}: false`],
    );
  });
  it('is passed over where its provider is not known', () => {
    assert.deepEqual(
      found(plan([change('azurerm_storage_account.a', { after: { enable_https_traffic_only: false } })])),
      [],
    );
  });
});

describe('a volume that is configured', () => {
  it('has what it is configured with', () =>
    assert.deepEqual(
      valuesAt(stackOf(volume({ after: { encrypted: true } }, { encrypted: is(true) })), V, 'Encrypted'),
      ['true'],
    ));
});

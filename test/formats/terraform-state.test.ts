import assert from 'node:assert/strict';
import { LineIndex } from '../../server/src/base/line-index.ts';
import { besideRecords, excerptOf } from '../../server/src/cli/excerpt.ts';
import { call } from '../cli/call.ts';
import { makeFolder } from '../host/workspace.ts';
import { directory, found, stackOf, valuesAt, type Files } from './terraform-stack.ts';

type Body = Readonly<Record<string, unknown>>;

const BLOCK = 's3-bucket-public-access-block';
const STATE = 'terraform-state-in-repository';
const KEPT = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};

/** One object of a state: the parts of its address, and its attributes. */
interface Object {
  readonly module?: string;
  readonly mode?: 'managed' | 'data';
  readonly key?: string | number;
  readonly sensitive?: unknown;
  readonly more?: Body;
}

type Row = readonly [address: string, attributes: Body, object?: Object];

/** The same objects as a state file and as Terraform shows them. */
function both(...rows: readonly Row[]): readonly (readonly [form: string, files: Files])[] {
  return [
    ['a state file', written(rows)],
    ['a state as Terraform shows it', shown(rows)],
  ];
}

function written(rows: readonly Row[], more: Body = {}): Files {
  const resources = rows.map(
    ([address, attributes, { module, mode = 'managed', key, sensitive, more: others } = {}]) => {
      const [type, name] = address.split('.');
      const paths = Array.isArray(sensitive) ? { sensitive_attributes: sensitive as unknown[] } : {};
      return {
        ...(module === undefined ? {} : { module }),
        mode,
        type,
        name,
        instances: [{ ...(key === undefined ? {} : { index_key: key }), attributes, ...paths, ...others }],
      };
    },
  );
  return {
    'terraform.tfstate': { version: 4, terraform_version: '1.9.0', serial: 1, lineage: 'x', resources, ...more },
  };
}

function shown(rows: readonly Row[]): Files {
  const resources = (module: string | undefined): readonly Body[] =>
    rows
      .filter(([, , object = {}]) => object.module === module)
      .map(([address, values, { mode = 'managed', key, sensitive = {}, more } = {}]) => {
        const [type, name] = address.split('.');
        const index = key === undefined ? '' : `[${JSON.stringify(key)}]`;
        return {
          address: `${module === undefined ? '' : `${module}.`}${mode === 'data' ? 'data.' : ''}${address}${index}`,
          mode,
          type,
          name,
          index: key,
          values,
          sensitive_values: sensitive,
          ...more,
        };
      });
  const modules = [...new Set(rows.flatMap(([, , { module } = {}]) => module ?? []))];
  const root_module = {
    resources: resources(undefined),
    child_modules: modules.map((module) => ({ address: module, resources: resources(module) })),
  };
  return { 'state.json': { format_version: '1.0', terraform_version: '1.9.0', values: { root_module } } };
}

function addressesOf(files: Files): readonly string[] {
  return stackOf(files).resources.map(({ address }) => address);
}

describe('a state of Terraform', () => {
  const volume = (attributes: Body, object: Object = {}): Row => ['aws_ebs_volume.v', attributes, object];

  for (const [form, files] of both(volume({ encrypted: false, kms_key_id: '' })))
    it(`says what is so: ${form}`, () => {
      const stack = stackOf(files);
      assert.deepEqual(valuesAt(stack, 'aws_ebs_volume.v', 'Encrypted'), ['false']);
      assert.deepEqual(valuesAt(stack, 'aws_ebs_volume.v', 'Size'), ['not set']);
      assert.deepEqual(found(files, 'ebs-volume-encryption'), ['ebs-volume-encryption aws_ebs_volume.v: false']);
    });

  for (const [form, files] of both(
    volume({}, { key: 'a"b' }),
    volume({}, { key: 1, module: 'module.m["x"]' }),
    volume({}, { mode: 'data' }),
  )) {
    it(`has the objects that Terraform manages, by their addresses: ${form}`, () => {
      assert.deepEqual(addressesOf(files), ['aws_ebs_volume.v["a\\"b"]', 'module.m["x"].aws_ebs_volume.v[1]']);
    });
  }

  it('passes over what is left to be destroyed', () => {
    assert.deepEqual(addressesOf(written([volume({}, { more: { deposed: '00000001' } })])), []);
    assert.deepEqual(addressesOf(shown([volume({}, { more: { deposed_key: '00000001' } })])), []);
  });

  it('passes over what Terraform before 0.12 wrote of an object', () => {
    assert.deepEqual(
      addressesOf({
        'terraform.tfstate': {
          version: 4,
          resources: [
            {
              mode: 'managed',
              type: 'aws_ebs_volume',
              name: 'v',
              instances: [{ attributes_flat: { encrypted: 'false' } }],
            },
          ],
        },
      }),
      [],
    );
  });

  it('has objects in modules in modules', () => {
    const inner = {
      address: 'module.a.module.b',
      resources: [
        {
          address: 'module.a.module.b.aws_ebs_volume.v',
          mode: 'managed',
          type: 'aws_ebs_volume',
          name: 'v',
          values: { encrypted: false },
        },
      ],
    };
    const files = {
      'state.json': {
        format_version: '1.0',
        values: { root_module: { child_modules: [{ address: 'module.a', child_modules: [inner] }] } },
      },
    };
    assert.deepEqual(found(files, 'ebs-volume-encryption'), [
      'ebs-volume-encryption module.a.module.b.aws_ebs_volume.v: false',
    ]);
  });

  describe('joins by what is recorded', () => {
    const bucket = (name: string, object: Object = {}): Row => [
      'aws_s3_bucket.b',
      { id: name, bucket: name, arn: `arn:aws:s3:::${name}` },
      object,
    ];
    const block = (names: string, settings: Body = KEPT, object: Object = {}): Row => [
      'aws_s3_bucket_public_access_block.p',
      { id: names, bucket: names, ...settings },
      object,
    ];
    const cases: readonly (readonly [what: string, rows: readonly Row[], found: readonly string[]])[] = [
      ['the name of the bucket', [bucket('data'), block('data')], []],
      ['its ARN', [bucket('data'), block('arn:aws:s3:::data')], []],
      ['another name', [bucket('data'), block('logs')], [`${BLOCK} aws_s3_bucket.b`]],
      [
        'across modules',
        [
          bucket('data', { module: 'module.a' }),
          block('data', { ...KEPT, block_public_acls: false }, { module: 'module.b' }),
        ],
        [`${BLOCK} module.a.aws_s3_bucket.b module.b.aws_s3_bucket_public_access_block.p`],
      ],
      [
        'the name of one instance',
        [bucket('one', { key: 0 }), bucket('two', { key: 1 }), block('two')],
        [`${BLOCK} aws_s3_bucket.b[0]`],
      ],
    ];
    for (const [what, rows, expected] of cases)
      for (const [form, files] of both(...rows))
        it(`${what}: ${form}`, () => {
          assert.deepEqual(
            found(files, BLOCK).map((line) => line.replace(/: .*/, '')),
            expected,
          );
        });

    it('ids that only AWS knows', () => {
      const stack = stackOf(
        written([
          ['aws_kms_key.k', { id: '1-2-3', key_id: '1-2-3', arn: 'arn:aws:kms:eu-west-1:111122223333:key/1-2-3' }],
          ['aws_ebs_volume.v', { id: 'vol-1', kms_key_id: 'arn:aws:kms:eu-west-1:111122223333:key/1-2-3' }],
          ['aws_ebs_volume.w', { id: 'vol-2', kms_key_id: 'arn:aws:kms:eu-west-1:111122223333:key/4-5-6' }],
        ]),
      );
      const keys = (address: string): readonly string[] =>
        stack
          .byAddress(address)!
          .related('keys')
          .edges.map(({ resource }) => resource.address);
      assert.deepEqual(keys('aws_ebs_volume.v'), ['aws_kms_key.k']);
      assert.deepEqual(keys('aws_ebs_volume.w'), []);
    });
  });

  it('takes what names nothing in it for what is elsewhere', () => {
    const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
    const stack = stackOf(
      written([
        ['aws_iam_role.r', { id: 'r', name: 'r', arn: role('r') }],
        ['aws_lambda_function.f', { id: 'f', role: role('r') }],
        ['aws_lambda_function.g', { id: 'g', role: role('other') }],
      ]),
    );
    const users = stack.byAddress('aws_iam_role.r')!.related('role-users');
    assert.deepEqual(
      users.edges.map(({ resource }) => resource.address),
      ['aws_lambda_function.f'],
    );
    assert.ok(users.complete.yes.isAlways());
  });

  it('has policies in texts, with findings at their characters', () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    for (const [form, files] of both(['aws_iam_policy.p', { id: 'x', arn: 'arn:aws:iam::1:policy/p', policy }])) {
      const { texts, analysis } = directory(files);
      const admin = analysis.documents[0]!.findings.find(({ rule }) => rule === 'iam-policy-admin-wildcard')!;
      assert.equal(texts.get(admin.at.doc)!.slice(admin.at.start - 13, admin.at.end), String.raw`\"Action\":\"*`, form);
    }
  });

  describe('keeps to itself', () => {
    const cases: readonly (readonly [what: string, files: Files])[] = [
      [
        'what a state file says is sensitive',
        written([volume({ encrypted: false }, { sensitive: [[{ type: 'get_attr', value: 'encrypted' }]] })]),
      ],
      ['what Terraform shows as sensitive', shown([volume({ encrypted: false }, { sensitive: { encrypted: true } })])],
      ['all of it', shown([volume({ encrypted: false }, { sensitive: true })])],
      [
        'paths that cannot be told',
        written([volume({ encrypted: false }, { sensitive: [[{ type: 'index', value: {} }]] })]),
      ],
    ];
    for (const [what, files] of cases)
      it(what, () => assert.deepEqual(valuesAt(stackOf(files), 'aws_ebs_volume.v', 'Encrypted'), ['a secret value']));

    it('items of a list', () => {
      const sensitive = [
        [
          { type: 'get_attr', value: 'ingress' },
          { type: 'index', value: { value: 0, type: 'number' } },
          { type: 'get_attr', value: 'description' },
        ],
      ];
      const ingress = { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'], description: 'd' };
      const [rule] = stackOf(
        written([['aws_security_group.g', { ingress: [ingress] }, { sensitive }]]),
      ).resources[0]!.each('SecurityGroupIngress').items;
      assert.equal(rule!.get('Description').origin.secret, true);
      assert.equal(rule!.get('CidrIp').origin.secret, undefined);
    });

    it('passwords, though it does not call them sensitive', () => {
      for (const [form, files] of both(['aws_db_instance.d', { password: 'x' }]))
        assert.deepEqual(valuesAt(stackOf(files), 'aws_db_instance.d', 'MasterUserPassword'), ['a secret value'], form);
    });

    /** A state that begins with a secret. */
    const withOutput = (files: Files): Files =>
      Object.fromEntries(
        Object.entries(files).map(([name, content]) => [
          name,
          { version: 4, outputs: { t: { value: 'not to be shown' } }, ...(content as Body) },
        ]),
      );

    it('what a finding marks', () => {
      const folder = makeFolder({
        'state.json': JSON.stringify(
          shown([['aws_db_instance.d', { storage_encrypted: false }, { sensitive: { storage_encrypted: true } }]])[
            'state.json'
          ],
        ),
      });
      const { out } = call(['lint', '.'], { cwd: folder.path });
      folder.remove();
      assert.match(out, /rds-instance-encryption[^]*"storage_encrypted":\*{5}/);
    });

    it('what is in a list that a finding marks', () => {
      const statement = { Effect: 'Allow', Action: '*', Resource: '*', Sid: 'hush' };
      const text = `{"ingress": ${JSON.stringify([statement])}}`;
      const range = { start: text.indexOf('['), end: text.length - 1 };
      assert.deepEqual(
        excerptOf(text, new LineIndex(text), range, 80, [], besideRecords(text, new LineIndex(text), range)).source,
        '…"ingress": […',
      );
    });

    it('what stands beside a finding, and passwords, in the report too', () => {
      const attributes = { id: 'd', password: 'not to be shown', publicly_accessible: true, storage_encrypted: false };
      for (const [form, plain] of both(['aws_db_instance.d', attributes], ['aws_db_instance.e', attributes]))
        for (const indent of [0, 2]) {
          const files = withOutput(plain);
          const folder = makeFolder(
            Object.fromEntries(
              Object.entries(files).map(([name, content]) => [name, JSON.stringify(content, null, indent)]),
            ),
          );
          const { out } = call(['lint', '--profile', 'strict', '.'], { cwd: folder.path });
          folder.remove();
          assert.match(out, /rds-publicly-accessible/, form);
          assert.match(out, /terraform-state-in-repository/, form);
          assert.doesNotMatch(out, /not to be/, form);
        }
    });
  });

  describe('of which resources are not read', () => {
    const cases: readonly (readonly [what: string, text: string, reason: RegExp])[] = [
      [
        'of an old version',
        '{"version": 3, "terraform_version": "0.11.14", "serial": 1, "modules": []}',
        /version 3, written by Terraform before 0\.12/,
      ],
      ['of a version to come', '{"version": 5, "terraform_version": "3.0", "serial": 1}', /unknown version/],
      [
        'that is encrypted',
        '{"serial": 1, "lineage": "x", "encrypted_data": "e30=", "encryption_version": "v0"}',
        /encrypted/,
      ],
    ];
    for (const [what, text, reason] of cases)
      it(`is said to be one ${what}`, () => {
        assert.match(
          directory({ 'terraform.tfstate': text })
            .analysis.incomplete.map((one) => one.reason)
            .join(),
          reason,
        );
      });

    it('says nothing of what was', () => {
      const { 'terraform.tfstate': state } = written([volume({ encrypted: false })]);
      assert.deepEqual(
        found({ 'terraform.tfstate.backup': state }).map((line) => line.split(' ')[0]),
        [STATE],
      );
    });
  });

  for (const text of [
    '',
    '{',
    '[]',
    '{"version": 4, "resources": [{"type": "aws_ebs_volume", "name": "v", "instances": {}}, 1, null]}',
    '{"version": 4, "resources": [{"mode": "managed", "type": [], "name": "v", "instances": [{"attributes": []}]}]}',
  ]) {
    it(`bears what is no state: ${text}`, () => {
      const { analysis } = directory({ 'terraform.tfstate': text });
      assert.deepEqual(
        analysis.documents[0]!.problems.filter(({ kind }) => kind === 'internal'),
        [],
      );
    });
  }
});

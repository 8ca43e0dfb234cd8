import assert from 'node:assert/strict';
import { encodeText } from '../../server/src/host/text-encoding.ts';
import { call } from '../cli/call.ts';
import { makeFolder } from '../host/workspace.ts';
import { change, configured, outcomes, plan, V, volume, type Body, type Change } from './terraform-plan-made.ts';
import { directory, found, stackOf, valuesAt, type Files } from './terraform-stack.ts';

const VOLUME = 'ebs-volume-encryption';
const BLOCK = 's3-bucket-public-access-block';
const SSH = 'sg-ingress-open-ssh';

const UNKNOWN = 'an unknown value';

describe('values of a plan', () => {
  const references = { references: ['var.e'] };
  const cases: readonly (readonly [name: string, files: Files, path: string, values: readonly string[]])[] = [
    ['known', volume({ after: { encrypted: false } }, { encrypted: references }), 'Encrypted', ['false']],
    [
      'configured and not known',
      volume({ unknown: { encrypted: true } }, { encrypted: references }),
      'Encrypted',
      [UNKNOWN],
    ],
    ['configured with a function', volume({ unknown: { encrypted: true } }, { encrypted: {} }), 'Encrypted', [UNKNOWN]],
    [
      'configured as a reference',
      volume({ unknown: { kms_key_id: true } }, { kms_key_id: { references: ['aws_kms_key.k.arn', 'aws_kms_key.k'] } }),
      'KmsKeyId',
      ['aws_kms_key.k.arn'],
    ],
    [
      'configured as a reference, with a null in its place',
      volume(
        { after: { kms_key_id: null }, unknown: { kms_key_id: true } },
        { kms_key_id: { references: ['aws_kms_key.k[0].arn', 'aws_kms_key.k[0]', 'aws_kms_key.k'] } },
      ),
      'KmsKeyId',
      ['aws_kms_key.k.arn'],
    ],
    ['left to the provider', volume({ unknown: { encrypted: true } }), 'Encrypted', ['not set']],
    ['absent', volume({}), 'Encrypted', ['not set']],
    [
      'a block left to the provider, or made by a dynamic block',
      plan(
        [
          change('aws_s3_bucket.b', { unknown: { versioning: true } }),
          change('aws_kms_key.k', { unknown: { arn: true } }),
        ],
        { resources: [configured('aws_s3_bucket.b', {}), configured('aws_kms_key.k', {})] },
      ),
      'VersioningConfiguration.Status',
      ['open not set'],
    ],
    [
      'a block left to the provider, where nothing is unknown that a dynamic block could be made from',
      plan([change('aws_s3_bucket.b', { unknown: { versioning: true } })], {
        resources: [configured('aws_s3_bucket.b', {})],
      }),
      'VersioningConfiguration.Status',
      ['not set'],
    ],
    [
      'a block that is configured',
      plan([change('aws_s3_bucket.b', { unknown: { versioning: true } })], {
        resources: [configured('aws_s3_bucket.b', { versioning: [{ enabled: references }] })],
      }),
      'VersioningConfiguration',
      [UNKNOWN],
    ],
    [
      'sensitive',
      volume({ after: { encrypted: false }, sensitive: { encrypted: true } }),
      'Encrypted',
      ['a secret value'],
    ],
    [
      'in something sensitive',
      volume({ after: { encrypted: false }, sensitive: true }),
      'Encrypted',
      ['a secret value'],
    ],
    [
      'without configuration',
      { 'plan.json': { format_version: '1.0', resource_changes: [change(V, { unknown: { encrypted: true } })] } },
      'Encrypted',
      ['open not set'],
    ],
    ['the outcome alone', outcomes({ size: 1 }), 'Encrypted', ['open not set']],
    ['the outcome alone, known', outcomes({ encrypted: false }), 'Encrypted', ['false']],
  ];
  for (const [name, files, path, values] of cases)
    it(`are ${name}`, () =>
      assert.deepEqual(valuesAt(stackOf(files), path.startsWith('Versioning') ? 'aws_s3_bucket.b' : V, path), values));

  it('have items that are not known', () => {
    const group = (
      cidrs: readonly unknown[],
      unknown: readonly boolean[],
      expressions: unknown = { references: ['var.cidrs'] },
    ): readonly string[] => {
      const ingress = [{ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: cidrs, self: false }];
      return found(
        plan(
          [change('aws_security_group.s', { after: { ingress }, unknown: { ingress: [{ cidr_blocks: unknown }] } })],
          { resources: [configured('aws_security_group.s', { ingress: [{ cidr_blocks: expressions }] })] },
        ),
        SSH,
      ).map((line) => line.replace(`${SSH} `, ''));
    };
    assert.deepEqual(group(['10.0.0.0/8', null], [false, true]), ['possible aws_security_group.s: null']);
    assert.deepEqual(group([null, '0.0.0.0/0'], [true, false]), [
      'possible aws_security_group.s: null',
      'aws_security_group.s: "0.0.0.0/0"',
    ]);
    assert.deepEqual(group(['10.0.0.0/8', '10.1.0.0/16'], [false, false]), []);
  });
});

describe('resources of a plan', () => {
  const off = { after: { encrypted: false } };
  const one = `${VOLUME} ${V}: false`;

  const kept: readonly (readonly string[])[] = [
    ['create'],
    ['update'],
    ['no-op'],
    ['delete', 'create'],
    ['create', 'delete'],
    ['create', 'forget'],
  ];
  for (const actions of kept)
    it(`are there after ${actions.join(' and ')}`, () =>
      assert.deepEqual(found(plan([change(V, { ...off, actions })]), VOLUME), [one]));

  const gone: Readonly<Record<string, Change>> = {
    'what is deleted': { after: null, actions: ['delete'] },
    'what is forgotten': { after: null, actions: ['forget'] },
    'a leftover object': { ...off, more: { deposed: '8f3e12ab' } },
    'a data source': { ...off, more: { mode: 'data' } },
  };
  for (const [name, of] of Object.entries(gone))
    it(`are not ${name}`, () => assert.deepEqual(found(plan([change(V, of)]), VOLUME), []));

  it('are read from the outcomes where there is nothing else', () => {
    assert.deepEqual(
      found(outcomes({ encrypted: false }), VOLUME).map((line) => line.replace(/^\S+ (possible )?/, '')),
      [`${V}: false`, `module.m.${V}: false`],
    );
  });

  const BUCKET = plan([change('aws_s3_bucket.b', { after: { bucket: 'b' } })], {
    resources: [configured('aws_s3_bucket.b', {})],
  });
  for (const [what, more, seen] of [
    ['say that they are complete', { applyable: true, complete: true, errored: false }, 'certain'],
    ['do not say whether they are complete', {}, 'certain'],
    ['are limited to some resources', { applyable: true, complete: false, errored: false }, 'possible'],
    ['an error ended', { applyable: false, errored: true }, 'possible'],
  ] as const) {
    it(`that ${what} ${seen === 'certain' ? 'leave out what will not be there' : 'may leave out what completes what is there'}`, () => {
      const files = { 'plan.json': { ...(BUCKET['plan.json'] as Body), ...more } };
      assert.deepEqual(
        found(files, BLOCK).map((line) => (line.includes('possible') ? 'possible' : 'certain')),
        [seen],
      );
    });
  }

  it('that are limited to some resources hold what they hold', () => {
    const files = volume({ after: { encrypted: false } });
    assert.deepEqual(
      found({ 'plan.json': { ...(files['plan.json'] as Body), complete: false } }, VOLUME),
      found(files, VOLUME),
    );
  });

  for (const [version, format] of [
    ['0.1', 'terraform-plan'],
    ['0.2', 'terraform-plan'],
    ['1.2', 'terraform-plan'],
    ['1.99', 'terraform-plan'],
    ['2.0', 'none'],
    ['10.0', 'none'],
  ] as const) {
    it(`of format ${version} are ${format === 'none' ? 'not read, which is said' : 'read'}`, () => {
      const [document] = directory(outcomes({ encrypted: false }, version)).analysis.documents;
      assert.equal(document!.format, format);
      assert.equal(document!.findings.length > 0, format !== 'none');
      assert.deepEqual(document!.problems, []);
      if (format === 'none') assert.match(document!.reason, /plan format version \d+ is not supported/);
    });
  }

  it('are not in the log that planning writes', () => {
    const log =
      '{"@level":"info","@message":"Terraform 1.14.0","type":"version"}\n{"@level":"info","type":"planned_change","change":{"resource":{"addr":"aws_ebs_volume.v"}}}\n';
    const [document] = directory({ 'plan.json': log }).analysis.documents;
    assert.deepEqual([document!.format, document!.findings, document!.problems], ['none', [], []]);
    assert.match(document!.reason, /terraform show -json/);
  });

  it('keep their findings when the middle of the file is broken', () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `aws_ebs_volume.${name}`);
    const text = JSON.stringify(plan(names.map((address) => change(address, off)))['plan.json'], null, 2);
    const whole = found({ 'plan.json': text }, VOLUME);
    assert.equal(whole.length, 5);
    const at = text.indexOf('"encrypted": false', text.indexOf('"aws_ebs_volume.c"'));
    for (const broken of [
      `${text.slice(0, at)}"encrypted": fa"lse${text.slice(at + 18)}`,
      `${text.slice(0, at)}"encrypted" false,,${text.slice(at + 18)}`,
    ]) {
      const { analysis } = directory({ 'plan.json': broken });
      assert.ok(analysis.documents[0]!.problems.length > 0);
      for (const line of whole.filter((each) => !each.includes('.c:')))
        assert.ok(found({ 'plan.json': broken }, VOLUME).includes(line), line);
    }
  });

  it('are marked exactly in a file of one line', () => {
    const text = JSON.stringify(
      plan([change('aws_ebs_volume.a', { after: { encrypted: true } }), change(V, off)])['plan.json'],
    );
    const { analysis } = directory({ 'plan.json': text });
    const finding = analysis.documents[0]!.findings.find(({ rule }) => rule === VOLUME)!;
    assert.deepEqual(
      [finding.at.start, finding.at.end],
      [text.lastIndexOf('"encrypted":false') + 12, text.lastIndexOf('"encrypted":false') + 17],
    );
  });

  // Its output is in UTF-16, and what is not ASCII in it is mangled on the way, sometimes so that it is no JSON any
  // more.
  for (const encoding of ['utf-16le', 'utf-16be'] as const)
    it(`are read from what PowerShell writes in ${encoding}, mangled too`, () => {
      const changes = ['a', 'b', 'c'].map((name) =>
        change(`aws_ebs_volume.${name}`, { after: { encrypted: false, tags: { Name: 'Büro' } } }),
      );
      const text = JSON.stringify(plan(changes)['plan.json']);
      const at = text.indexOf('ü', text.indexOf('aws_ebs_volume.b'));
      for (const mangled of ['ü', '\u251c\u255d', '\u001a', '\ufffd', '"', '\r\n']) {
        const folder = makeFolder({
          'plan.json': encodeText(text.slice(0, at) + mangled + text.slice(at + 1), encoding),
        });
        try {
          const { code, out, err } = call(['lint', '--format', 'json', 'plan.json'], { cwd: folder.path });
          assert.deepEqual([code, err], [1, '']);
          for (const name of ['a', 'b', 'c'])
            assert.match(out, new RegExp(`"resource":\\s*"aws_ebs_volume\\.${name}"`), JSON.stringify(mangled));
        } finally {
          folder.remove();
        }
      }
    });

  it('that are cut off keep what is there', () => {
    const text = JSON.stringify(plan(['a', 'b'].map((name) => change(`aws_ebs_volume.${name}`, off)))['plan.json']);
    assert.deepEqual(found({ 'plan.json': text.slice(0, text.indexOf('aws_ebs_volume.b')) }, VOLUME), [
      `${VOLUME} aws_ebs_volume.a: false`,
    ]);
  });

  it('have no fixes', () => {
    const { analysis } = directory(volume(off));
    assert.deepEqual(
      analysis.documents[0]!.findings.flatMap(({ fixes }) => fixes),
      [],
    );
  });
});

describe('instances in a plan', () => {
  const off = { after: { encrypted: false } };

  it('fold into one finding', () => {
    const addresses = [
      'aws_ebs_volume.v[0]',
      'aws_ebs_volume.v[1]',
      'aws_ebs_volume.v["a.b"]',
      'aws_ebs_volume.v["c[0]"]',
      'module.m["x.y"].module.n[0].aws_ebs_volume.v',
    ];
    assert.deepEqual(found(plan(addresses.map((address) => change(address, off))), VOLUME), [
      `${VOLUME} ${addresses.slice(0, 4).join(' ')}: false`,
      `${VOLUME} ${addresses[4]}: false`,
    ]);
    const modules = ['module.m[0].aws_ebs_volume.v', 'module.m[1].aws_ebs_volume.v', 'module.n[0].aws_ebs_volume.v'];
    assert.deepEqual(found(plan(modules.map((address) => change(address, off))), VOLUME), [
      `${VOLUME} ${modules[0]} ${modules[1]}: false`,
      `${VOLUME} ${modules[2]}: false`,
    ]);
  });

  it('stay apart where different things are found', () => {
    const [a, b] = ['aws_ebs_volume.v[0]', 'aws_ebs_volume.v[1]'];
    assert.deepEqual(found(plan([change(a, { after: { encrypted: true } }), change(b, off)]), VOLUME), [
      `${VOLUME} ${b}: false`,
    ]);
  });
});

describe('companions in a plan', () => {
  const ON = {
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  };

  /**
   * A bucket with the settings of its block; its name is decided by the provider, so that references alone connect
   * them.
   */
  const bucket = (address: string): Body => change(address, { after: {}, unknown: { bucket: true, id: true } });
  const block = (address: string, on = true): Body =>
    change(address, { after: { ...ON, block_public_acls: on }, unknown: { bucket: true } });
  const module = (...references: readonly string[]): Body => ({
    resources: [
      configured('aws_s3_bucket.b', {}),
      configured('aws_s3_bucket_public_access_block.p', { bucket: { references } }),
    ],
  });
  const B = 'aws_s3_bucket.b';
  const P = 'aws_s3_bucket_public_access_block.p';
  const findingsFor = (changes: readonly Body[], root: Body): readonly string[] =>
    found(plan(changes, root), BLOCK).map((line) =>
      line
        .replace(`${BLOCK} `, '')
        .replaceAll('aws_s3_bucket.', '')
        .replaceAll('aws_s3_bucket_public_access_block.', ''),
    );

  it('name their owner', () => {
    const root = module('aws_s3_bucket.b.id', 'aws_s3_bucket.b');
    assert.deepEqual(findingsFor([bucket(B), block(P)], root), []);
    assert.deepEqual(findingsFor([bucket(B), block(P, false)], root), ['b p: false']);
    assert.deepEqual(findingsFor([bucket(B)], root), ['b: "b"']);
  });

  it('name their owner by an equal value', () => {
    const named = (name: string): readonly string[] =>
      findingsFor([change(B, { after: { bucket: 'x' } }), change(P, { after: { ...ON, bucket: name } })], {});
    assert.deepEqual(named('x'), []);
    assert.deepEqual(named('y'), ['b: "b"']);
  });

  it('belong to the instance with their key', () => {
    const root = module('aws_s3_bucket.b', 'each.key');
    for (const [one, other] of [
      ['[0]', '[1]'],
      ['["a.b"]', '["c[0]"]'],
    ]) {
      const both = [bucket(B + one), bucket(B + other)];
      assert.deepEqual(findingsFor([...both, block(P + one), block(P + other)], root), []);
      assert.deepEqual(findingsFor([...both, block(P + one), block(P + other, false)], root), [
        `b${other} p${other}: false`,
      ]);
      assert.deepEqual(findingsFor([...both, block(P + one)], root), [
        `b${other}: "b${other!.replaceAll('"', '\\"')}"`,
      ]);
    }
  });

  it('belong to the instance whose key is written', () => {
    const written = ['aws_s3_bucket.b["x"].id', 'aws_s3_bucket.b["x"]', 'aws_s3_bucket.b'];
    const both = [bucket(`${B}["x"]`), bucket(`${B}["y"]`)];
    assert.deepEqual(findingsFor([...both, block(P, false)], module(...written)), [
      'b["y"]: "b[\\"y\\"]"',
      'b["x"] p: false',
    ]);
    assert.deepEqual(findingsFor([...both, block(`${P}["z"]`, false)], module(...written)), [
      'b["y"]: "b[\\"y\\"]"',
      'b["x"] p["z"]: false',
    ]);
  });

  it('may belong to any instance where the key is not seen', () => {
    const root = module('aws_s3_bucket.b', 'local.key');
    for (const from of [P, `${P}["z"]`]) {
      const all = findingsFor([bucket(`${B}["x"]`), bucket(`${B}["y"]`), block(from)], root);
      assert.ok(all.length > 0 && all.every((line) => line.startsWith('possible ')), all.join('\n'));
    }
  });

  it('belong to the one instance of a counted resource', () => {
    assert.deepEqual(findingsFor([bucket(`${B}[0]`), block(P)], module('aws_s3_bucket.b')), []);
  });

  it('belong to an owner in the same instance of their module', () => {
    const root = { module_calls: { m: { module: module('aws_s3_bucket.b.id', 'aws_s3_bucket.b') } } };
    assert.deepEqual(findingsFor([bucket(`module.m.${B}`), block(`module.m.${P}`)], root), []);
    const both = [bucket(`module.m[0].${B}`), bucket(`module.m[1].${B}`)];
    assert.deepEqual(findingsFor([...both, block(`module.m[0].${P}`), block(`module.m[1].${P}`, false)], root), [
      'module.m[1].b module.m[1].p: false',
    ]);
    assert.deepEqual(findingsFor([...both, block(`module.m[0].${P}`)], root), ['module.m[1].b: "module.m[1].b"']);
    assert.deepEqual(
      findingsFor([bucket(`module.n.${B}`), block(`module.m.${P}`)], root).filter(
        (line) => !line.startsWith('possible'),
      ),
      ['module.n.b: "module.n.b"'],
    );
  });
});

describe('secrets in a plan', () => {
  it('are never said', () => {
    const after = {
      storage_encrypted: 'hunter2',
      password: 'hunter3',
      kms_key_id: 'hunter4',
      ingress: [{ from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'], description: 'hunter5' }],
    };
    const sensitive = {
      storage_encrypted: true,
      password: true,
      kms_key_id: true,
      ingress: [{ cidr_blocks: true, description: true }],
    };
    const { analysis } = directory(
      plan([
        change('aws_db_instance.d', { after: { ...after, storage_encrypted: false }, sensitive }),
        change('aws_db_instance.e', { after, sensitive }),
        change('aws_ebs_volume.v', { after: { encrypted: 'hunter6' }, sensitive: true }),
        change('aws_security_group.s', { after, sensitive }),
        change('aws_iam_policy.p', {
          after: { policy: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Sid":"hunter7"}}' },
          sensitive: { policy: true },
        }),
      ]),
    );
    const { findings } = analysis.documents[0]!;
    assert.ok(findings.length >= 4, String(findings.length));
    assert.doesNotMatch(JSON.stringify(analysis), /hunter/);
    assert.ok(findings.some(({ resource }) => resource === 'aws_db_instance.d'));
    assert.doesNotMatch(
      findings.find(({ resource }) => resource === 'aws_security_group.s')?.message ?? '',
      /0\.0\.0\.0/,
    );
  });
});

/**
 * The same configuration in the shapes that JSON allows for it is fixed alike, in its own shape. Each two ways to write
 * two levels occur together; with `RUNS_FACTOR` all combinations are tried.
 */
import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/fixes/merge.ts';
import { readBack } from '../kit/read-back.ts';
import { pairwise, product } from '../kit/combinations.ts';
import { runs } from '../kit/runs.ts';
import { directory, EVERYTHING, FOLDER, stackOf, valuesAt } from './terraform-stack.ts';

type Body = Readonly<Record<string, unknown>>;
type Wrap = (value: unknown) => unknown;

interface Case {
  readonly rule: string;
  readonly type: string;
  readonly body: Body;
  /** The names of arguments of the body that are blocks. */
  readonly blocks: readonly string[];
  readonly path: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const STATEMENT = { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' };
const TAKER = { Effect: 'Allow', Action: 'ec2:RunInstances', Resource: '*' };

const CASES: Readonly<Record<string, Case>> = {
  'replaces an argument': {
    rule: 'rds-instance-encryption',
    type: 'aws_db_instance',
    body: { storage_encrypted: false },
    blocks: [],
    path: 'StorageEncrypted',
    before: ['false'],
    after: ['true'],
  },
  'writes an argument': {
    rule: 'rds-instance-encryption',
    type: 'aws_db_instance',
    body: { engine: 'mysql' },
    blocks: [],
    path: 'StorageEncrypted',
    before: ['not set'],
    after: ['true'],
  },
  'writes into a block': {
    rule: 'ec2-imdsv2-required',
    type: 'aws_instance',
    body: { metadata_options: { http_endpoint: 'enabled' } },
    blocks: ['metadata_options'],
    path: 'MetadataOptions.HttpTokens',
    before: ['not set'],
    after: ['required'],
  },
  'writes a block': {
    rule: 'ec2-imdsv2-required',
    type: 'aws_instance',
    body: { ami: 'ami-1' },
    blocks: [],
    path: 'MetadataOptions.HttpTokens',
    before: ['not set'],
    after: ['required'],
  },
  'writes a companion': {
    rule: 's3-bucket-public-access-block',
    type: 'aws_s3_bucket',
    body: {},
    blocks: [],
    path: 'PublicAccessBlockConfiguration.BlockPublicAcls',
    before: ['not set'],
    after: ['true'],
  },
  'takes an item away': {
    rule: 'sg-ingress-open-ssh',
    type: 'aws_security_group',
    body: { ingress: { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8', '0.0.0.0/0'] } },
    blocks: ['ingress'],
    path: 'SecurityGroupIngress',
    before: [],
    after: [],
  },
  'writes into a document in a text': {
    rule: 'iam-policy-passrole-wildcard',
    type: 'aws_iam_policy',
    body: { policy: JSON.stringify({ Statement: [STATEMENT, TAKER] }) },
    blocks: [],
    path: 'PolicyDocument',
    before: [],
    after: [],
  },
};

const once: Wrap = (value) => value;
const inArray: Wrap = (value) => [value];

/** The ways to write each level: the file, what is below `resource`, the names of a type, a body, a block. */
const FILES: readonly Wrap[] = [
  once,
  inArray,
  (file) => [{ terraform: {} }, file],
  (file) => [file, { resource: { aws_iam_user: { last: {} } } }],
  (file) => ({ '//': 'made by hand', ...(file as Body) }),
];
const TYPES: readonly Wrap[] = [
  once,
  inArray,
  (types) => [{ aws_iam_user: { first: {} } }, types],
  (types) => [types, { aws_iam_user: { last: {} } }],
  (types) => ({ '//': ['a', 'comment'], ...(types as Body) }),
];
const NAMES: readonly Wrap[] = [once, inArray, (names) => [{ '//': 'one' }, names]];
const BODIES: readonly Wrap[] = [once, inArray, (body) => ({ '//': { metadata: {} }, ...(body as Body) })];
const BLOCKS: readonly Wrap[] = [once, inArray];

function* shapesOf({ type, body, blocks }: Case): Iterable<string> {
  let lines = false;
  const levels = [FILES, TYPES, NAMES, BODIES, blocks.length > 0 ? BLOCKS : [once]];
  for (const [file, types, names, wrapped, block] of runs(1) > 1 ? product(levels) : pairwise(levels)) {
    const inner = Object.fromEntries(
      Object.entries(body).map(([name, value]) => [name, blocks.includes(name) ? block!(value) : value]),
    );
    const document = file!({ resource: types!({ [type]: names!({ x: wrapped!(inner) }) }) });
    lines = !lines;
    yield lines ? JSON.stringify(document, null, 2) : JSON.stringify(document);
  }
  // Names may repeat. https://github.com/hashicorp/hcl/blob/main/json/spec.md
  const text = JSON.stringify({ [type]: { x: body } });
  yield `{"resource": {"aws_iam_user": {"first": {}}}, "resource": ${text}}`;
  yield `{"resource": ${text}, "resource": {"aws_iam_user": {"last": {}}}}`;
  yield `{"resource": {${JSON.stringify(type)}: {"other": {"count": 0}}, ${text.slice(1, -1)}}}`;
}

/** What the property is after the first fix, once it is seen that every fix reads back. */
function afterFix(
  text: string,
  { rule, type, path }: Case,
): { readonly text: string; readonly values: readonly string[] } {
  const options = { ...EVERYTHING, rules: new Set([rule]) };
  const { reader, named, analysis } = directory({ 'main.tf.json': text }, options);
  assert.deepEqual(readBack(reader, named, analysis, options), [], text);
  const fix = analysis.documents
    .flatMap(({ findings }) => findings.filter(({ subjects }) => subjects.includes(`${type}.x`)))
    .flatMap(({ fixes }) => fixes)[0];
  assert.ok(fix, `no fix for ${text}`);
  const fixed = applyEdits(text, fix.edits);
  assert.ok(fix.edits.every(({ doc }) => doc === `${FOLDER}main.tf.json`));
  return { text: fixed, values: valuesAt(stackOf({ 'main.tf.json': fixed }), `${type}.x`, path) };
}

describe('a fix in every shape of a configuration', () => {
  for (const [what, one] of Object.entries(CASES))
    it(what, () => {
      const plain = JSON.stringify({ resource: { [one.type]: { x: one.body } } });
      const expected = afterFix(plain, one).values;
      if (one.before.length > 0)
        assert.deepEqual(
          [valuesAt(stackOf({ 'main.tf.json': plain }), `${one.type}.x`, one.path), expected],
          [one.before, one.after],
        );
      for (const text of shapesOf(one)) {
        const { text: fixed, values } = afterFix(text, one);
        assert.deepEqual(values, expected, `${text}\nbecame\n${fixed}`);
        assert.equal(fixed.includes('\n'), text.includes('\n'), 'lines');
      }
    });
});

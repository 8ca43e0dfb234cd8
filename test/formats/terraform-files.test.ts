/** The files that a configuration reads with functions. */
import assert from 'node:assert/strict';
import { found, stackOf, valuesAt, directory, markedIn, EVERYTHING, FOLDER, type Files } from './terraform-stack.ts';
import { collect } from '../../server/src/engine/run.ts';
import { analyze } from '../../server/src/engine/analyze.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const OPEN = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const ADMIN = 'iam-policy-admin-wildcard';

/** A policy with the given text, and what else is in the directory. */
function policy(text: string, more: Readonly<Record<string, unknown>> = {}): unknown {
  return { resource: { aws_iam_policy: { p: { name: 'p', policy: text } } }, ...more };
}

describe('files that a configuration reads', () => {
  const cases: readonly (readonly [name: string, files: Files, ...findings: readonly string[]])[] = [
    [
      'have findings at their own places',
      { 'main.tf.json': policy('${file("policy.json")}'), 'policy.json': OPEN },
      'policy.json',
    ],
    [
      'are found beside the module',
      { 'main.tf.json': policy('${file("${path.module}/policy.json")}'), 'policy.json': OPEN },
      'policy.json',
    ],
    [
      'are found from the root',
      {
        'main.tf.json': { module: { m: { source: './modules/m' } } },
        'modules/m/main.tf.json': policy('${file("${path.root}/policy.json")}'),
        'policy.json': OPEN,
      },
      'policy.json',
    ],
    [
      'are found in the folder of a module',
      {
        'main.tf.json': { module: { m: { source: './modules/m' } } },
        'modules/m/main.tf.json': policy('${file("${path.module}/policies/p.json")}'),
        'modules/m/policies/p.json': OPEN,
      },
      'modules/m/policies/p.json',
    ],
    [
      'are read through locals',
      { 'main.tf.json': policy('${local.text}', { locals: { text: '${file("policy.json")}' } }), 'policy.json': OPEN },
      'policy.json',
    ],
    [
      'are read as values',
      { 'main.tf.json': policy('${jsonencode(jsondecode(file("policy.json")))}'), 'policy.json': OPEN },
      'policy.json',
    ],
    [
      'are values in YAML',
      {
        'main.tf.json': policy('${jsonencode(yamldecode(file("policy.yaml")))}'),
        'policy.yaml': 'Statement:\n  - {Effect: Allow, Action: "*", Resource: "*"}\n',
      },
      'main.tf.json: yamldecode(file("policy.yaml"))',
    ],
    [
      'are encoded',
      { 'main.tf.json': policy('${base64decode(filebase64("policy.json"))}'), 'policy.json': OPEN },
      'main.tf.json: "${base64decode(filebase64("policy.json"))}"',
    ],
    [
      'are templates in strings',
      {
        'main.tf.json': policy('${templatestring(local.text, { action = "*" })}', {
          locals: { text: '${file("p.tftpl")}' },
        }),
        'p.tftpl': '{"Statement": [{"Effect": "Allow", "Action": "${action}", "Resource": "*"}]}',
      },
      'main.tf.json: "${templatestring(local.text, { action = "*" })}"',
    ],
    [
      'are templates with variables',
      {
        'main.tf.json': policy('${templatefile("p.tftpl", { action = "*" })}'),
        'p.tftpl': '{"Statement": [{"Effect": "Allow", "Action": "${action}", "Resource": "*"}]}',
      },
      'main.tf.json: "${templatefile("p.tftpl", { action = "*" })}"',
    ],
    [
      'are templates that encode',
      {
        'main.tf.json': policy('${templatefile("p.tftpl", { actions = ["*"] })}'),
        'p.tftpl':
          '${jsonencode({ Statement = [{ Effect = "Allow", Action = [for a in actions : lower(a)], Resource = "*" }] })}',
      },
      'main.tf.json: "${templatefile("p.tftpl", { actions = ["*"] })}"',
    ],
    [
      'are templates with JSON that is unknown',
      {
        'main.tf.json': policy('${templatefile("p.tftpl", { arns = jsonencode(var.arns) })}', {
          variable: { arns: {} },
        }),
        'p.tftpl':
          '{"Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": ${arns}}, {"Effect": "Allow", "Action": "*", "Resource": "*"}]}',
      },
      'main.tf.json: "${templatefile("p.tftpl", { arns = jsonencode(var.arns) })}"',
    ],
    [
      'are templates with items that are unknown',
      {
        'main.tf.json': policy('${templatefile("p.tftpl", { arns = var.arns })}', { variable: { arns: {} } }),
        'p.tftpl':
          '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": ["*"%{ for arn in arns }, "${arn}"%{ endfor }]}]}',
      },
      'main.tf.json: "${templatefile("p.tftpl", { arns = var.arns })}"',
    ],
    [
      'are templates with a string that is encoded',
      {
        'main.tf.json': policy('${templatefile("p.tftpl", { action = jsonencode("*") })}'),
        'p.tftpl': '{"Statement": [{"Effect": "Allow", "Action": ${action}, "Resource": "*"}]}',
      },
      'main.tf.json: "${templatefile("p.tftpl", { action = jsonencode("*") })}"',
    ],
    [
      'are not certainly open where JSON is unknown',
      {
        'main.tf.json': policy('${templatefile("p.tftpl", { arns = jsonencode(var.arns) })}', {
          variable: { arns: {} },
        }),
        'p.tftpl': '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": ${arns}}]}',
      },
    ],
    [
      'are templates with entries that are unknown',
      {
        'main.tf.json': policy('${templatefile("p.tftpl", { more = var.more })}', { variable: { more: {} } }),
        'p.tftpl': '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"${more}}]}',
      },
    ],
    [
      'are fine when they are',
      {
        'main.tf.json': policy('${templatefile("p.tftpl", { action = "s3:GetObject" })}'),
        'p.tftpl': '{"Statement": [{"Effect": "Allow", "Action": "${action}", "Resource": "*"}]}',
      },
    ],
    ['are quiet when they are not there', { 'main.tf.json': policy('${file("nowhere.json")}') }],
    [
      'are quiet when they are no JSON',
      { 'main.tf.json': policy('${file("policy.json")}'), 'policy.json': '{"Statement": [' },
    ],
    [
      'are not looked for where the path is not known',
      { 'main.tf.json': policy('${file("${var.name}.json")}', { variable: { name: {} } }), 'x.json': '{}' },
    ],
    [
      'are not looked for outside of the root',
      {
        'main.tf.json': policy(
          '${file("/etc/passwd")}${file("../../../../etc/passwd")}${file("~/x")}${file("file:///etc/passwd")}',
        ),
      },
    ],
  ];
  for (const [name, files, ...findings] of cases) {
    it(name, () => assert.deepEqual(places(files), findings));
  }

  /** Where an open policy is found: a file, or a file and what is marked in it. */
  function places(files: Files): readonly string[] {
    const { texts, analysis } = directory(files, { ...EVERYTHING, certainty: 'certain', rules: new Set([ADMIN]) });
    return analysis.documents.flatMap(({ findings }) =>
      findings.map((finding) => {
        const name = finding.at.doc.slice(FOLDER.length);
        return name.endsWith('.tf.json') ? `${name}: ${markedIn(texts, finding).replaceAll('\\"', '"')}` : name;
      }),
    );
  }

  it('are judged once, as what they are used for', () => {
    assert.deepEqual(found({ 'main.tf.json': policy('${file("policy.json")}'), 'policy.json': OPEN }, ADMIN), [
      `${ADMIN} aws_iam_policy.p: "*"`,
    ]);
  });

  it('have findings where they are read when they are not looked at themselves', () => {
    const texts = new Map([
      [`${FOLDER}main.tf.json`, JSON.stringify(policy('${file("policy.json")}'))],
      [`${FOLDER}policy.json`, JSON.stringify(OPEN)],
    ]);
    const cache = new ParseCache();
    const snapshot = collect(memoryReader(texts), [`${FOLDER}main.tf.json`], EVERYTHING, cache);
    const [main] = analyze(snapshot, { ...EVERYTHING, rules: new Set([ADMIN]) }, cache).documents;
    assert.deepEqual(
      main!.findings.map((finding) => markedIn(texts, finding)),
      ['"${file(\\"policy.json\\")}"'],
    );
    assert.deepEqual(main!.nested, [`${FOLDER}policy.json`]);
  });

  it('have findings in the expression if they are settings, which have none of their own', () => {
    const rule = {
      type: 'ingress',
      security_group_id: 'sg-1',
      protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      cidr_blocks: '${local.settings.sources}',
    };
    const files = (sources: readonly string[], decode: string): Files => ({
      'main.tf.json': {
        locals: { settings: `\${${decode}(file("settings.json"))}` },
        resource: { aws_security_group_rule: { r: rule } },
      },
      'settings.json': { sources },
    });
    const marked = (sources: readonly string[], decode = 'jsondecode'): readonly string[] => {
      const { texts, analysis } = directory(files(sources, decode), {
        ...EVERYTHING,
        rules: new Set(['sg-ingress-open-ssh']),
      });
      return analysis.documents.flatMap(({ findings }) => findings.map((finding) => markedIn(texts, finding)));
    };
    assert.deepEqual(marked(['0.0.0.0/0']), ['"${jsondecode(file(\\"settings.json\\"))}"']);
    assert.deepEqual(marked(['0.0.0.0/0'], 'yamldecode'), ['"${yamldecode(file(\\"settings.json\\"))}"']);
    assert.deepEqual(marked(['10.0.0.0/8']), []);
    assert.deepEqual(marked(['10.0.0.0/8'], 'yamldecode'), []);
  });

  it('have texts that can be worked with', () => {
    const stack = stackOf({
      'main.tf.json': {
        resource: {
          aws_s3_bucket: {
            a: { bucket: '${trimspace(file("name.txt"))}' },
            b: { bucket: '${jsondecode(file("${path.module}/values.json")).bucket}' },
            c: { bucket: '${fileexists("name.txt") ? "there" : "not"}' },
            d: { bucket: '${fileexists("no.txt") ? "there" : "not"}' },
            e: { bucket: '${path.module}/${path.root}' },
            f: { bucket: '${path.cwd}' },
            g: { bucket: '${templatefile("t.tftpl", { x = aws_s3_bucket.a.id })}' },
          },
        },
      },
      'name.txt': ' n\n',
      'values.json': { bucket: 'v' },
      't.tftpl': '%{ if x == "" }empty%{ else }x-${x}-${var.no}%{ endif }',
    });
    assert.deepEqual(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => valuesAt(stack, `aws_s3_bucket.${name}`, 'BucketName')),
      [['n'], ['v'], ['there'], ['not'], ['./.'], ['an unknown value'], ['an unknown value']],
    );
  });

  it('are not read for ever', () => {
    const files: Files = {
      'main.tf.json': policy('${templatefile("a.tftpl", {})}'),
      'a.tftpl': '${templatefile("a.tftpl", {})}${file("a.tftpl")}',
    };
    assert.deepEqual(places(files), []);
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`r${i}`, { name: 'n', policy: `\${file("p${i}.json")}` }]),
    );
    assert.ok(Array.isArray(found({ 'main.tf.json': { resource: { aws_iam_policy: many } } })));
  });
});

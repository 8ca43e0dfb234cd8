import assert from 'node:assert/strict';
import { directory, EVERYTHING, FOLDER, markedIn, stackOf, valuesAt } from './terraform-stack.ts';

/**
 * What rules about policies find for certain in the policy of a user: `RULE: what stands before it ⟦what is marked⟧`,
 * and problems.
 */
function foundIn(policy: string): readonly string[] {
  const main = {
    variable: { x: { type: 'string' }, n: { default: ['s3:*'] }, on: { type: 'bool', default: true } },
    resource: { aws_s3_bucket: { b: {} }, aws_iam_user_policy: { p: { user: 'u', policy } } },
  };
  const rules = new Set([
    'iam-policy-admin-wildcard',
    'iam-policy-service-wildcard-action',
    'iam-policy-passrole-wildcard',
  ]);
  const { texts, analysis } = directory({ 'main.tf.json': main }, { ...EVERYTHING, certainty: 'certain', rules });
  const [{ findings, problems }] = analysis.documents as [(typeof analysis.documents)[number]];
  return [
    ...findings.map(
      (finding) =>
        `${finding.rule.replace('iam-policy-', '')}: ${texts.get(finding.at.doc)!.slice(finding.at.start - 12, finding.at.start)}⟦${markedIn(texts, finding)}⟧`,
    ),
    ...problems.map(({ at }) => `problem: ${texts.get(`${FOLDER}main.tf.json`)!.slice(at.start, at.end)}`),
  ];
}

describe('a policy as JSON in a text', () => {
  const forms: readonly (readonly [name: string, policy: string, found: readonly string[]])[] = [
    [
      'has no holes',
      '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}',
      ['admin-wildcard: Action\\": \\"⟦*⟧'],
    ],
    [
      'has escapes of its own',
      '{"Statement": [{"Effect": "Allow", "Action": "\\u002a", "Resource": "*"}]}',
      ['admin-wildcard: Action\\": \\"⟦\\\\u002a⟧'],
    ],
    [
      'has lines, and a line end behind it',
      '{\n  "Statement": [\n    {"Effect": "Allow", "Action": ["s3:GetObject", "*"], "Resource": "*"}\n  ]\n}\n',
      ['admin-wildcard: Object\\", \\"⟦*⟧'],
    ],
    [
      'names a resource beside it',
      '{"Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Resource": "${aws_s3_bucket.b.arn}/*"}]}',
      ['service-wildcard-action: ction\\": [\\"⟦s3:*⟧'],
    ],
    [
      'has text with a hole before what is found',
      '{"Id": "${var.x}", "Statement": [{"Sid": "${var.x}é", "Effect": "Allow", "Action": "*", "Resource": "*"}]}',
      ['admin-wildcard: Action\\": \\"⟦*⟧'],
    ],
    [
      'has strings within its holes',
      '{"Id": "${lookup({"a" = "}\\""}, "a")}", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}',
      ['admin-wildcard: Action\\": \\"⟦*⟧'],
    ],
    [
      'has a variable of policies',
      '{"Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Resource": "${aws_s3_bucket.b.arn}/$${aws:username}/*"}, {"Effect": "Allow", "Action": "*", "Resource": "*"}]}',
      ['service-wildcard-action: ction\\": [\\"⟦s3:*⟧', 'admin-wildcard: Action\\": \\"⟦*⟧'],
    ],
    [
      'has a variable of policies that Terraform refuses',
      '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "*", "Resource": "a/${aws:username}"}]}',
      ['admin-wildcard: Action\\": \\"⟦*⟧', 'problem: ${aws:username}'],
    ],
    [
      'has a list that is encoded',
      '{"Id": "x", "Statement": [{"Effect": "Allow", "Action": ${jsonencode(["s3:GetObject", "*"])}, "Resource": "*"}]}',
      ['admin-wildcard: Object\\", \\"⟦*⟧'],
    ],
    [
      'has statements that are encoded',
      '{"Statement": ${jsonencode([{Effect = "Allow", Action = "*", Resource = "*"}])}}',
      ['admin-wildcard:  Action = \\"⟦*⟧'],
    ],
    [
      'has a list of a variable that is encoded',
      '{"Statement": [{"Effect": "Allow", "Action": ${jsonencode(var.n)}, "Resource": "*"}]}',
      ['service-wildcard-action: : [\n        ⟦"s3:*"⟧'],
    ],
    [
      'has an action that is encoded',
      '{"Statement": [{"Effect": "Allow", "Action": ${jsonencode("*")}, "Resource": "*"}]}',
      ['admin-wildcard: Action\\": ${⟦jsonencode(\\"*\\")⟧'],
    ],
    [
      'has the name of a resource that is encoded',
      '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": ${jsonencode(aws_s3_bucket.b.arn)}}]}',
      ['service-wildcard-action: Action\\": \\"⟦*⟧'],
    ],
    [
      'has an attribute that is encoded and can be a list',
      '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": ${jsonencode(aws_s3_bucket.b.arns)}}]}',
      [],
    ],
    [
      'has a number that is put in',
      '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": ${60 * 60}}}}]}',
      ['admin-wildcard: Action\\": \\"⟦*⟧'],
    ],
    [
      'has an action that is put in',
      '{"Statement": [{"Effect": "Allow", "Action": "${var.on ? "*" : "s3:GetObject"}", "Resource": "*"}]}',
      ['admin-wildcard: {var.on ? \\"⟦*⟧'],
    ],
    [
      'has a service that is put in',
      '{"Statement": [{"Effect": "Allow", "Action": "${"s3"}:*", "Resource": "*"}]}',
      ['service-wildcard-action: Action\\": \\"⟦${\\"s3\\"}:*⟧'],
    ],
    [
      'has a key that is put in',
      '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"${var.x}:sub": "a"}}}]}',
      ['admin-wildcard: Action\\": \\"⟦*⟧'],
    ],
    ['is not known where it is not JSON', '{"Statement": ${var.x}}', []],
    // AWS refuses it, so that nothing is certain of what it allows.
    ['is broken', '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "${aws_s3_bucket.b.arn}"', []],
    [
      'may be mended by what is put in',
      '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*" ${var.x}',
      [],
    ],
    [
      'is encoded by a function',
      '${jsonencode({Statement = [{Effect = "Allow", Action = ["*"], Resource = "*"}]})}',
      ['admin-wildcard: Action = [\\"⟦*⟧'],
    ],
    [
      'is encoded where an expression tries',
      '${try(jsonencode({Statement = [{Effect = "Allow", Action = ["*"], Resource = "*"}]}), null)}',
      ['admin-wildcard: Action = [\\"⟦*⟧'],
    ],
    [
      'is encoded from objects put together',
      '${jsonencode(merge({Version = "2012-10-17"}, {Statement = [{Effect = "Allow", Action = ["*"], Resource = "*"}]}))}',
      ['admin-wildcard: Action = [\\"⟦*⟧'],
    ],
  ];
  for (const [name, policy, expected] of forms) it(name, () => assert.deepEqual(foundIn(policy), expected));
});

describe('a list of objects as JSON in a text', () => {
  const containers = (text: string): readonly string[] => {
    const stack = stackOf({
      'main.tf.json': {
        variable: { x: { type: 'string' } },
        resource: { aws_ecs_task_definition: { t: { family: 'f', container_definitions: text } } },
      },
    });
    return valuesAt(stack, 'aws_ecs_task_definition.t', 'ContainerDefinitions').map((value) =>
      value.startsWith('open') ? 'more' : 'all',
    );
  };

  it('has its items', () => {
    assert.deepEqual(containers('[{"name": "a", "image": "${var.x}"}]'), ['all']);
    assert.deepEqual(containers('[{"name": "a"}, ${jsonencode({name = "b", image = var.x})}]'), ['all']);
  });

  it('can have more where unknown JSON is put in', () => {
    assert.deepEqual(containers('[{"name": "a"}, ${var.x}]'), ['more']);
  });
});

/** Documents of all kinds, asked about through VS Code's own API. */
import assert from 'node:assert/strict';
import { eventually } from '../kit/until.ts';
import { describeInVsCode } from './suite.ts';
import { BROKEN, VOLUME } from './templates.ts';

const RULE = 'ebs-volume-encryption';
const MESSAGE = 'Disk is not encrypted at rest. Set Encrypted to true.';
const FIX = /^Set Encrypted to true/;

const JSON_TEMPLATE =
  '{"Resources": {"Disk": {"Type": "AWS::EC2::Volume", "Properties": {"AvailabilityZone": "zürich-𝄞", "Size": 1, "Encrypted": false}}}}\n';

/** The volume is encrypted if the variable says so. */
const MAIN =
  '{"resource": {"aws_ebs_volume": {"disk": {"availability_zone": "eu-central-1a", "size": 1, "encrypted": "${var.encrypt}"}}}}\n';
const VARIABLES = '{"variable": {"encrypt": {"type": "bool", "default": false}}}\n';

/** A module that is encrypted if its caller says so. */
const CALLER = '{"module": {"disks": {"source": "./disks", "encrypt": false}}}\n';
const MODULE =
  '{"variable": {"encrypt": {"default": true}},\n"resource": {"aws_ebs_volume": {"disk": {"availability_zone": "eu-central-1a", "size": 1, "encrypted": "${var.encrypt}"}}}}\n';

/** A policy on a queue of the same template, of which the last action is half typed. */
const POLICY = `Resources:
  Jobs:
    Type: AWS::SQS::Queue
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: p
      PolicyDocument:
        Statement:
          - Effect: Allow
            Resource: !GetAtt Jobs.Arn
            Action:
              - sqs:SendMessage
              - sqs:Rec
`;

/** The volume is encrypted if the variable file says so. */
const HCL = `variable "encrypt" {
  default = true
}

resource "aws_ebs_volume" "disk" {
  availability_zone = "eu-central-1a"
  size              = 1
  encrypted         = var.encrypt # decided elsewhere
}

data "aws_iam_policy_document" "queue" {
  statement {
    actions   = ["sqs:Rec"]
    resources = ["*"]
  }
}
`;

const FILES = {
  'volume.yaml': VOLUME,
  'fix.yaml': VOLUME,
  'edited.yaml': VOLUME,
  'language.yaml': VOLUME,
  'no-template.yaml': 'services:\n  web: {image: nginx, Encrypted: false}\n',
  'broken.yaml': BROKEN,
  'policy.yaml': POLICY,
  'template.json': JSON_TEMPLATE,
  'stack.template': VOLUME,
  'buffer/main.tf.json': MAIN,
  'buffer/variables.tf.json': VARIABLES,
  'disk/main.tf.json': MAIN,
  'disk/variables.tf.json': VARIABLES,
  'hcl/main.tf': HCL,
  'hcl/terraform.tfvars': 'encrypt = false\n',
  'tofu/main.tofu': '',
  'hcl/terragrunt.hcl': 'inputs = {}\n',
  'modules/main.tf.json': CALLER,
  'modules/disks/main.tf.json': MODULE,
};

describeInVsCode('VS Code, through its API', { files: FILES }, (test) => {
  test('marks the exact range, with severity, message and a link to the rule', async (vscode) => {
    const uri = await vscode.control.open(vscode.uri('volume.yaml'));
    const [finding] = await vscode.findings(uri, RULE, 1);
    const { link, ...rest } = finding!;
    assert.deepEqual(rest, {
      range: [6, 17, 6, 22],
      severity: 'Warning',
      message: MESSAGE,
      source: 'stackwarden',
      code: RULE,
      related: [],
      tags: [],
    });
    assert.equal(link, `stackwarden-docs:/docs/rules/${RULE}.md`);
    const page = await vscode.control.text(await vscode.control.open(link));
    assert.match(page, new RegExp(`^# .*\\n\\n\`${RULE}\``, 'm'));
  });

  test('reports nothing for a document that is not a template', async (vscode) => {
    const { control } = vscode;
    const uri = await control.open(vscode.uri('no-template.yaml'));
    // The answer about a document that was opened later is there.
    await vscode.findings(await control.open(vscode.uri('volume.yaml')), RULE, 1);
    assert.deepEqual(await control.diagnostics(uri), []);
  });

  test('reports what cannot be read, and the finding above it all the same', async (vscode) => {
    const uri = await vscode.control.open(vscode.uri('broken.yaml'));
    await vscode.findings(uri, 'syntax', 1);
    await vscode.findings(uri, RULE, 1);
  });

  test('offers a fix wherever the cursor touches the finding, and nowhere else', async (vscode) => {
    const { control } = vscode;
    const uri = await control.open(vscode.uri('volume.yaml'));
    await vscode.findings(uri, RULE, 1);
    for (const character of [17, 19, 22])
      await eventually(async () =>
        assert.match((await control.codeActions(uri, [6, character, 6, character], 'quickfix'))[0]?.title ?? '', FIX),
      );
    for (const character of [16, 23])
      assert.deepEqual(await control.codeActions(uri, [6, character, 6, character], 'quickfix'), []);
  });

  test('makes the edit that the fix says, and takes the finding away', async (vscode) => {
    const { control } = vscode;
    const uri = await control.open(vscode.uri('fix.yaml'));
    const [finding] = await vscode.findings(uri, RULE, 1);
    const [action] = await control.codeActions(uri, finding!.range, 'quickfix');
    await control.applyCodeAction(uri, finding!.range, action!.title, 'quickfix');
    assert.equal(await control.text(uri), VOLUME.replace('Encrypted: false', 'Encrypted: true'));
    await vscode.findings(uri, RULE, 0);
  });

  test('moves a finding along with the text above it', async (vscode) => {
    const { control } = vscode;
    const uri = await control.open(vscode.uri('edited.yaml'));
    await vscode.findings(uri, RULE, 1);
    await control.replace(uri, 'Resources:', 'Description: 𝄞\nResources:');
    await eventually(async () => assert.deepEqual((await vscode.findings(uri, RULE, 1))[0]!.range, [7, 17, 7, 22]));
    await control.replace(uri, 'Encrypted: false', 'Encrypted: true');
    await vscode.findings(uri, RULE, 0);
  });

  test('counts as JavaScript does in a line with characters of two units', async (vscode) => {
    const { control } = vscode;
    const uri = await control.open(vscode.uri('template.json'));
    const start = JSON_TEMPLATE.indexOf('false');
    assert.deepEqual((await vscode.findings(uri, RULE, 1))[0]!.range, [0, start, 0, start + 5]);
  });

  test('checks a template whose file name no language knows', async (vscode) => {
    await vscode.findings(await vscode.control.open(vscode.uri('stack.template')), RULE, 1);
  });

  test('checks a document that was never saved, and fixes it', async (vscode) => {
    const { control } = vscode;
    const uri = await control.openUntitled('yaml', VOLUME);
    assert.match(uri, /^untitled:/);
    const [finding] = await vscode.findings(uri, RULE, 1);
    assert.deepEqual(finding!.range, [6, 17, 6, 22]);
    const [action] = await control.codeActions(uri, finding!.range, 'quickfix');
    await control.applyCodeAction(uri, finding!.range, action!.title, 'quickfix');
    assert.equal(await control.text(uri), VOLUME.replace('Encrypted: false', 'Encrypted: true'));
    await vscode.findings(uri, RULE, 0);
  });

  test('follows a change of the language while the document is open', async (vscode) => {
    const { control } = vscode;
    const uri = await control.open(vscode.uri('language.yaml'));
    await vscode.findings(uri, RULE, 1);
    await control.setLanguage(uri, 'markdown');
    await vscode.findings(uri, RULE, 0);
    await control.setLanguage(uri, 'yaml');
    await vscode.findings(uri, RULE, 1);
  });

  test('follows a document that becomes a template of another format', async (vscode) => {
    const { control } = vscode;
    const uri = await control.openUntitled('yaml', VOLUME);
    await vscode.findings(uri, RULE, 1);
    await control.replace(uri, VOLUME, JSON_TEMPLATE);
    await control.setLanguage(uri, 'json');
    const start = JSON_TEMPLATE.indexOf('false');
    await eventually(async () =>
      assert.deepEqual((await vscode.findings(uri, RULE, 1))[0]!.range, [0, start, 0, start + 5]),
    );
  });

  test('judges a Terraform file again when a variable is edited beside it', async (vscode) => {
    const { control } = vscode;
    const main = await control.open(vscode.uri('buffer/main.tf.json'));
    const [finding] = await vscode.findings(main, RULE, 1);
    assert.deepEqual(
      finding!.related.map(({ uri, message }) => [uri, message]),
      [[vscode.uri('buffer/variables.tf.json'), 'The value comes from var.encrypt.']],
    );
    const variables = await control.open(vscode.uri('buffer/variables.tf.json'));
    await control.replace(variables, 'false', 'true');
    await vscode.findings(main, RULE, 0);
    await control.replace(variables, 'true', 'false');
    await vscode.findings(main, RULE, 1);
  });

  test('judges a Terraform file again when a variable changes on disk', async (vscode) => {
    await vscode.watching();
    const main = await vscode.control.open(vscode.uri('disk/main.tf.json'));
    await vscode.findings(main, RULE, 1);
    vscode.write('disk/terraform.tfvars.json', '{"encrypt": true}');
    await vscode.findings(main, RULE, 0);
    vscode.write('disk/terraform.tfvars.json', '{"encrypt": false}');
    await vscode.findings(main, RULE, 1);
  });

  test('checks Terraform in HCL without another extension for it, with the variable file in its editor', async (vscode) => {
    const { control } = vscode;
    const main = await control.open(vscode.uri('hcl/main.tf'));
    const variables = await control.open(vscode.uri('hcl/terraform.tfvars'));
    assert.deepEqual(await Promise.all([main, variables].map((uri) => control.language(uri))), [
      'terraform',
      'terraform-vars',
    ]);
    const [finding] = await vscode.findings(main, RULE, 1);
    assert.deepEqual(finding!.range, [7, 22, 7, 33]);
    assert.deepEqual(
      finding!.related.map(({ uri, range }) => [uri, range]),
      [[variables, [0, 10, 0, 15]]],
    );
    await eventually(async () =>
      assert.match((await control.hover(main, 7, 28)).join('\n'), /false[\s\S]*var\.encrypt[\s\S]*terraform\.tfvars/),
    );
    await control.replace(variables, 'false', 'true');
    await vscode.findings(main, RULE, 0);
    await control.replace(variables, 'true', 'false');
    await vscode.findings(main, RULE, 1);
  });

  test('gives the files of OpenTofu and other HCL their languages', async (vscode) => {
    const { control } = vscode;
    assert.equal(await control.language(await control.open(vscode.uri('tofu/main.tofu'))), 'opentofu');
    assert.equal(await control.language(await control.open(vscode.uri('hcl/terragrunt.hcl'))), 'hcl');
  });

  test('judges a Terraform module in the directory that calls it, and says where its values come from', async (vscode) => {
    const { control } = vscode;
    const caller = await control.open(vscode.uri('modules/main.tf.json'));
    const module = await control.open(vscode.uri('modules/disks/main.tf.json'));
    const [finding] = await vscode.findings(module, RULE, 1);
    assert.match(finding!.message, /^module\.disks\.aws_ebs_volume\.disk is not encrypted at rest\./);
    assert.deepEqual(
      finding!.related.map(({ uri, message }) => [uri, message]),
      [[caller, 'The value comes from var.encrypt.']],
    );
    const start = MODULE.split('\n')[1]!.indexOf('var.encrypt');
    await eventually(async () =>
      assert.match(
        (await control.hover(module, 1, start + 2)).join('\n'),
        /false[\s\S]*var\.encrypt[\s\S]*main\.tf\.json/,
      ),
    );
    await control.replace(caller, 'false', 'true');
    await vscode.findings(module, RULE, 0);
    await control.replace(caller, 'true', 'false');
    await vscode.findings(module, RULE, 1);
  });

  test('describes a policy on hover', async (vscode) => {
    const { control } = vscode;
    const policy = await control.open(vscode.uri('policy.yaml'));
    await eventually(async () =>
      assert.match(
        (await control.hover(policy, 12, 20)).join('\n'),
        /sqs:SendMessage\*\*: Grants permission to deliver a message[\s\S]*Write/,
      ),
    );
    await eventually(async () =>
      assert.match((await control.hover(policy, 9, 14)).join('\n'), /Allows sqs:SendMessage[\s\S]*on the queue Jobs/),
    );
  });

  test('offers what can be written in a policy, and nothing elsewhere', async (vscode) => {
    const { control } = vscode;
    const policy = await control.open(vscode.uri('policy.yaml'));
    await eventually(async () =>
      assert.deepEqual((await control.completions(policy, 13, 23)).slice(0, 1), [
        { label: 'sqs:ReceiveMessage', inserts: 'sqs:ReceiveMessage' },
      ]),
    );
    await eventually(async () =>
      assert.ok(!(await control.completions(policy, 2, 18)).some(({ label }) => label.startsWith('sqs:'))),
    );
  });
});

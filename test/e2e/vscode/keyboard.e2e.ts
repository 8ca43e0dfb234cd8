/** User actions with keyboard and mouse, and their visible results. */
import assert from 'node:assert/strict';
import { eventually } from '../kit/until.ts';
import { describeInVsCode } from './suite.ts';
import { BUCKETS, BUCKETS_FIXED, DATABASE, VOLUME, WIDE_POLICY } from './templates.ts';

const RULE = 'ebs-volume-encryption';
const FIX = 'Set Encrypted to true';
const WEIRD = 'mein stapel – ünïcode 𝄞 #1%20.yaml';
/** A volume in HCL whose only mistake is the word `false`. */
const DISK = `# Volumes – 𝄞
resource "aws_ebs_volume" "disk" {
  availability_zone = "eu-central-1a"
  encrypted         = false # decided in a hurry
}
`;
const FILES = {
  'volume.yaml': VOLUME,
  'fixed.yaml': VOLUME,
  'crlf.yaml': VOLUME.replaceAll('\n', '\r\n'),
  'half.yaml': VOLUME,
  'problem.yaml': VOLUME,
  'hover.yaml': VOLUME,
  [WEIRD]: VOLUME,
  'buckets.yaml': BUCKETS,
  'database.yaml': DATABASE,
  'policy.yaml': WIDE_POLICY,
  'notes.yaml': 'milk: 2\nbread: 1\n',
  'main.tf': 'resource "aws_ebs_volume" "disk" {\n  encrypted = false\n}\n',
  'terraform/disk.tf': DISK,
  'terragrunt.hcl': 'inputs = {}\n',
};
/** What Terraform's own extension says of its language. */
const TERRAFORM = {
  publisher: 'hashicorp',
  name: 'terraform',
  contributes: { languages: [{ id: 'terraform', extensions: ['.tf'] }] },
};

describeInVsCode(
  'VS Code, by keyboard and mouse',
  { files: FILES, settings: { 'stackwarden.profile': 'strict' }, others: [TERRAFORM] },
  (test) => {
    test('underlines exactly what is wrong', async ({ window }) => {
      await window.openFile('volume.yaml');
      await eventually(async () =>
        assert.deepEqual(await window.squiggles(), [{ severity: 'warning', text: 'false' }]),
      );
    });

    test('lists the finding in the Problems panel, with a link that opens the page of its rule', async ({ window }) => {
      await window.openFile('problem.yaml');
      const panel = await window.openProblems();
      const row = panel.locator('.monaco-list-row').filter({ hasText: 'Disk is not encrypted at rest' });
      await row.first().waitFor();
      const link = row.first().locator('a').filter({ hasText: RULE });
      assert.match((await link.getAttribute('href')) ?? '', new RegExp(`/docs/rules/${RULE}\\.md$`));
      await window.closePanel();
    });

    test('shows the message where the mouse rests', async ({ window }) => {
      await window.openFile('hover.yaml');
      const hover = await window.hoverOver('false', 'Disk is not encrypted at rest');
      assert.match(await hover.innerText(), new RegExp(RULE));
    });

    test('underlines exactly what is wrong in main.tf beside another extension for it, and says so on hover', async ({
      window,
    }) => {
      await window.openFile('main.tf');
      await eventually(async () =>
        assert.deepEqual(await window.squiggles(), [{ severity: 'warning', text: 'false' }]),
      );
      const hover = await window.hoverOver('false', 'aws_ebs_volume.disk is not encrypted at rest');
      assert.match(await hover.innerText(), new RegExp(RULE));
    });

    test('shows on hover who owns what of a database', async ({ window }) => {
      await window.openFile('database.yaml');
      const hover = await window.hoverOver('AWS::RDS::DBInstance', 'AWS operates');
      const text = await hover.innerText();
      for (const part of [
        /AWS::RDS::DBInstance: /,
        // How many responsibilities are shown depends on the space that findings take.
        /AWS's responsibility(?: \(\d of \d\))?: /,
        /Your responsibility(?: \(\d of \d\))?: /,
        /encryption: /,
        /StorageEncrypted is false/,
      ])
        assert.match(text, part);
    });

    for (const { name, text } of [
      {
        name: 'volume.yaml',
        text: /^CloudFormation \(strict\): 1 finding\s*Resources with AWS types\s*Show Problems$/,
      },
      { name: 'notes.yaml', text: /^Not checked\s*No supported format has these keys\s*Show Log$/ },
      { name: 'main.tf', text: /^Terraform \(strict\): 1 finding\s*Its name ends in \.tf\s*Show Problems$/ },
      {
        name: 'terragrunt.hcl',
        text: /^Not checked\s*A Terragrunt configuration, which defines no resources\s*Show Log$/,
      },
    ]) {
      test(`says in the language status of ${name} what it is, and why`, async ({ window }) => {
        await window.openFile(name);
        const item = await window.languageStatus(text);
        assert.match((await item.innerText()).trim(), text);
      });
    }

    for (const name of ['fixed.yaml', 'crlf.yaml', WEIRD] as const) {
      test(`fixes ${name} with the quick fix key and leaves every other byte alone`, async (vscode) => {
        const { window } = vscode;
        const before = vscode.read(name);
        await window.openFile(name);
        await window.goTo(7, 20);
        await window.openQuickFixes(FIX);
        await window.chooseQuickFix(FIX);
        await eventually(async () => assert.deepEqual(await window.squiggles(), []));
        await window.save();
        assert.equal(vscode.read(name), before.replace('Encrypted: false', 'Encrypted: true'));
      });
    }

    test('underlines a value in disk.tf, says why on hover, and fixes it with the quick fix key once the replacement is confirmed', async (vscode) => {
      const { window } = vscode;
      await window.openFile('disk.tf');
      await eventually(async () =>
        assert.deepEqual(await window.squiggles(), [{ severity: 'warning', text: 'false' }]),
      );
      await window.hoverOver('false', 'aws_ebs_volume.disk is not encrypted at rest');
      await window.goTo(4, 25);
      await window.openQuickFixes('Set encrypted to true');
      await window.chooseQuickFix('Set encrypted to true (replaces the volume; its data is lost)');
      await window.confirmChanges();
      await eventually(async () => assert.deepEqual(await window.squiggles(), []));
      await window.save();
      assert.equal(vscode.read('terraform/disk.tf'), DISK.replace('false', 'true'));
    });

    test('narrows a wildcard to the one table of the stack with the quick fix key', async (vscode) => {
      const { window } = vscode;
      await window.openFile('policy.yaml');
      await window.goTo(12, 24);
      await window.openQuickFixes('Restrict dynamodb:PutItem to table Orders');
      await window.chooseQuickFix('Restrict dynamodb:PutItem to table Orders');
      await window.save();
      await eventually(async () =>
        assert.equal(vscode.read('policy.yaml'), WIDE_POLICY.replace("Resource: '*'", 'Resource: !GetAtt Orders.Arn')),
      );
    });

    test('fixes everything that is safe at once, and takes it back in one step', async (vscode) => {
      const { window, control } = vscode;
      const uri = vscode.uri('buckets.yaml');
      await window.openFile('buckets.yaml');
      await vscode.findings(uri, 's3-bucket-public-access-block', 2);
      await window.editor.click();
      await window.runCommand('Stackwarden: Apply All Safe Fixes in This Document');
      await eventually(async () => assert.equal(await control.text(uri), BUCKETS_FIXED));
      await vscode.findings(uri, 's3-bucket-public-access-block', 0);
      await window.editor.click();
      await window.press('Control+Z');
      await eventually(async () => assert.equal(await control.text(uri), BUCKETS));
      await window.press('Control+Shift+Z');
      await eventually(async () => assert.equal(await control.text(uri), BUCKETS_FIXED));
      await window.save();
      assert.equal(vscode.read('buckets.yaml'), BUCKETS_FIXED);
    });

    test('keeps the findings above while a user types', async (vscode) => {
      const { window } = vscode;
      const uri = vscode.uri('half.yaml');
      await window.openFile('half.yaml');
      const [before] = await vscode.findings(uri, RULE, 1);
      await window.editor.click();
      await window.press('Control+End');
      for (const typed of ['  Next:\n', '  Type: AWS::EC2::Vol', 'ume\n', 'Properties: {Size: 1, Encrypted: fa']) {
        await window.type(typed);
        await eventually(async () =>
          assert.ok(
            (await window.squiggles()).some(({ severity, text }) => severity === 'warning' && text === 'false'),
            `after ${typed}`,
          ),
        );
        assert.deepEqual((await vscode.findings(uri, RULE, 1))[0], before);
      }
      await window.type('lse}');
      assert.deepEqual((await vscode.findings(uri, RULE, 2))[0], before);
    });
  },
);

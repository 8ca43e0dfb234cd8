/** What VS Code expects of an extension for whole workspaces and for new users. */
import assert from 'node:assert/strict';
import { eventually, until } from '../kit/until.ts';
import { describeInVsCode } from './suite.ts';
import { VOLUME } from './templates.ts';

const RULE = 'ebs-volume-encryption';

const POLICY = `Resources:
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: [s3:GetObject, 's3:Get*']
            Resource: arn:aws:s3:::pictures/*
`;

const FILES = {
  'one/volume.yaml': VOLUME,
  'two/disk.yaml': VOLUME,
  'policy.yaml': POLICY,
  'notes.yaml': 'buy: milk\n',
};

describeInVsCode(
  'VS Code, with a workspace',
  { files: FILES, settings: { 'stackwarden.profile': 'strict' } },
  (test) => {
    test('checks all files when that is asked for, and follows those that are not open', async (vscode) => {
      const { control, window } = vscode;
      await vscode.watching();
      const [one, two] = [vscode.uri('one/volume.yaml'), vscode.uri('two/disk.yaml')];
      await vscode.findings(await control.open(one), RULE, 1);
      assert.deepEqual(await control.diagnostics(two), []);
      await window.runCommand('Stackwarden: Check Workspace');
      await vscode.findings(two, RULE, 1);
      await vscode.findings(one, RULE, 1);
      const problems = window.page.locator('.markers-panel');
      await problems.getByText('disk.yaml').first().waitFor();
      await window.closePanel();
      vscode.write('two/disk.yaml', VOLUME.replace('Encrypted: false', 'Encrypted: true'));
      await vscode.findings(two, RULE, 0);
      vscode.write('two/disk.yaml', VOLUME);
      await vscode.findings(two, RULE, 1);
      // An open file is checked as it is in the editor, and once.
      await window.openFile('disk.yaml');
      await vscode.findings(two, RULE, 1);
      await control.replace(two, 'Encrypted: false', 'Encrypted: true');
      await vscode.findings(two, RULE, 0);
      await control.command('workbench.action.revertAndCloseActiveEditor');
      await vscode.findings(two, RULE, 1);
      // The progress is a notification.
      await vscode.disturbances();
    });

    test('shows a value without effect as unnecessary', async (vscode) => {
      const uri = await vscode.control.open(vscode.uri('policy.yaml'));
      const [finding] = await vscode.findings(uri, 'iam-policy-redundant-entry', 1);
      assert.deepEqual(finding!.tags, ['Unnecessary']);
    });

    test('offers the page of the rule of a finding', async (vscode) => {
      const { control, window } = vscode;
      const uri = await control.open(vscode.uri('one/volume.yaml'));
      const [finding] = await vscode.findings(uri, RULE, 1);
      const title = `Show documentation of ${RULE}`;
      await eventually(async () =>
        assert.ok(
          (await control.codeActions(uri, finding!.range, 'quickfix')).some((action) => action.title === title),
        ),
      );
      await window.openFile('volume.yaml');
      await window.goTo(finding!.range[0] + 1, finding!.range[1] + 2);
      await window.openQuickFixes(title);
      await window.chooseQuickFix(title);
      await until('the page is shown', async () =>
        (await control.tabs()).some((label) => label.includes(`${RULE}.md`)),
      );
    });

    test('lists rules with their severity and profile', async (vscode) => {
      const { window } = vscode;
      await window.runCommand('Stackwarden: Show Rule');
      await window.page.locator('.quick-input-widget:visible .quick-input-box input').fill('CKV_AWS_3');
      const row = window.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: RULE }).first();
      await row.filter({ hasText: /severity, profile/ }).waitFor();
      await window.press('Escape');
    });

    test('offers a task for the folder', async (vscode) => {
      assert.deepEqual(await vscode.control.tasks('stackwarden'), ['Stackwarden: lint workspace']);
    });

    test('has a walkthrough whose first step opens an example with findings', async (vscode) => {
      const { control, window } = vscode;
      const id = 'stackwarden.stackwarden';
      assert.deepEqual(await control.walkthrough(id), [
        'Open a template',
        'Read a finding and fix it',
        'Hover for responsibilities',
        "Configure your team's rules",
        'Check the workspace and run in CI',
      ]);
      await control.command('workbench.action.openWalkthrough', `${id}#start`, false);
      const page = window.page.locator('.gettingStartedContainer');
      await page.getByText('Get Started with Stackwarden').first().waitFor();
      await page.getByRole('button', { name: 'Open Example' }).click();
      await eventually(async () => assert.ok((await window.squiggles()).length > 0));
    });

    test('opens a new configuration file without saving it', async (vscode) => {
      const { control, window } = vscode;
      await control.open(vscode.uri('policy.yaml'));
      await window.runCommand('Stackwarden: Open Configuration File');
      await window.page.locator('.tab.active.dirty').filter({ hasText: '.stackwarden.yaml' }).waitFor();
      await window.editor.locator('.view-line').filter({ hasText: 'Stackwarden configuration' }).first().waitFor();
    });
  },
);

/**
 * The pictures for the pages about adopting Stackwarden in a repository: suppressions, the baseline, the whole
 * workspace, the first steps.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { CLI } from '../paths.ts';
import { eventually } from '../kit/until.ts';
import { aboveStatusBar, picture, PICTURE_SETTINGS } from './pictures.ts';
import { describeInVsCode } from './suite.ts';
import type { Window } from './window.ts';

const WEBSITE = `Resources:
  Website:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Website of the shop
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}

  Cache:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-central-1a
      Size: 40
      Encrypted: false
`;

/** Storage as it was when the baseline was recorded, and what came later. */
const STORAGE = `Resources:
  SearchIndex:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-central-1a
      Size: 200
      Encrypted: false

  Pictures:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: false
`;
const ADDED = `
  Invoices:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-central-1a
      Size: 50
      Encrypted: false
`;

const DATABASE = `Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.micro
      AllocatedStorage: "50"
      DeletionProtection: true
      StorageEncrypted: false
`;

const CONFIGURATION = `resource "aws_kms_key" "orders" {
  description         = "Orders of the shop"
  enable_key_rotation = false
}
`;

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }]
}
`;

/** The page of the first steps, without its margins, in a window of 1200 by 800 pixels. */
const WALKTHROUGH = { x: 130, y: 90, width: 960, height: 660 };

const RULE = 'ebs-volume-encryption';

describeInVsCode(
  'VS Code, for the documentation of adoption',
  {
    files: {
      'storage/.stackwarden.yaml': 'baseline: .stackwarden-baseline.json\n',
      'storage/storage.yaml': STORAGE,
      'network/website.yaml': WEBSITE,
      'database/orders.yaml': DATABASE,
      'keys/main.tf': CONFIGURATION,
      'policies/operator.json': POLICY,
    },
    settings: PICTURE_SETTINGS,
  },
  (test) => {
    const open = async (window: Window, file: string, width: number, height: number): Promise<void> => {
      await window.page.setViewportSize({ width, height });
      if (await window.page.locator('.part.sidebar').isVisible()) await window.press('Control+B');
      await window.openFile(file);
    };

    test('suppresses a finding with a reason', async ({ window }) => {
      await open(window, 'website.yaml', 760, 432);
      await eventually(async () => assert.equal((await window.squiggles()).length, 2));
      await window.goTo(16, 20);
      await window.openQuickFixes(`Ignore ${RULE} on Cache`);
      await window.chooseQuickFix(`Ignore ${RULE} on Cache`);
      await window.editor.locator('.view-line').filter({ hasText: 'stackwarden-disable' }).waitFor();
      await eventually(async () => assert.equal((await window.squiggles()).length, 1));
      await picture(window, 'suppression', aboveStatusBar(window));
    });

    test('fades what is in the baseline', async (vscode) => {
      const { control, window } = vscode;
      execFileSync(process.execPath, [CLI, 'baseline'], { cwd: vscode.path('storage') });
      vscode.write('storage/storage.yaml', STORAGE + ADDED);
      await control.setting('stackwarden.suppressedFindings', 'fade');
      await open(window, 'storage.yaml', 760, 432);
      await eventually(async () => assert.equal((await window.squiggles()).length, 1));
      await picture(window, 'baseline', aboveStatusBar(window));
      await control.setting('stackwarden.suppressedFindings', undefined);
    });

    test('lists what is found in files that are not open', async (vscode) => {
      const { window } = vscode;
      vscode.write('storage/storage.yaml', STORAGE);
      await open(window, 'website.yaml', 1040, 640);
      await window.runCommand('Stackwarden: Check Workspace');
      const panel = window.page.locator('.markers-panel');
      await panel.getByText('operator.json').first().waitFor();
      await window.page.locator('.notification-toast').waitFor({ state: 'hidden' });
      await picture(window, 'workspace', aboveStatusBar(window));
      // The progress is a notification.
      await vscode.disturbances();
      await window.closePanel();
    });

    test('shows the first steps', async ({ control, window }) => {
      await window.page.setViewportSize({ width: 1200, height: 800 });
      if (await window.page.locator('.part.sidebar').isVisible()) await window.press('Control+B');
      await control.command('workbench.action.openWalkthrough', 'stackwarden.stackwarden#start', false);
      const page = window.page.locator('.gettingStartedContainer');
      await page.getByText('Get Started with Stackwarden').first().waitFor();
      await picture(window, 'walkthrough', WALKTHROUGH);
    });
  },
);

/** The pictures for the documentation, each taken when what it is for can be seen. `npm run screenshots` keeps them. */
import assert from 'node:assert/strict';
import { eventually } from '../kit/until.ts';
import { picture, PICTURE_SETTINGS, SIZE, TALL } from './pictures.ts';
import { describeInVsCode } from './suite.ts';
import { PUBLIC_WEB } from './templates.ts';
import type { Window } from './window.ts';

const SHOP = `Resources:
  SearchIndex:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-central-1a
      Size: 200
      Encrypted: false # to be decided

  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.micro
      AllocatedStorage: "50"
      DeletionProtection: true
      StorageEncrypted: false

  WebServers:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: What may talk to the web servers
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
`;

/** A database that is encrypted in one of its stages. */
const STAGES = `Parameters:
  Stage:
    Type: String
    AllowedValues: [test, production]
    Default: test

Conditions:
  IsProduction: !Equals [!Ref Stage, production]

Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.t4g.micro
      AllocatedStorage: "50"
      DeletionProtection: true
      DBInstanceIdentifier: !Sub orders-\${Stage}
      StorageEncrypted: !If [IsProduction, true, false]
`;

/** A policy that allows on every table what the shop does with two. */
const POLICY = `Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: &protected
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
  Customers:
    Type: AWS::DynamoDB::Table
    Properties: *protected
  Mails:
    Type: AWS::SQS::Queue

  ShopPolicy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Sid: TakeOrders
            Effect: Allow
            Action:
              - dynamodb:PutItem # new orders
              - dynamodb:UpdateItem
              - dynamodb:ListTables
            Resource: '*'

          - Sid: SendMails
            Effect: Allow
            Action:
              - sqs:SendMessage
              - sqs:GetQueueUrl
            Resource: !GetAtt Mails.Arn
`;

/** The same, when one of its actions is being typed. */
const HALF = POLICY.replace(
  "- dynamodb:ListTables\n            Resource: '*'",
  '- dynamodb:Up\n            Resource: !GetAtt Orders.Arn',
).replace('- dynamodb:UpdateItem', '- dynamodb:GetItem');

/** A configuration in HCL. */
const CONFIGURATION = `variable "admin_cidr" {
  type    = string
  default = "0.0.0.0/0"
}

resource "aws_ebs_volume" "search_index" {
  availability_zone = "eu-central-1a"
  size              = 200
  encrypted         = false # to be decided
}

resource "aws_security_group" "web" {
  name = "web"

  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = [var.admin_cidr]
  }
}
`;

const FIX = 'Set Encrypted to true';
const TERRAFORM_FIX = 'Set encrypted to true';
const NARROW = 'Restrict dynamodb:PutItem and UpdateItem to table Orders';

describeInVsCode(
  'VS Code, for the documentation',
  {
    files: {
      'shop.yaml': SHOP,
      'stages.yaml': STAGES,
      'policy.yaml': POLICY,
      'half.yaml': HALF,
      'main.tf': CONFIGURATION,
      'web.yaml': PUBLIC_WEB,
    },
    settings: PICTURE_SETTINGS,
  },
  (test) => {
    const open = async (window: Window, file = 'shop.yaml', squiggles = 3): Promise<void> => {
      await window.page.setViewportSize(SIZE);
      if (await window.page.locator('.part.sidebar').isVisible()) await window.press('Control+B');
      await window.openFile(file);
      await eventually(async () => assert.equal((await window.squiggles()).length, squiggles));
    };

    test('shows a finding where it is', async ({ window }) => {
      await open(window);
      await window.hoverOver('false', 'SearchIndex is not encrypted at rest');
      await picture(window, 'finding');
      await window.leave();
    });

    test('offers a fix, and makes it', async ({ window }) => {
      await open(window);
      await window.goTo(7, 20);
      await window.openQuickFixes(FIX);
      await picture(window, 'quick-fix');
      await window.chooseQuickFix(FIX);
      await window.editor.locator('.view-line').filter({ hasText: 'Encrypted: true' }).waitFor();
      await eventually(async () => assert.equal((await window.squiggles()).length, 2));
    });

    test('offers a fix in a configuration of Terraform, and makes it', async ({ window }) => {
      await open(window, 'main.tf', 2);
      await window.goTo(9, 24);
      await window.openQuickFixes(TERRAFORM_FIX);
      await picture(window, 'terraform');
      await window.chooseQuickFix(TERRAFORM_FIX);
      await window.confirmChanges();
      await window.editor.locator('.view-line').filter({ hasText: 'true # to be decided' }).waitFor();
      await eventually(async () => assert.equal((await window.squiggles()).length, 1));
    });

    test('shows who owns what', async ({ window }) => {
      await open(window);
      await window.hoverOver('AWS::RDS::DBInstance', 'AWS operates');
      await picture(window, 'ownership');
      await window.leave();
    });

    test('lists what was found', async ({ window }) => {
      await open(window);
      const panel = await window.openProblems();
      await panel.locator('.monaco-list-row').filter({ hasText: 'SearchIndex' }).first().waitFor();
      await picture(window, 'problems');
      await window.closePanel();
    });

    test('shows the format of the document', async ({ window }) => {
      await open(window);
      await window.languageStatus(/^CloudFormation: \d+ findings/);
      await window.leave();
    });

    test('shows what a value resolves to, and why', async ({ window }) => {
      await open(window, 'stages.yaml', 1);
      await window.hoverOver('!If', 'false when IsProduction is false');
      await picture(window, 'value');
      await window.leave();
    });

    test('explains a value on a page beside the document', async ({ window }) => {
      await open(window, 'stages.yaml', 1);
      await window.goTo(19, 26);
      await window.runCommand('Stackwarden: Explain Value');
      await window.webPage('Orders: Properties.StorageEncrypted');
      await picture(window, 'explain-value');
    });

    test('draws the paths to a resource beside the document', async ({ window }) => {
      await open(window, 'web.yaml', 1);
      await window.page.setViewportSize(TALL);
      await window.goTo(11, 4);
      await window.runCommand('Stackwarden: Show Path');
      await window.webPage('Paths to Web');
      await picture(window, 'path');
    });

    test('says what a statement of a policy allows', async ({ window }) => {
      await open(window, 'policy.yaml', 1);
      await window.hoverOver('SendMails', 'on the queue Mails');
      await picture(window, 'statement');
      await window.leave();
    });

    test('narrows a policy to a resource of the stack', async ({ window }) => {
      await open(window, 'policy.yaml', 1);
      await window.goTo(25, 24);
      await window.openQuickFixes(NARROW);
      await picture(window, 'narrow');
      await window.chooseQuickFix(NARROW);
      await eventually(async () => assert.equal((await window.squiggles()).length, 0));
      await picture(window, 'narrowed');
    });

    test('offers the actions that a policy may allow', async ({ window }) => {
      await open(window, 'half.yaml', 1);
      await window.goTo(24, 28);
      await window.openSuggestions('UpdateItem');
      await picture(window, 'completion');
      await window.press('Escape');
    });
  },
);

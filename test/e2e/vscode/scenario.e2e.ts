/** One scenario of a template, as a user chooses it. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { eventually } from '../kit/until.ts';
import { describeInVsCode } from './suite.ts';

const RULE = 'ebs-volume-encryption';
const COMMAND = 'Stackwarden: Choose Scenario';
const SETTINGS = '.vscode/settings.json';

const TEMPLATE = `Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod], Default: dev}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-central-1a
      Size: 10
      Encrypted: !If [IsProd, true, false]
`;

describeInVsCode('VS Code, in a scenario', { files: { 'net.yaml': TEMPLATE, 'values/net.yaml': TEMPLATE, 'notes.yaml': 'milk: 2\n' } }, (test) => {
  test('looks at the scenario that is chosen, says so, and looks at all again', async (vscode) => {
    const { window } = vscode;
    const uri = vscode.uri('net.yaml');
    await window.openFile('net.yaml');
    await vscode.findings(uri, RULE, 1);
    await window.languageStatus(/^All scenarios/);
    await window.leave();
    await window.runCommand(COMMAND);
    await window.choose('What is to be so?', 'IsProd');
    await window.choose('What is IsProd?', 'true');
    await vscode.findings(uri, RULE, 0);
    await eventually(() => assert.deepEqual(JSON.parse(vscode.read(SETTINGS)), { 'stackwarden.scenario': { conditions: { IsProd: true } } }));
    await window.languageStatus(/^Scenario: IsProd is true/);
    await window.leave();
    await window.runCommand(COMMAND);
    await window.choose('What is to be so?', 'Stage');
    await window.choose('What is Stage?', 'prod');
    await eventually(() => assert.deepEqual(JSON.parse(vscode.read(SETTINGS)), { 'stackwarden.scenario': { conditions: { IsProd: true }, parameters: { Stage: 'prod' } } }));
    await window.runCommand(COMMAND);
    await window.choose('What is to be so?', 'All scenarios');
    await vscode.findings(uri, RULE, 1);
    await eventually(() => assert.deepEqual(JSON.parse(vscode.read(SETTINGS)), {}));
  });

  test('keeps the scenario of a document without a folder to the window', async (vscode) => {
    const { control, window } = vscode;
    const settings = (): string | undefined => existsSync(vscode.path(SETTINGS)) ? vscode.read(SETTINGS) : undefined;
    const before = settings();
    const uri = await control.openUntitled('yaml', TEMPLATE);
    await vscode.findings(uri, RULE, 1);
    await window.languageStatus(/^All scenarios/);
    await window.leave();
    await window.runCommand(COMMAND);
    await window.choose('What is to be so?', 'IsProd');
    await window.choose('What is IsProd?', 'true');
    await vscode.findings(uri, RULE, 0);
    assert.equal(settings(), before);
    // A template in the folder is looked at in all scenarios.
    await vscode.findings(await control.open(vscode.uri('net.yaml')), RULE, 1);
  });

  test('judges a template anew when a parameter file beside it comes', async (vscode) => {
    const { control } = vscode;
    await vscode.watching();
    const uri = await control.open(vscode.uri('values/net.yaml'));
    await vscode.findings(uri, RULE, 1);
    vscode.write('values/net.prod.parameters.json', '[{"ParameterKey": "Stage", "ParameterValue": "prod"}]');
    await vscode.findings(uri, RULE, 0);
  });
});

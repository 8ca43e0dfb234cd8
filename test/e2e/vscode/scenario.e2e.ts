/** One scenario of a template, as a user chooses it. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { eventually } from '../kit/until.ts';
import { describeInVsCode } from './suite.ts';
import { PART, STAGED, WHOLE } from './templates.ts';

const RULE = 'ebs-volume-encryption';
const COMMAND = 'Stackwarden: Choose Scenario';
const SETTINGS = '.vscode/settings.json';
const BAR = 'stackwarden.scenario';

const PARAMETERS = '[{"ParameterKey": "Stage", "ParameterValue": "prod"}]\n';

const FILES = {
  'net.yaml': STAGED,
  'values/net.yaml': STAGED,
  'edited/net.yaml': STAGED,
  'edited/net.prod.parameters.json': PARAMETERS,
  'nested/whole.yaml': WHOLE,
  'nested/part.yaml': PART,
};

describeInVsCode('VS Code, in a scenario', { files: FILES }, (test) => {
  test('looks at the scenario that is chosen, says so in the status bar, and looks at all again, without writing settings', async (vscode) => {
    const { window } = vscode;
    const uri = vscode.uri('net.yaml');
    await window.openFile('net.yaml');
    await vscode.findings(uri, RULE, 1);
    await window.languageStatus(/^All scenarios/);
    await window.leave();
    await window.statusBarWithout(BAR);
    await window.runCommand(COMMAND);
    await window.choose('Select a condition or parameter', 'IsProd');
    await window.choose('Select a value for IsProd', 'true');
    await vscode.findings(uri, RULE, 0);
    await window.statusBar(BAR, 'IsProd is true');
    await window.languageStatus(/^Scenario: IsProd is true/);
    await window.leave();
    await window.runCommand(COMMAND);
    await window.choose('Select a condition or parameter', 'Stage');
    await window.choose('Select a value for Stage', 'prod');
    await window.languageStatus(/^Scenario: .*Stage is prod/);
    await window.leave();
    await window.statusBar(BAR, '+1');
    // One thing may be anything again.
    await window.runCommand(COMMAND);
    await window.choose('Select a condition or parameter', 'IsProd');
    await window.choose('Select a value for IsProd', 'Either');
    await window.statusBar(BAR, 'Stage is prod');
    await vscode.findings(uri, RULE, 0);
    await window.runCommand(COMMAND);
    await window.choose('Select a condition or parameter', 'All scenarios');
    await vscode.findings(uri, RULE, 1);
    await window.statusBarWithout(BAR);
    await window.languageStatus(/^All scenarios/);
    await window.leave();
    assert.equal(existsSync(vscode.path(SETTINGS)), false);
  });

  test('writes the scenario to the settings when that is asked for, and another choice comes before them', async (vscode) => {
    const { window } = vscode;
    const uri = vscode.uri('net.yaml');
    await window.openFile('net.yaml');
    await window.runCommand(COMMAND);
    await window.choose('Select a condition or parameter', 'IsProd');
    await window.choose('Select a value for IsProd', 'true');
    await window.statusBar(BAR, 'IsProd is true');
    await window.runCommand('Stackwarden: Save Scenario to Settings');
    const saved = { 'stackwarden.scenario': { conditions: { IsProd: true } } };
    await eventually(() => assert.deepEqual(JSON.parse(vscode.read(SETTINGS)), saved));
    await window.statusBar(BAR, 'IsProd is true');
    await window.runCommand(COMMAND);
    await window.choose('Select a condition or parameter', 'All scenarios');
    await vscode.findings(uri, RULE, 1);
    await window.statusBarWithout(BAR);
    assert.deepEqual(JSON.parse(vscode.read(SETTINGS)), saved);
    // Saved too, it leaves nothing behind.
    await window.runCommand('Stackwarden: Save Scenario to Settings');
    await eventually(() => assert.deepEqual(JSON.parse(vscode.read(SETTINGS)), {}));
    await vscode.findings(uri, RULE, 1);
  });

  test('keeps the scenario of a document without a folder to the window', async (vscode) => {
    const { control, window } = vscode;
    const settings = (): string | undefined => (existsSync(vscode.path(SETTINGS)) ? vscode.read(SETTINGS) : undefined);
    const before = settings();
    const uri = await control.openUntitled('yaml', STAGED);
    await vscode.findings(uri, RULE, 1);
    await window.languageStatus(/^All scenarios/);
    await window.leave();
    await window.runCommand(COMMAND);
    await window.choose('Select a condition or parameter', 'IsProd');
    await window.choose('Select a value for IsProd', 'true');
    await vscode.findings(uri, RULE, 0);
    assert.equal(settings(), before);
    // A template in the folder is looked at in all scenarios.
    await vscode.findings(await control.open(vscode.uri('net.yaml')), RULE, 1);
  });

  test('judges a template again when a parameter file is created beside it', async (vscode) => {
    const { control } = vscode;
    await vscode.watching();
    const uri = await control.open(vscode.uri('values/net.yaml'));
    await vscode.findings(uri, RULE, 1);
    vscode.write('values/net.prod.parameters.json', PARAMETERS);
    await vscode.findings(uri, RULE, 0);
  });

  test('looks at a template as its parameter file has it deployed, says so, and follows what is typed there', async (vscode) => {
    const { control, window } = vscode;
    const uri = await control.open(vscode.uri('edited/net.yaml'));
    await window.languageStatus(/^All scenarios\s*Parameters of net\.prod\.parameters\.json/);
    await window.leave();
    await vscode.findings(uri, RULE, 0);
    const parameters = await control.open(vscode.uri('edited/net.prod.parameters.json'));
    await control.replace(parameters, 'prod"}', 'dev"}');
    await vscode.findings(uri, RULE, 1);
    await control.replace(parameters, 'dev"}', 'prod"}');
    await vscode.findings(uri, RULE, 0);
  });

  test('judges a template in a template in its place, once the one around it was seen', async (vscode) => {
    const { control } = vscode;
    const part = await control.open(vscode.uri('nested/part.yaml'));
    // By itself it is judged by its default.
    await vscode.findings(part, RULE, 1);
    const whole = await control.open(vscode.uri('nested/whole.yaml'));
    await vscode.findings(part, RULE, 0);
    await control.replace(whole, "'true'", "'false'");
    await vscode.findings(part, RULE, 1);
    await control.replace(whole, "'false'", "'true'");
    await vscode.findings(part, RULE, 0);
    // It stays there when that one is closed, and follows what is on disk.
    await vscode.watching();
    await control.close(whole);
    vscode.write('nested/whole.yaml', WHOLE.replace("'true'", "'false'"));
    await vscode.findings(part, RULE, 1);
    vscode.write('nested/whole.yaml', WHOLE);
    await vscode.findings(part, RULE, 0);
  });
});

/** Other extensions that also report syntax errors in a document. */
import assert from 'node:assert/strict';
import { eventually } from '../kit/until.ts';
import { describeInVsCode } from './suite.ts';
import { BROKEN } from './templates.ts';

const OTHERS = [
  {
    publisher: 'redhat',
    name: 'vscode-yaml',
    contributes: { configuration: { properties: { 'yaml.completion': { type: 'boolean', default: true } } } },
  },
];

describeInVsCode(
  'VS Code with the YAML extension of Red Hat',
  { files: { 'broken.yaml': BROKEN, 'again.yaml': BROKEN, '.stackwarden.yaml': 'fail\n' }, others: OTHERS },
  (test) => {
    test('leaves it to that extension to say what cannot be read, and reports what is insecure', async (vscode) => {
      const uri = await vscode.control.open(vscode.uri('broken.yaml'));
      assert.equal(await vscode.control.extension('redhat.vscode-yaml'), 'active');
      await vscode.findings(uri, 'ebs-volume-encryption', 1);
      assert.deepEqual(
        (await vscode.control.diagnostics(uri)).map(({ code }) => code),
        ['ebs-volume-encryption'],
      );
    });

    test('leaves the settings of a configuration to the schema, which that extension knows', async (vscode) => {
      const { control } = vscode;
      const uri = await control.open(vscode.uri('.stackwarden.yaml'));
      const labels = async (line: number, character: number): Promise<readonly string[]> =>
        (await control.completions(uri, line, character)).map(({ label }) => label);
      await control.setting('yaml.completion', false);
      await eventually(async () => assert.deepEqual(await labels(0, 4), ['failOn']));
      await control.setting('yaml.completion', undefined);
      await eventually(async () => assert.deepEqual(await labels(0, 4), []));
      await control.replace(uri, 'fail', 'rules:\n  kms-key-r');
      await eventually(async () => assert.deepEqual(await labels(1, 11), ['kms-key-rotation']));
    });

    test('reports it itself when the user wants that', async (vscode) => {
      const { control } = vscode;
      const uri = await control.open(vscode.uri('again.yaml'));
      await vscode.findings(uri, 'ebs-volume-encryption', 1);
      await control.setting('stackwarden.syntaxProblems', 'on');
      await vscode.findings(uri, 'syntax', 1);
      await control.setting('stackwarden.syntaxProblems', undefined);
      await vscode.findings(uri, 'syntax', 0);
    });
  },
);

/** Other extensions that also report syntax errors in a document. */
import assert from 'node:assert/strict';
import { describeInVsCode } from './suite.ts';
import { BROKEN } from './templates.ts';

const OTHERS = [{ publisher: 'redhat', name: 'vscode-yaml' }];

describeInVsCode(
  'VS Code with the YAML extension of Red Hat',
  { files: { 'broken.yaml': BROKEN, 'again.yaml': BROKEN }, others: OTHERS },
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

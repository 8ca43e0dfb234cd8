/** The process of the language server: how it is started, and started again when it ends by itself. */
import assert from 'node:assert/strict';
import { SERVER_OPTIONS, SERVER_VARIABLES } from '../../../client/src/node-options.ts';
import { commandLine, networkSockets, variablesOf } from '../kit/processes.ts';
import { eventually, until } from '../kit/until.ts';
import { describeInVsCode } from './suite.ts';
import { VOLUME } from './templates.ts';
import type { VsCode } from './vscode.ts';

const RULE = 'ebs-volume-encryption';

describeInVsCode('VS Code and the process of the language server', { files: { 'volume.yaml': VOLUME } }, (test) => {
  test('has no socket by which it could reach another machine', async (vscode) => {
    const uri = await vscode.control.open(vscode.uri('volume.yaml'));
    await vscode.findings(uri, RULE, 1);
    assert.equal(networkSockets(await running(vscode)), 0);
  });

  test('has the options and variables that limit its memory', async (vscode) => {
    const uri = await vscode.control.open(vscode.uri('volume.yaml'));
    await vscode.findings(uri, RULE, 1);
    const pid = await running(vscode);
    const line = commandLine(pid);
    const variables = variablesOf(pid);
    assert.deepEqual(
      SERVER_OPTIONS.filter((option) => !line.includes(` ${option} `)),
      [],
    );
    for (const [name, value] of Object.entries(SERVER_VARIABLES)) assert.ok(variables.includes(`${name}=${value}`));
    // Those of the editor are passed on.
    assert.ok(variables.some((one) => one.startsWith('PATH=')));
  });

  test('is started again when it is killed, and the findings come back', async (vscode) => {
    const { control } = vscode;
    const uri = await control.open(vscode.uri('volume.yaml'));
    await vscode.findings(uri, RULE, 1);
    const killed = await running(vscode);
    process.kill(killed, 'SIGKILL');
    assert.notEqual(
      await until('another server runs', () => vscode.serverProcesses().find((pid) => pid !== killed)),
      killed,
    );
    await vscode.findings(uri, RULE, 1);
    // They are those of the new server, which follows what is typed.
    await control.replace(uri, 'Encrypted: false', 'Encrypted: true');
    await vscode.findings(uri, RULE, 0);
    await control.replace(uri, 'Encrypted: true', 'Encrypted: false');
    await vscode.findings(uri, RULE, 1);
  });

  test('is not restarted after too many crashes, which is shown once, and restarted on request', async (vscode) => {
    const { control, window } = vscode;
    const uri = await control.open(vscode.uri('volume.yaml'));
    await vscode.findings(uri, RULE, 1);
    const message = window.page
      .locator('.notification-toast')
      .filter({ hasText: 'The Stackwarden server stopped too often and will not be restarted.' });
    await until('it is given up', async () => {
      for (const pid of vscode.serverProcesses()) process.kill(pid, 'SIGKILL');
      return message.isVisible();
    });
    assert.equal(await window.page.locator('.notification-toast').count(), 1);
    await window.openFile('volume.yaml');
    await window.languageStatus(/^Stackwarden stopped/);
    await window.leave();
    await message.getByRole('button', { name: 'Restart' }).click();
    await running(vscode);
    await vscode.findings(uri, RULE, 1);
    await eventually(async () => assert.equal(await window.page.locator('.notification-toast').count(), 0));
    assert.equal((await vscode.disturbances()).popups.length, 1);
  });
});

/** The one server that runs. */
function running(vscode: VsCode): Promise<number> {
  return until('one server runs', () => {
    const [pid, ...others] = vscode.serverProcesses();
    return others.length === 0 ? pid : undefined;
  });
}

/** What a value resolves to, why, and the results of rules, as VS Code shows them. */
import assert from 'node:assert/strict';
import { eventually } from '../kit/until.ts';
import { describeInVsCode } from './suite.ts';
import { DISKS, STAGED } from './templates.ts';

const RULE = 'ebs-volume-encryption';

describeInVsCode(
  'VS Code, explaining values',
  { files: { 'disk.yaml': STAGED, 'disks.yaml': DISKS, 'page.yaml': DISKS } },
  (test) => {
    test('shows on hover over Fn::If what it resolves to in each scenario, and why', async (vscode) => {
      const { control } = vscode;
      const uri = await control.open(vscode.uri('disk.yaml'));
      await vscode.findings(uri, RULE, 1);
      const [line, character] = placeOf(STAGED, '!If');
      await eventually(async () => {
        const text = (await control.hover(uri, line, character)).join('\n');
        assert.match(
          text,
          /^\*\*`false`\*\* when IsProd is false \(the default\) *\n\*\*`true`\*\* when IsProd is true$/m,
        );
        assert.match(
          text,
          /^- `IsProd` is `false` by default, `true` when Stage is "prod": `!Equals \[!Ref Stage, prod\]` \(\[line 4\]\(file:.*\/disk\.yaml#L4\)\)$/m,
        );
        assert.match(
          text,
          /^- \[ebs-volume-encryption\]\(command:stackwarden\.showRule\?%5B%22ebs-volume-encryption%22%5D\): finding because Encrypted is `false` when IsProd is false; no finding when IsProd is true/m,
        );
      });
    });

    test('follows what is typed', async (vscode) => {
      const { control } = vscode;
      const uri = await control.open(vscode.uri('disk.yaml'));
      const [line, character] = placeOf(STAGED, '!If');
      await control.replace(uri, 'Default: dev', 'Default: prod');
      await eventually(async () =>
        assert.match(
          (await control.hover(uri, line, character)).join('\n'),
          /^\*\*`true`\*\* when IsProd is true \(the default\)/m,
        ),
      );
    });

    test('shows no values when the setting is off', async (vscode) => {
      const { control } = vscode;
      const uri = await control.open(vscode.uri('disk.yaml'));
      const [line, character] = placeOf(STAGED, '!If');
      await control.setting('stackwarden.valueHover', false);
      await eventually(async () =>
        assert.doesNotMatch((await control.hover(uri, line, character)).join('\n'), /is `false` by default/),
      );
      await control.setting('stackwarden.valueHover', undefined);
      await eventually(async () =>
        assert.match((await control.hover(uri, line, character)).join('\n'), /is `false` by default/),
      );
    });

    test('shows the explanation where the mouse rests', async ({ window }) => {
      await window.openFile('disk.yaml');
      const text = await (await window.hoverOver('!If', 'false when IsProd is false (the default)')).innerText();
      for (const part of [
        'true when IsProd is true',
        'IsProd is false by default',
        `${RULE}: finding because Encrypted is false when IsProd is false`,
      ])
        assert.ok(text.replaceAll('\u00a0', ' ').includes(part), text);
      await window.leave();
    });

    test('explains a value on a page beside the document, which the next one takes over', async (vscode) => {
      const { window } = vscode;
      await window.openFile('page.yaml');
      await vscode.findings(vscode.uri('page.yaml'), RULE, 1);
      await window.goTo(...cursorAt(DISKS, '!If'));
      await window.runCommand('Stackwarden: Explain Value');
      const page = await window.webPage('Disk: Properties.Encrypted');
      const text = await page.innerText();
      for (const part of [
        'false when IsProd is false (the default)',
        'true when IsProd is true',
        'Why',
        'IsProd is false by default',
        'Rules',
        'Disk is not encrypted at rest',
      ])
        assert.ok(text.includes(part), text);
      await page.getByRole('link', { name: 'line 4', exact: true }).click();
      await window.cursorAt(4, 1);
      await window.goTo(...cursorAt(DISKS, '!Sub'));
      await window.runCommand('Stackwarden: Explain Value');
      assert.match(
        await (await window.webPage('Scratch: Properties.AvailabilityZone')).innerText(),
        /\$\{AWS::Region\}a/,
      );
      assert.deepEqual(await vscode.control.tabs(), ['page.yaml', 'Value']);
    });

    test('leads from a decision to the page of its rule', async (vscode) => {
      const { window } = vscode;
      await window.openFile('page.yaml');
      await vscode.findings(vscode.uri('page.yaml'), RULE, 1);
      await window.goTo(...cursorAt(DISKS, '!If'));
      await window.runCommand('Stackwarden: Explain Value');
      const page = await window.webPage('Disk: Properties.Encrypted');
      await page.getByRole('link', { name: RULE, exact: true }).click();
      assert.match(
        await (await window.webPage('EBS volumes should be encrypted at rest')).innerText(),
        /ebs-volume-encryption/,
      );
    });
  },
);

/** Line and character of the only place of a text, from zero on. */
function placeOf(text: string, what: string): readonly [line: number, character: number] {
  const before = text.slice(0, text.indexOf(what) + 1).split('\n');
  return [before.length - 1, before.at(-1)!.length - 1];
}

/** The same as an editor shows it, from one on. */
function cursorAt(text: string, what: string): readonly [line: number, column: number] {
  const [line, character] = placeOf(text, what);
  return [line + 1, character + 1];
}

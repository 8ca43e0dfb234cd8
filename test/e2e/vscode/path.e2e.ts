/** The drawn paths to a resource, as VS Code shows them, and how the keyboard follows them. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually } from '../kit/until.ts';
import { describeInVsCode } from './suite.ts';
import { PUBLIC_WEB } from './templates.ts';
import type { VsCode } from './vscode.ts';

const PARTS = [
  'Internet',
  'PublicSubnet routes 0.0.0.0/0 to Gateway, open',
  'Gateway, AWS::EC2::InternetGateway, reached',
  'Web is in the subnet PublicSubnet, open',
  'PublicSubnet, AWS::EC2::Subnet, reached',
  'WebGroup allows TCP port 22 from 0.0.0.0/0, open when IsProduction is false',
  'WebGroup, AWS::EC2::SecurityGroup, reached when IsProduction is false',
  'PublicSubnet assigns a public IP address to Web, open',
  'Web, AWS::EC2::Instance, reached when IsProduction is false',
];

describeInVsCode('VS Code, drawing paths', { files: { 'web.yaml': PUBLIC_WEB, 'other.yaml': PUBLIC_WEB } }, (test) => {
  test('draws the paths to the resource at the cursor beside the document', async (vscode) => {
    const page = await drawn(vscode, '  Web:', 'Paths to Web');
    assert.deepEqual(await labels(page), PARTS);
    assert.match(await page.innerText(), /Internet, TCP port 22: open when IsProduction is false/);
    assert.deepEqual(await vscode.control.tabs(), ['web.yaml', 'Path']);
    // Nothing is wider than its pane, and no text is wider than its box.
    const overflows = await page.evaluate((body) =>
      [...body.querySelectorAll<SVGTextElement>('svg text')]
        .filter((text) => {
          const box = text.closest('g[transform]')!.querySelector('rect')!.getBoundingClientRect();
          const own = text.getBoundingClientRect();
          return own.left < box.left - 1 || own.right > box.right + 1;
        })
        .map((text) => text.textContent),
    );
    assert.deepEqual(overflows, []);
  });

  test('follows a path with the keyboard, and opens its places', async (vscode) => {
    const { window } = vscode;
    const page = await drawn(vscode, '  Web:', 'Paths to Web');
    await page.locator('.part').first().focus();
    assert.equal(await focused(page), PARTS[0]);
    await window.press('Tab');
    await eventually(async () => assert.equal(await focused(page), PARTS[1]));
    await window.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    await eventually(async () => assert.equal(await focused(page), PARTS[5]));
    assert.notEqual(await page.locator('.part:focus .ring').evaluate((ring) => getComputedStyle(ring).stroke), 'none');
    await window.press('ArrowUp', 'ArrowDown', 'Enter');
    await window.cursorAt(...positionOf('CidrIp: '.length, 'CidrIp: !If'));
  });

  test('draws the paths through a security group, and says where none leads', async (vscode) => {
    await drawn(vscode, '  WebGroup:', 'Paths through WebGroup');
    const page = await drawn(vscode, '  Vpc:', 'Paths to Vpc');
    assert.match(await page.innerText(), /No known path from the internet or other AWS accounts leads to Vpc\./);
    assert.equal(await page.locator('svg').count(), 0);
    assert.deepEqual(await vscode.control.tabs(), ['web.yaml', 'Path']);
  });

  test('leads to the drawing from the hover of a resource', async (vscode) => {
    const { window } = vscode;
    await window.openFile('other.yaml');
    const hover = await window.hoverOver('AWS::EC2::Instance', 'Show Path');
    await hover.getByRole('link', { name: 'Show Path' }).click();
    assert.deepEqual(await labels(await window.webPage('Paths to Web')), PARTS);
    await window.leave();
  });
});

/** The page of the paths at the line of a text. */
async function drawn({ window }: VsCode, what: string, heading: string): Promise<Locator> {
  await window.openFile('web.yaml');
  await window.goTo(...positionOf(3, what));
  await window.runCommand('Stackwarden: Show Path');
  return window.webPage(heading);
}

/** Line and column of a character in the only place of a text, from one on. */
function positionOf(character: number, what: string): readonly [line: number, column: number] {
  const before = PUBLIC_WEB.slice(0, PUBLIC_WEB.indexOf(what) + character).split('\n');
  return [before.length, before.at(-1)!.length + 1];
}

async function labels(page: Locator): Promise<readonly (string | null)[]> {
  return page.locator('.part').evaluateAll((parts) => parts.map((part) => part.getAttribute('aria-label')));
}

async function focused(page: Locator): Promise<string | null> {
  return page.evaluate((body) => body.ownerDocument.activeElement?.getAttribute('aria-label') ?? null);
}

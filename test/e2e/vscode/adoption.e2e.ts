/** From the packed extension to the first fix, with a new profile without settings. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OUTPUT, VSIX } from '../paths.ts';
import { removeFolder, temporaryFolder } from '../kit/temporary.ts';
import { eventually } from '../kit/until.ts';
import { openBrowser, type WatchedPage } from './browser.ts';
import { CodeServer, installExtension, prepare } from './code-server.ts';
import { VOLUME } from './templates.ts';
import { Window } from './window.ts';

describe('VS Code with a new profile', () => {
  it('goes from the packed extension to a fixed and saved template, without a question, a message or trust', async () => {
    const folder = temporaryFolder();
    const times = new Stopwatch();
    let server: CodeServer | undefined;
    let watched: WatchedPage | undefined;
    try {
      prepare(folder, {}, { 'template.yaml': VOLUME });
      times.start();
      await installExtension(folder, VSIX);
      times.lap('code-server --install-extension stackwarden.vsix');
      server = await CodeServer.start(folder);
      times.lap('the editor starts');
      watched = await openBrowser();
      const window = new Window(watched.page);
      await window.load(server.url);
      // The folder is not trusted, and does not have to be.
      await watched.page.getByRole('button', { name: 'Restricted Mode' }).waitFor();
      times.lap('its window opens');
      await window.openFile('template.yaml');
      times.lap('a template is opened');
      await eventually(async () =>
        assert.deepEqual(await window.squiggles(), [{ severity: 'warning', text: 'false' }]),
      );
      times.lap('the finding is underlined');
      await window.goTo(7, 20);
      await window.openQuickFixes('Set Encrypted to true');
      times.lap('the fix is offered');
      await window.chooseQuickFix('Set Encrypted to true');
      await eventually(async () => assert.deepEqual(await window.squiggles(), []));
      times.lap('the fix is taken, and the finding is gone');
      await window.save();
      await eventually(() =>
        assert.equal(
          readFileSync(join(server!.workspace, 'template.yaml'), 'utf8'),
          VOLUME.replace('Encrypted: false', 'Encrypted: true'),
        ),
      );
      times.lap('the template is saved');
      assert.deepEqual(
        (await watched.takePopups()).filter((text) => /stackwarden/i.test(text)),
        [],
      );
      process.stdout.write(`${times.report()}\n`);
    } catch (error) {
      mkdirSync(OUTPUT, { recursive: true });
      await watched?.page.screenshot({ path: join(OUTPUT, 'failed-adoption.png') });
      throw error;
    } finally {
      await watched?.close();
      await server?.stop();
      await removeFolder(folder);
    }
  });
});

/** How long each step took. */
class Stopwatch {
  readonly #laps: { readonly step: string; readonly seconds: number }[] = [];
  #since = 0;

  start(): void {
    this.#since = performance.now();
  }

  lap(step: string): void {
    const now = performance.now();
    this.#laps.push({ step, seconds: (now - this.#since) / 1000 });
    this.#since = now;
  }

  report(): string {
    const all = { step: 'together', seconds: this.#laps.reduce((sum, { seconds }) => sum + seconds, 0) };
    return [...this.#laps, all]
      .map(({ step, seconds }) => `      ${seconds.toFixed(1).padStart(5)} s  ${step}`)
      .join('\n');
  }
}

/** The VS Code window as a user sees and operates it. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { until } from '../kit/until.ts';
import { WINDOW } from './browser.ts';
import { squiggles, type Squiggle } from './squiggles.ts';

export class Window {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The text area of the editor in front. */
  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  async load(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  }

  /** Opens a file of the workspace as people do who know its name. */
  async openFile(name: string): Promise<void> {
    await until(`${name} is open`, async () => {
      await this.#quickInput('Control+P', name);
      // Until the files are found, the list has what was opened last.
      await this.page
        .locator('.quick-input-list .monaco-list-row.focused')
        .filter({ hasText: name })
        .first()
        .waitFor({ timeout: 5000 });
      await this.press('Enter');
      return this.page
        .locator('.tab.active')
        .filter({ hasText: name })
        .waitFor({ timeout: 5000 })
        .then(() => true);
    });
    await this.editor.locator('.view-line').first().waitFor();
  }

  /** Runs a command by its title in the palette. The palette is opened again until the command is enabled. */
  async runCommand(title: string): Promise<void> {
    await until(`the palette has ${title}`, async () => {
      await this.#quickInput('F1', `>${title}`);
      return this.page
        .locator('.quick-input-list .monaco-list-row.focused')
        .filter({ hasText: title })
        .first()
        .waitFor({ timeout: 5000 })
        .then(() => true);
    });
    await this.page.keyboard.press('Enter');
  }

  /** Chooses an entry of a list that asks a question. */
  async choose(question: string, label: string): Promise<void> {
    const input = this.page.locator(`.quick-input-widget:visible .quick-input-box input[placeholder="${question}"]`);
    await input.waitFor();
    await input.fill(label);
    await this.page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: label }).first().waitFor();
    await this.press('Enter');
  }

  /** A page beside the documents that has a heading, once it is shown. */
  async webPage(heading: string): Promise<Locator> {
    return until(`a page shows ${JSON.stringify(heading)}`, async () => {
      for (const frame of this.page.frames()) {
        const body = frame.locator('body').filter({ has: frame.getByRole('heading', { name: heading, exact: true }) });
        if ((await body.count()) > 0) return body.first();
      }
      return undefined;
    });
  }

  /**
   * Puts the cursor at a line and column, both from one on. The quick input is opened again while another part of the
   * window has the focus, such as a page whose link leads to the document.
   */
  async goTo(line: number, column: number): Promise<void> {
    await until('a document has the focus', async () => {
      await this.#quickInput('Control+G', `:${line}:${column}`);
      return this.page
        .locator('.quick-input-list .monaco-list-row')
        .filter({ hasNotText: 'Open a text editor first' })
        .first()
        .waitFor({ timeout: 5000 })
        .then(() => true);
    });
    await this.page.keyboard.press('Enter');
    await this.cursorAt(line, column);
  }

  /** Waits until the cursor is there. */
  async cursorAt(line: number, column: number): Promise<void> {
    await until(`the cursor is at ${line}:${column}`, async () =>
      (await this.page.locator('#status\\.editor\\.selection').textContent())?.includes(`Ln ${line}, Col ${column}`),
    );
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** What is marked in the part of the document that is in view. */
  squiggles(): Promise<readonly Squiggle[]> {
    return squiggles(this.editor);
  }

  /** Opens the quick fix menu at the cursor and gives its titles. It is opened again until it has one. */
  async openQuickFixes(title: string): Promise<readonly string[]> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    return until(`the quick fix ${JSON.stringify(title)} is offered`, async () => {
      if ((await rows.count()) === 0) await this.press('Control+.');
      await rows.first().waitFor({ timeout: 2000 });
      const titles = (await rows.allTextContents()).map((text) => text.trim());
      if (titles.some((each) => each.includes(title))) return titles;
      await this.press('Escape');
      return undefined;
    });
  }

  /** Chooses an entry of the menu that is open, with the arrow keys. The menu is opened again if it was closed. */
  async chooseQuickFix(title: string): Promise<void> {
    await until(`${JSON.stringify(title)} is selected`, async () => {
      const rows = this.page.locator('.action-widget .monaco-list-row');
      // Without the menu, the arrow keys would move the cursor.
      if ((await rows.count()) === 0) await this.openQuickFixes(title);
      if ((await rows.and(this.page.locator('.focused')).filter({ hasText: title }).count()) > 0) return true;
      await this.press('ArrowDown');
      return false;
    });
    await this.press('Enter');
  }

  /** Confirms the changes that VS Code shows before it applies a fix: ticks those of the only file and applies them. */
  async confirmChanges(): Promise<void> {
    const preview = this.page.locator('.bulk-edit-panel');
    // What needs confirmation is not ticked.
    await preview.locator('.edit-checkbox').first().click();
    await preview.getByRole('button', { name: 'Apply' }).click();
    await preview.waitFor({ state: 'hidden' });
  }

  /** Opens completions with the description of the first one. Repeats until there are some. */
  async openSuggestions(label: string): Promise<void> {
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row');
    await until(`${JSON.stringify(label)} is offered`, async () => {
      await this.press('Control+Space');
      return rows
        .filter({ hasText: label })
        .first()
        .waitFor({ timeout: 3000 })
        .then(() => true);
    });
    const details = this.page.locator('.suggest-details-container:visible');
    if ((await details.count()) === 0) await this.press('Control+Space');
    await details.first().waitFor();
  }

  /**
   * Saves the document that a key or a fix changes. The change can arrive after the key: only then is there something
   * to save.
   */
  async save(): Promise<void> {
    const changed = this.page.locator('.tab.active.dirty');
    // A window that saves by itself can have saved already.
    await changed.waitFor({ timeout: 5000 }).catch(() => undefined);
    await until('the document is saved', async () => {
      await this.press('Control+S');
      return changed.waitFor({ state: 'hidden', timeout: 5000 }).then(() => true);
    });
  }

  async openProblems(): Promise<Locator> {
    const panel = this.page.locator('.markers-panel');
    if ((await panel.count()) === 0) await this.press('Control+Shift+M');
    await panel.waitFor();
    return panel;
  }

  /** What the language status of the active document says, once it says something. */
  async languageStatus(text: string | RegExp): Promise<Locator> {
    const item = this.page.locator('.hover-language-status .element').filter({ hasText: text });
    await until(`the language status says ${String(text)}`, async () => {
      await this.leave();
      await this.page.locator('#status\\.languageStatus').hover({ timeout: 3000 });
      return item
        .first()
        .waitFor({ timeout: 3000 })
        .then(() => true);
    });
    return item.first();
  }

  /** Waits until an item of the status bar says something. */
  async statusBar(id: string, text: string): Promise<void> {
    await this.#statusBarItem(id).filter({ hasText: text }).first().waitFor();
  }

  /** Waits until the status bar has no such item. */
  async statusBarWithout(id: string): Promise<void> {
    await until(`the status bar has no ${id}`, async () => (await this.#statusBarItem(id).count()) === 0);
  }

  /** Takes the mouse to where nothing is, so that what it showed goes. */
  async leave(): Promise<void> {
    const hover = this.page.locator('.monaco-hover:visible');
    // A mouse that rests before the hover appears does not close it: it has to move again, or the hover was created
    // after it, so that it never leaves it: then a key closes the hover.
    for (let round = 0; round < 15 && (round === 0 || (await hover.count()) > 0); round++) {
      if (round > 0) await this.press('Escape');
      await this.page.mouse.move(WINDOW.width * (0.8 - 0.05 * (round % 2)), WINDOW.height / 2);
      await hover.waitFor({ state: 'hidden', timeout: 2000 }).catch(() => undefined);
    }
    await hover.waitFor({ state: 'hidden', timeout: 2000 });
  }

  async closePanel(): Promise<void> {
    if (await this.page.locator('.part.panel').isVisible()) await this.press('Control+J');
    await this.page.locator('.part.panel').waitFor({ state: 'hidden' });
  }

  /** The first place in the editor where a text is drawn, so that the mouse can go there. */
  async pointAt(text: string): Promise<{ readonly x: number; readonly y: number }> {
    const line = this.editor.locator('.view-line').filter({ hasText: text }).first();
    await line.waitFor();
    const point = await line.evaluate((element, what) => {
      // A text may be in several pieces, each in its own color.
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const places: [Node, number][] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (let at = 0; at < node.textContent!.length; at++) places.push([node, at]);
      const first = element.textContent.replaceAll('\u00a0', ' ').indexOf(what);
      if (first < 0) return undefined;
      const range = document.createRange();
      range.setStart(...places[first]!);
      const [last, at] = places[first + what.length - 1]!;
      range.setEnd(last, at + 1);
      const { left, top, width, height } = range.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }, text);
    assert.ok(point, `${text} is in the line`);
    return point;
  }

  /** Rests the mouse on a text until a hover says something, and gives all of the hover. */
  async hoverOver(text: string, expected: string): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:visible').filter({ hasText: expected });
    await until(`the hover over ${text} says ${JSON.stringify(expected)}`, async () => {
      const { x, y } = await this.pointAt(text);
      await this.page.mouse.move(x + 40, y + 60);
      await this.page.mouse.move(x, y, { steps: 4 });
      return hover
        .first()
        .waitFor({ timeout: 3000 })
        .then(() => true);
    });
    return hover.first();
  }

  /** Items have the identifier of their extension and their own. */
  #statusBarItem(id: string): Locator {
    return this.page.locator(`.part.statusbar .statusbar-item[id$="${id}"]:visible`);
  }

  async #quickInput(key: string, text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible .quick-input-box input');
    // The list of a quick input that is open keeps what it had when it was opened: commands that were disabled then
    // stay out of it.
    if (await input.isVisible()) {
      await this.press('Escape');
      await input.waitFor({ state: 'hidden' });
    }
    await until('the quick input is open', async () => {
      await this.press(key);
      return input.waitFor({ timeout: 3000 }).then(() => true);
    });
    await input.fill(text);
  }
}

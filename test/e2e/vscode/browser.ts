/** A window of VS Code in a browser without a display, which is watched while it is open. */
import { chromium, type Browser, type Page } from 'playwright-core';
import { editors } from '../install/editors.ts';

/** Large enough for an editor with a panel, small enough for a page of documentation. */
export const WINDOW = { width: 1280, height: 800 } as const;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface WatchedPage {
  readonly page: Page;
  /**
   * The origins outside of this machine that the page asked for something. Answers of VS Code's own service worker need
   * no network.
   */
  outside(): Promise<readonly string[]>;
  /** What the workbench wrote to its console; for failures. */
  readonly console: readonly string[];
  /** Every message that popped up since it was last asked, in whatever corner, for however short a time. */
  takePopups(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<WatchedPage> {
  const browser = await chromium.launch({ executablePath: editors().chromium, headless: true, args: FLAGS });
  try {
    return await watch(browser);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function watch(browser: Browser): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: WINDOW,
    locale: 'en-GB',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const outside: Promise<string | undefined>[] = [];
  const console: string[] = [];
  context.on('request', (request) => {
    const { protocol, hostname, origin } = new URL(request.url());
    if (/^(?:https?|wss?):$/.test(protocol) && !/^(?:127\.0\.0\.1|(?:[\w-]+\.)*localhost)$/.test(hostname)) {
      outside.push(
        request.response().then(
          (response) => (response?.fromServiceWorker() ? undefined : origin),
          () => origin,
        ),
      );
    }
  });
  page.on('console', (message) => console.push(message.text()));
  page.on('pageerror', ({ message }) => console.push(`page error: ${message}`));
  // The functions that run in the page come through tsx, which has their names kept by this one.
  await page.addInitScript('globalThis.__name = (named) => named;');
  await page.addInitScript(collectPopups);
  return {
    page,
    console,
    outside: async () => [...new Set(await Promise.all(outside))].filter((origin) => origin !== undefined),
    takePopups: () => page.evaluate(takePopups),
    close: () => browser.close(),
  };
}

interface PopupWindow {
  popups?: Set<string>;
}

/** Runs in the page. */
function takePopups(): readonly string[] {
  const { popups } = window as unknown as PopupWindow;
  const taken = [...(popups ?? [])];
  popups?.clear();
  return taken;
}

/** Runs in the page. A message is in the page from its first moment, even when it is gone before anybody could look. */
function collectPopups(): void {
  const popups = ((window as unknown as PopupWindow).popups ??= new Set());
  const look = (): void => {
    for (const message of document.querySelectorAll('.notification-toast, .monaco-dialog-box')) {
      const text = message.textContent?.trim();
      if (text) popups.add(text);
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

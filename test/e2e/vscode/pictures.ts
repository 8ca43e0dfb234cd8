/** How pictures for the documentation are taken. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { smallPng } from '../kit/png.ts';
import { SCREENSHOTS } from '../paths.ts';
import type { Window } from './window.ts';

/** The window of a picture. */
export const SIZE = { width: 1040, height: 600 };

/** The window of a picture of a whole drawing. */
export const TALL = { width: 1040, height: 940 };

/** The height of the status bar. */
const STATUS_BAR = 32;

/** Nothing is in the pictures that has nothing to do with what they show. */
export const PICTURE_SETTINGS = {
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'breadcrumbs.enabled': false,
  'editor.lineHeight': 18,
  'editor.scrollBeyondLastLine': false,
  'editor.occurrencesHighlight': 'off',
};

/** A part of the window, in pixels. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Takes a picture of the window or a part of it, after what fades in has done so and the cursor does not blink. */
export async function picture(window: Window, name: string, part?: Part): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await pause(400);
  const png = await window.page.screenshot({ caret: 'hide', animations: 'disabled', ...(part && { clip: part }) });
  writeFileSync(join(SCREENSHOTS, `${name}.png`), smallPng(png));
}

/** The window without its status bar. */
export function aboveStatusBar({ page }: Window): Part {
  const { width, height } = page.viewportSize()!;
  return { x: 0, y: 0, width, height: height - STATUS_BAR };
}

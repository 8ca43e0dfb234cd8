import type { Locator } from 'playwright-core';

export interface Squiggle {
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** The characters above the line, read from where both are drawn. */
  readonly text: string;
}

/**
 * The squiggly lines of an editor, with the text that each is drawn under. VS Code draws them as boxes beside the text,
 * so the characters are found by their places on the screen: what is right here is right for the eye.
 */
export function squiggles(editor: Locator): Promise<readonly Squiggle[]> {
  return editor.evaluate((element) => {
    const severities = ['error', 'warning', 'info', 'hint'] as const;
    const characters: { readonly text: string; readonly x: number; readonly y: number }[] = [];
    for (const line of element.querySelectorAll('.view-line')) {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.textContent!;
        for (let at = 0; at < text.length;) {
          const length = text.codePointAt(at)! > 0xffff ? 2 : 1;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + length);
          const { left, top, width, height } = range.getBoundingClientRect();
          characters.push({
            text: text.slice(at, at + length).replace('\u00a0', ' '),
            x: left + width / 2,
            y: top + height / 2,
          });
          at += length;
        }
      }
    }
    return severities.flatMap((severity) =>
      [...element.querySelectorAll(`.squiggly-${severity}`)].map((mark) => {
        const { left, right, top, bottom } = mark.getBoundingClientRect();
        const text = characters
          .filter(({ x, y }) => x > left && x < right && y > top && y < bottom)
          .map((character) => character.text)
          .join('');
        return { severity, text };
      }),
    );
  });
}

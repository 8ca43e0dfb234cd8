/** Patches that show no secrets, for `git apply` and `patch -p1`. */
import { diffArrays } from 'diff';

/** The number of context lines around a change. */
const CONTEXT = 3;

/** The texts of a file, and which of their lines have a secret. */
export interface ChangedText {
  readonly before: string;
  readonly after: string;
  /** Whether a line has a secret, by its zero-based number and its text. */
  readonly isSecretBefore: (line: number, text: string) => boolean;
  readonly isSecretAfter: (line: number, text: string) => boolean;
}

export interface FilePatch {
  /** The hunks with their header; empty if none can be shown. */
  readonly text: string;
  /** The one-based lines of changes that are omitted because of secrets. */
  readonly withheld: readonly number[];
  /** Whether a hunk has no context after the change before the end of the file, so that git needs `--unidiff-zero`. */
  readonly bare: boolean;
}

/** Replaced lines, zero-based. */
interface Block {
  readonly start: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/**
 * The patch of a file. Lines with secrets are not context: a hunk ends before one and begins after it. GNU patch
 * treats a hunk with less context after the change than before it as the end of the file, and git one without context
 * after it, so the context before is never longer than the context after. Changes of lines with secrets are omitted.
 */
export function patchOfFile(name: string, changed: ChangedText): FilePatch {
  const old = linesOf(changed.before);
  const blocks: Block[] = [];
  const withheld: number[] = [];
  for (const { newStart, ...block } of blocksOf(old, linesOf(changed.after))) {
    const isSecret =
      block.removed.some((text, index) => changed.isSecretBefore(block.start + index, text)) ||
      block.added.some((text, index) => changed.isSecretAfter(newStart + index, text));
    if (isSecret) withheld.push(block.start + 1);
    else blocks.push(block);
  }
  const secret = old.map((text, index) => changed.isSecretBefore(index, text));
  const { text, bare } = hunksOf(old, blocks, secret);
  return { text: text === '' ? '' : `${header(name)}${text}`, withheld, bare };
}

/** The differences, with the line of the new text at which each begins. */
function blocksOf(old: readonly string[], now: readonly string[]): readonly (Block & { readonly newStart: number })[] {
  const blocks: {
    readonly start: number;
    readonly newStart: number;
    readonly removed: string[];
    readonly added: string[];
  }[] = [];
  let start = 0;
  let newStart = 0;
  let isNew = true;
  for (const { value, added, removed } of diffArrays([...old], [...now])) {
    if (added || removed) {
      if (isNew) blocks.push({ start, newStart, removed: [], added: [] });
      blocks.at(-1)![added ? 'added' : 'removed'].push(...value);
    }
    isNew = !added && !removed;
    if (!added) start += value.length;
    if (!removed) newStart += value.length;
  }
  return blocks;
}

function hunksOf(
  old: readonly string[],
  blocks: readonly Block[],
  secret: readonly boolean[],
): { readonly text: string; readonly bare: boolean } {
  let text = '';
  let bare = false;
  let shift = 0;
  for (let first = 0; first < blocks.length;) {
    let last = first;
    // Changes with overlapping context are one hunk, unless a secret is between them.
    while (
      last + 1 < blocks.length &&
      blocks[last + 1]!.start - endOf(blocks[last]!) <= 2 * CONTEXT &&
      !secret.slice(endOf(blocks[last]!), blocks[last + 1]!.start).includes(true)
    )
      last++;
    const group = blocks.slice(first, last + 1);
    const from = group[0]!.start;
    const to = endOf(group.at(-1)!);
    const behind = run(CONTEXT, (index) => to + index < (blocks[last + 1]?.start ?? old.length) && !secret[to + index]);
    const isAtEnd = to + behind === old.length;
    const before = run(
      isAtEnd ? CONTEXT : behind,
      (index) => from - 1 - index >= (first > 0 ? endOf(blocks[first - 1]!) : 0) && !secret[from - 1 - index],
    );
    const lines: string[] = old.slice(from - before, from).map((line) => ` ${line}`);
    let at = from;
    for (const { start, removed, added } of group) {
      lines.push(
        ...old.slice(at, start).map((line) => ` ${line}`),
        ...removed.map((line) => `-${line}`),
        ...added.map((line) => `+${line}`),
      );
      at = start + removed.length;
    }
    lines.push(...old.slice(to, to + behind).map((line) => ` ${line}`));
    const count = (mark: string): number =>
      lines.filter((line) => line.startsWith(' ') || line.startsWith(mark)).length;
    const [fewer, more] = [count('-'), count('+')];
    bare ||= (behind === 0 && to < old.length) || (fewer === 0 && from > 0);
    text += `@@ -${place(from - before, fewer)} +${place(from - before + shift, more)} @@\n${lines.map(ended).join('')}`;
    shift += more - fewer;
    first = last + 1;
  }
  return { text, bare };
}

/** The number of consecutive lines. */
function run(most: number, isInRun: (index: number) => boolean): number {
  let length = 0;
  while (length < most && isInRun(length)) length++;
  return length;
}

/** The one-based start of a hunk and its length. An empty hunk has the number of the line before it. */
function place(start: number, count: number): string {
  return `${count === 0 ? start : start + 1},${count}`;
}

function endOf({ start, removed }: Block): number {
  return start + removed.length;
}

/** The lines of a text with their line ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function ended(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
}

/** A name with a space is followed by a tab, so that patch tools find its end. */
function header(name: string): string {
  const end = name.includes(' ') ? '\t' : '';
  return `--- a/${name}${end}\n+++ b/${name}${end}\n`;
}

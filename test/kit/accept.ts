/**
 * Texts that tests expect, in files beside them. `npm run accept -- PATTERN` writes what the program says in their
 * place; a test run never does, nor does CI.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { withoutTokens, withTokens } from './tokens.ts';

export const ACCEPTING: boolean = process.env.STACKWARDEN_ACCEPT === '1' && process.env.CI !== 'true';

/** Where an expected text stands: in a file, after a text that is there once. */
export interface Expected {
  readonly file: string | URL;
  /** What stands before it, such as the case that it belongs to. */
  readonly after: string;
}

/** Asserts that a text is as expected, or writes it where it was expected. */
export function isAsExpected(actual: string, expected: string, where: Expected | undefined, message?: string): void {
  if (actual === expected) return;
  if (!ACCEPTING || !where) assert.equal(actual, expected, message);
  else replaceIn(where, expected, actual);
}

function replaceIn({ file, after }: Expected, expected: string, actual: string): void {
  const text = read(file);
  if (text === expected) {
    write(file, actual);
    return;
  }
  const from = text.indexOf(after + expected);
  assert.ok(from >= 0, `${String(file)} does not have ${JSON.stringify(after + expected)}`);
  assert.ok(!text.includes(after + expected, from + 1), `${String(file)} has ${JSON.stringify(after)} more than once`);
  write(file, text.slice(0, from + after.length) + actual + text.slice(from + after.length + expected.length));
}

/**
 * Writes the body of a section `-- name --` of a fixture; a section that is not there is added at the end, one without
 * body is removed.
 */
export function acceptSection(file: string, name: string, body: string | undefined): void {
  const text = read(file);
  const header = `-- ${name} --\n`;
  const sections = text.split(/^(?=-- \S.*? --$)/m);
  const index = sections.findIndex((section) => section.startsWith(header));
  if (body === undefined) write(file, sections.filter((_, at) => at !== index).join(''));
  else if (index < 0) write(file, `${text.replace(/\n*$/, '\n')}${header}${body}`);
  else
    write(
      file,
      sections
        .map((section, at) =>
          at === index ? header + body.replace(/\n*$/, '\n') + (/\n(\n+)$/.exec(section)?.[1] ?? '') : section,
        )
        .join(''),
    );
}

function read(file: string | URL): string {
  const text = readFileSync(file, 'utf8');
  return isFixture(file) ? withTokens(text) : text;
}

function write(file: string | URL, text: string): void {
  writeFileSync(file, isFixture(file) ? withoutTokens(text) : text);
}

function isFixture(file: string | URL): boolean {
  return String(file).endsWith('.fixture');
}

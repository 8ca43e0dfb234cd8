/**
 * Prints the release notes of a version: `npx tsx tools/release-notes.ts VERSION`. They have its section of the
 * changelog and its new rules.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RULES } from '../server/src/rules/index.ts';

const CHANGELOG = fileURLToPath(new URL('../CHANGELOG.md', import.meta.url));

/** The notes of a version as Markdown. Throws when the changelog has no section for it. */
export function releaseNotes(version: string, changelog: string = readFileSync(CHANGELOG, 'utf8')): string {
  const section = changelog.split(/^(?=## )/m).find((part) => part.startsWith(`## [${version}]`));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section "## [${version}]"`);
  const [, ...lines] = section.trim().split('\n');
  const fresh = RULES.filter(
    ({ since }) => version === since || (version.startsWith(`${since}.`) && version.endsWith('.0')),
  );
  const rules = fresh
    .map(({ id, title, severity, profile }) => `| \`${id}\` | ${title} | ${severity} | ${profile} |\n`)
    .join('');
  return `${lines.join('\n').trim()}\n${fresh.length === 0 ? '' : `\n## New rules\n\n| rule | checks that | severity | profile |\n|---|---|---|---|\n${rules}`}`;
}

/** Whether the changelog has no date for a version yet, so that it cannot be installed. */
export function isUnreleased(version: string, changelog: string = readFileSync(CHANGELOG, 'utf8')): boolean {
  return changelog.includes(`\n## [${version}] - Unreleased\n`);
}

if (import.meta.filename === process.argv[1]) {
  const version = process.argv[2];
  if (version === undefined) {
    console.error('Usage: npx tsx tools/release-notes.ts VERSION');
    process.exitCode = 2;
  } else {
    process.stdout.write(releaseNotes(version));
  }
}

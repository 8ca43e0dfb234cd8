import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { RULES } from '../../server/src/rules/index.ts';
import { isUnreleased, releaseNotes } from '../../tools/release-notes.ts';

const CHANGELOG =
  '# Changelog\n\n## [0.2.1] - 2027-01-02\n\n- Mends a crash.\n\n## [0.1.0] - 2026-12-01\n\n- The first version.\n';

describe('release notes', () => {
  it('have the section of the version', () => {
    assert.equal(releaseNotes('0.2.1', CHANGELOG), '- Mends a crash.\n');
  });

  it('list the rules that a version added', () => {
    const notes = releaseNotes('0.1.0', CHANGELOG);
    assert.match(notes, /^- The first version\.\n\n## New rules\n/);
    assert.deepEqual(
      RULES.filter(({ id, since }) => since === '0.1' && !notes.includes(`| \`${id}\` |`)).map(({ id }) => id),
      [],
    );
  });

  it('are refused for a version that the changelog does not have', () => {
    assert.throws(() => releaseNotes('0.3.0', CHANGELOG), /no section "## \[0\.3\.0\]"/);
  });

  it('have a date, or the version is unreleased', () => {
    assert.equal(isUnreleased('0.1.0', CHANGELOG), false);
    assert.equal(isUnreleased('0.1.0', CHANGELOG.replace('2026-12-01', 'Unreleased')), true);
  });

  it('exist for the version of the package', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    assert.ok(releaseNotes(version).length > 0);
  });
});

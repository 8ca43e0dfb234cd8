/** The required facts of every rule, and that generated files are up to date. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { RULES } from '../../server/src/rules/index.ts';
import { COVERAGE_FILE, coverageData } from '../../tools/coverage-page.ts';
import { omissions, OMISSIONS_FILE } from '../../tools/omissions-page.ts';
import { CLI_FILE, cli, coverage, decisions as decisionsPage, migrations } from '../../tools/docs.ts';
import { MIGRATE_FOLDER } from '../../tools/migrate-pages.ts';
import { IDS_FILE, INDEX_FILE, ruleId, ruleIdList, ruleIndex, rulePaths } from '../../tools/rule-index.ts';
import { fixtureOf } from '../kit/fixtures.ts';
import { checkMetadata } from '../kit/rule-metadata.ts';

describe('rule metadata', () => {
  it('has a fresh list of rules', () => {
    assert.equal(readFileSync(INDEX_FILE, 'utf8'), ruleIndex(rulePaths()), 'npm run generate');
    assert.equal(readFileSync(IDS_FILE, 'utf8'), ruleIdList(rulePaths()), 'npm run generate');
  });

  it('has a fresh reference of the command line', () => {
    assert.equal(readFileSync(CLI_FILE, 'utf8'), cli(), 'npm run generate');
  });

  it('has a fresh page of the checks of other tools, whose identifiers the rules name', () => {
    assert.equal(readFileSync(COVERAGE_FILE, 'utf8'), coverage(), 'npm run generate');
    const { checks, decisions } = coverageData();
    for (const tool of ['checkov', 'trivy', 'cfn_nag', 'guard'] as const) {
      const known = new Set([...checks.values()].flatMap((check) => check[tool] ?? []));
      const aliases = new Set(RULES.flatMap((rule) => rule.aliases[tool] ?? []));
      assert.deepEqual(
        [...aliases].filter((id) => !known.has(id)),
        [],
        tool,
      );
    }
    assert.deepEqual(
      [...decisions.keys()].filter((name) => !checks.has(name)),
      [],
    );
  });

  it('has fresh pages about migrating from other tools', () => {
    const written = readdirSync(MIGRATE_FOLDER).map(
      (name) => [name, readFileSync(MIGRATE_FOLDER + name, 'utf8')] as const,
    );
    assert.deepEqual(new Map(written), migrations(), 'npm run generate');
  });

  it('has a fresh page of what is not reported, whose rules exist', () => {
    assert.equal(readFileSync(OMISSIONS_FILE, 'utf8'), decisionsPage(), 'npm run generate');
    const { narrowed, properties } = omissions();
    assert.deepEqual(
      narrowed.filter((row) => !RULES.some(({ id }) => id === row.rule)),
      [],
    );
    for (const { why, source } of [...narrowed, ...properties]) {
      assert.match(why, /^\S.*\.$/);
      assert.match(source, /^https:\/\//);
    }
  });

  it('has rules whose ids are the names of their files', () => {
    assert.deepEqual(
      RULES.map((rule) => rule.id),
      rulePaths().map(ruleId),
    );
  });

  it('has no two rules with one title', () => {
    const titles = RULES.map((rule) => rule.title);
    assert.deepEqual(
      titles.filter((title, i) => titles.indexOf(title) !== i),
      [],
    );
  });

  const paths = new Map(rulePaths().map((path) => [ruleId(path), path]));
  for (const rule of RULES)
    it(rule.id, () => {
      const fixture = fixtureOf(paths.get(rule.id)!);
      assert.ok(fixture, `the fixture of ${paths.get(rule.id)!}`);
      checkMetadata(rule, fixture);
    });
});

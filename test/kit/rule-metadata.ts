/** What every rule has to bring along. */
import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import { sourcesOf } from '../../server/src/rules/sources.ts';
import type { Fixture } from './fixture.ts';

const ALIAS: Readonly<Record<keyof AnyRule['aliases'], RegExp>> = {
  checkov: /^CKV2?_AWS_\d+$/,
  trivy: /^(AVD-AWS|AWS)-\d{4}$/,
  cfn_nag: /^[WF]\d+$/,
  guard: /^[A-Z][A-Z0-9_]+$/,
  parliament: /^[A-Z][A-Z_]+$/,
  'access-analyzer': /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/,
};

/**
 * Checks that a rule and its fixture say all that they have to. Throws an assertion error that names everything that
 * is missing.
 */
export function checkMetadata(rule: AnyRule, fixture: Fixture): void {
  const missing = [...checksOf(rule), ...checksOfFixture(rule, fixture)].flatMap(reasonOf);
  if (missing.length > 0) assert.fail(missing.join('\n'));
}

type Check = () => void;

/** Why a check fails, if it does. */
function reasonOf(check: Check): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function checksOf(rule: AnyRule): readonly Check[] {
  return [
    () => assert.match(rule.id, /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/, 'an id in kebab-case'),
    () => assert.match(rule.since, /^\d+\.\d+$/, 'since is a version'),
    () =>
      assert.match(
        rule.title,
        /^(?:[A-Z]|[a-z][a-z0-9-]*:[A-Z]).*[^.\s]$/,
        'a title begins with a capital letter, or an action or key of AWS, and does not end in a period',
      ),
    () => assert.match(rule.why, /^[A-Z][^]*[.!]$/, 'why is a sentence'),
    () => assert.match(rule.remedy, /^[A-Z][^]*[.!]$/, 'remedy is a sentence'),
    // What a suppression means is not a fact about AWS.
    () =>
      assert.ok(rule.on === 'suppression' || sourcesOf(rule).length > 0, 'sources: a page of AWS, and what it says'),
    ...sourcesOf(rule).map(({ url, claim, seen }) => () => {
      assert.equal(new URL(url).protocol, 'https:');
      assert.match(claim, /\S/, `what ${url} says`);
      checkDate(seen);
    }),
    () =>
      assert.ok(
        rule.profile === 'strict' || rule.judged,
        `a rule of the profile ${rule.profile} says when its findings were judged`,
      ),
    () => {
      if (rule.judged !== undefined) checkDate(rule.judged);
    },
    ...(Object.entries(rule.aliases) as [keyof typeof ALIAS, readonly string[]][]).map(([peer, ids]) => () => {
      assert.ok(ids.length > 0, `aliases of ${peer}`);
      for (const id of ids) assert.match(id, ALIAS[peer], `${id} is not an id of ${peer}`);
    }),
    ...Object.entries(rule.controls).map(
      ([what, ids]) =>
        () =>
          assert.ok(ids.length > 0, `controls of ${what}`),
    ),
    ...(rule.controls.securityHub ?? []).map(
      (id) => () => assert.match(id, /^[A-Za-z0-9]+\.\d+$/, `${id} is not a control of Security Hub`),
    ),
    ...(rule.subsumes ?? []).map(
      (id) => () =>
        assert.ok(
          id !== rule.id && RULES.some((other) => other.id === id),
          `${id}, which is subsumed, is another rule`,
        ),
    ),
  ];
}

function checksOfFixture(rule: AnyRule, fixture: Fixture): readonly Check[] {
  const marks = (kind: string): readonly string[] =>
    fixture.cases
      .filter(({ name }) => name.startsWith(kind))
      .flatMap(({ files }) => files.flatMap((file) => file.marks.map((mark) => mark.label)));
  const offers = (kind: string): boolean =>
    fixture.cases.some(({ files }) =>
      files.some((file) => file.marks.some(({ label }) => label.split(' ').includes(kind))),
    );
  return [
    () => assert.match(fixture.title, /\S/, 'a fixture has a title'),
    ...['good', 'bad', 'unknown'].map(
      (kind) => () =>
        assert.ok(
          fixture.cases.some(({ name }) => name.startsWith(kind)),
          `a case that begins with "${kind}"`,
        ),
    ),
    () => assert.deepEqual(marks('good'), [], 'nothing is found in a good case'),
    () =>
      assert.ok(
        marks('bad').some((label) => label.startsWith(rule.id)),
        'a bad case is marked',
      ),
    () =>
      assert.ok(
        rule.on === 'suppression' ||
          marks('unknown').some((label) => label.startsWith(`${rule.id} `) && label.split(' ').includes('possible')),
        'an unknown case is marked as possible',
      ),
    () =>
      assert.equal(
        offers('fix') ? 'safe' : offers('suggestion') ? 'suggestion' : 'none',
        rule.fix,
        `the strongest fix that is marked is that of the rule, ${rule.fix}`,
      ),
  ];
}

function checkDate(text: string): void {
  assert.match(text, /^\d{4}-\d{2}-\d{2}$/);
  assert.equal(new Date(text).toISOString().slice(0, 10), text);
}

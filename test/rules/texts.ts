/**
 * The texts of all rules: the form and length of titles, messages and fix titles, their search words, plain language,
 * and the pages with them. They are checked after the fixtures, in the same process, because the pages and the texts
 * are those of the same findings.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { LONGEST_TITLE, titleParts } from '../../server/src/base/fix-title.ts';
import { memoize } from '../../server/src/base/memoize.ts';
import { CODES } from '../../server/src/rules/access-analyzer.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { AnyRule } from '../../server/src/rules/rule.ts';
import { sourcesOf } from '../../server/src/rules/sources.ts';
import { ACCESS_ANALYZER_FILE, accessAnalyzer, DOCS_FOLDER, pages } from '../../tools/docs.ts';
import { CaseAnalyses, type FindingTexts } from '../../tools/page-finding.ts';
import { ruleId, rulePaths } from '../../tools/rule-index.ts';
import { fixtureOf } from '../kit/fixtures.ts';
import { BANNED_WORDS } from '../language/banned-words.ts';

const MOST = { title: 80, words: 35, firstSentence: 90 } as const;

/** Names and values count with at most this many characters, because their length is up to the author or AWS. */
const TYPICAL_NAME = 16;
const TYPICAL_VALUE = 16;

/** Words of ids that do not distinguish a rule. */
const COMMON_WORDS: ReadonlySet<string> = new Set(['iam', 'identity', 'policy', 'role']);

/** What the abbreviations in ids stand for. */
const MEANINGS: Readonly<Record<string, string>> = {
  rcp: 'resource control policies',
  sg: 'security groups',
  slr: 'service-linked role',
};

const paths = new Map(rulePaths().map((path) => [ruleId(path), path]));

/** The findings of a rule in all cases of its fixture. */
const findingsOf = memoize((rule: AnyRule): readonly FindingTexts[] => {
  const cases = fixtureOf(paths.get(rule.id)!)?.cases ?? [];
  const analyses = new CaseAnalyses(rule);
  for (const one of cases) analyses.add(one);
  return cases.flatMap((one) => analyses.textsIn(one));
});

/** A text of a finding, with the names in it replaced by ones of at most the typical length, and long values cut. */
function withTypicalNames(text: string, { resource, subjects, construct }: FindingTexts): string {
  const names = [resource, construct, ...subjects].filter((name) => typeof name === 'string');
  return names
    .toSorted((a, b) => b.length - a.length)
    .reduce((shorter, name) => shorter.replaceAll(name, 'N'.repeat(Math.min(name.length, TYPICAL_NAME))), text)
    .replaceAll(/\b[\w-]+\.(?:json|ya?ml)\b/g, (file) => 'N'.repeat(Math.min(file.length, TYPICAL_NAME)))
    .replaceAll(LONG_VALUE, (value) => value.slice(0, TYPICAL_VALUE));
}

/** A value, such as an ARN, an action, a condition key or a CIDR block, without the punctuation after it. */
const LONG_VALUE = new RegExp(String.raw`(?=\S*(?:[:/*\d-]|\.\w))\S{${TYPICAL_VALUE},}[^\s.,;:)]`, 'g');

const wordsOf = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;
const firstSentence = (text: string): string => /^.*?[.!](?=\s|$)/s.exec(text)?.[0] ?? text;
const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The part of a word that its forms have in common: `encrypt` of `encryption`. */
function stem(word: string): string {
  const short = word.replace(/(?:ions?|ings?|ied|ies|ed|es|s|e|y)$/, '');
  return short.length < 3 ? word : short;
}

/** The distinctive words of an id that are not in some texts. */
function missingWords(id: string, texts: readonly string[]): readonly string[] {
  const searched = texts.map(plain);
  return id
    .split('-')
    .filter((word) => !COMMON_WORDS.has(word))
    .filter((word) => {
      const parts = (MEANINGS[word] ?? word).split(/[ -]/).map(stem);
      return !searched.some((text) => parts.every((part) => text.includes(part)));
    });
}

/** Whether a search word repeats the title, or a type or property that the rule reads. All of these are searched. */
function isRepeated(keyword: string, rule: AnyRule): boolean {
  const words = (text: string): readonly string[] => text.toLowerCase().match(/[a-z0-9*]+/g) ?? [];
  const ofTitle = words(rule.title);
  if (words(keyword).every((word) => ofTitle.some((one) => one.startsWith(word)))) return true;
  if (rule.on !== 'resource') return false;
  const reads = Object.entries<readonly string[]>(rule.reads);
  const paths = reads.flatMap(([, all]) => all.map((path) => path.replaceAll('[]', '')));
  return (
    reads.some(([type]) => type === keyword) ||
    paths.some((path) => `.${path}`.endsWith(`.${keyword}`)) ||
    (/[a-z][A-Z]/.test(keyword) && paths.some((path) => `.${path}.`.includes(`.${keyword}.`)))
  );
}

const without = (words: readonly string[], one: string): readonly string[] => words.filter((word) => word !== one);

function bannedIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) =>
    BANNED_WORDS.flatMap(({ pattern, instead }) => {
      const found = pattern.exec(text);
      return found ? [`"${found[0]}" (say ${instead}): ${text}`] : [];
    }),
  );
}

/** Declares the tests of texts. */
export function describeTexts(): void {
  describe('pages with rule metadata', () => {
    it('are fresh, and there are no others', () => {
      const fresh = pages();
      assert.deepEqual(
        existsSync(DOCS_FOLDER) ? readdirSync(DOCS_FOLDER).sort() : [],
        [...fresh.keys()].sort(),
        'npm run generate',
      );
      for (const [name, text] of fresh)
        assert.equal(readFileSync(DOCS_FOLDER + name, 'utf8'), text, `${name}: npm run generate`);
    });

    it('include a fresh table of the codes of Access Analyzer, with a rule for each', () => {
      const page = readFileSync(ACCESS_ANALYZER_FILE, 'utf8');
      assert.equal(page, accessAnalyzer(), 'npm run generate');
      assert.deepEqual(
        [...CODES.keys()].filter((code) => !page.includes(`| \`${code}\` | [`)),
        [],
      );
    });
  });

  describe('the texts of rules', () => {
    for (const rule of RULES)
      describe(rule.id, () => {
        const { id, title, why, remedy, keywords = [] } = rule;
        it('title', () => {
          assert.match(
            title,
            /^\S.* should (?:not )?(?:only )?[a-z]+ ?/,
            `a title has the form "subject should (not) state": ${JSON.stringify(title)}`,
          );
          assert.ok(title.length <= MOST.title, `${title.length} characters: ${title}`);
        });

        it('search words', () => {
          assert.deepEqual(
            missingWords(id, [title, ...keywords]),
            [],
            'the title or keywords have the distinctive words of the id',
          );
          assert.deepEqual(
            keywords.filter((word, index) => keywords.indexOf(word) !== index || word.trim() !== word || word === ''),
            [],
            'keywords are distinct words',
          );
          assert.deepEqual(
            keywords.filter(
              (word) => isRepeated(word, rule) && missingWords(id, [title, ...without(keywords, word)]).length === 0,
            ),
            [],
            'the search finds a rule by its title and by the types and properties that it reads',
          );
        });

        it('length', () => {
          for (const finding of findingsOf(rule)) {
            const message = withTypicalNames(finding.message.replace(/^Possible: /, ''), finding);
            const first = firstSentence(message);
            assert.ok(wordsOf(message) <= MOST.words, `${wordsOf(message)} words: ${message}`);
            assert.ok(first.length <= MOST.firstSentence, `${first.length} characters: ${first}`);
            for (const fix of finding.fixes) {
              const [description] = titleParts(fix.title);
              assert.ok(description.length <= LONGEST_TITLE, `${description.length} characters: ${description}`);
              assert.match(fix.title, /^[A-Z]/);
            }
          }
        });

        it('no placeholders', () => {
          for (const { message, fixes } of findingsOf(rule))
            for (const text of [message, ...fixes.map((fix) => fix.title)])
              assert.doesNotMatch(text, /\{(?:setting|value|note|missing)\}/);
        });

        it('language', () => {
          const findings = findingsOf(rule);
          assert.deepEqual(
            bannedIn([
              title,
              why,
              remedy,
              ...keywords,
              ...sourcesOf(rule).map(({ claim }) => claim),
              ...findings.flatMap((finding) =>
                [finding.message, ...finding.fixes.map((fix) => fix.title), ...finding.related].map((text) =>
                  withTypicalNames(text, finding),
                ),
              ),
            ]),
            [],
          );
        });
      });
  });
}

/** Runs a case of a fixture and compares all results with its expectations. */
import assert from 'node:assert/strict';
import type { Reader } from '../../server/src/base/snapshot.ts';
import type { Uri } from '../../server/src/base/span.ts';
import { DEFAULT_CONFIGURATION, type Configuration } from '../../server/src/config/configuration.ts';
import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import type { Analysis, AnalysisOptions, DocumentAnalysis } from '../../server/src/engine/analysis.ts';
import { fixAll } from '../../server/src/engine/fix-all.ts';
import { run } from '../../server/src/engine/run.ts';
import type { Finding, LoweredFix } from '../../server/src/model/finding.ts';
import { PROFILE_OF, type AnyRule } from '../../server/src/rules/rule.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { label, renderMarks, type Case, type Mark } from './fixture.ts';
import { memoryReader } from './memory-reader.ts';
import { internalsShown } from './invariants.ts';
import { applyFix, readBack } from './read-back.ts';
import { ACCEPTING, acceptSection } from './accept.ts';
import { asJsonText } from './as-json.ts';

/** One case, ready to be analysed. */
export interface PreparedCase {
  readonly rule: AnyRule;
  readonly texts: ReadonlyMap<Uri, string>;
  readonly reader: Reader;
  readonly named: readonly Uri[];
  readonly options: AnalysisOptions;
  readonly analysis: Analysis;
}

/** The folder of the files of a case. */
export const CASES = 'file:///case/';

/** The day of cases about suppressions. */
const TODAY = '2026-11-29';

/** Analyses the files of a case with one rule, everything that it can say included. */
export function prepareCase(
  rule: AnyRule,
  files: readonly { readonly path: string; readonly text: string }[],
): PreparedCase {
  const texts = new Map(files.map(({ path, text }) => [CASES + path, text]));
  const reader = memoryReader(texts);
  const named = [...texts.keys()].filter((doc) => !/\/\.[^/]*$/.test(doc));
  const options: AnalysisOptions = {
    profile: 'strict',
    certainty: 'possible',
    configuration: configurationOf(files),
    rules: new Set([rule.id]),
    // Suppressions expire. Other rules are checked without a date.
    ...(rule.on === 'suppression' ? { today: TODAY } : {}),
  };
  return { rule, texts, reader, named, options, analysis: run(reader, named, options) };
}

/** The case that was analysed last. */
let last: { readonly one: Case; readonly prepared: PreparedCase } | undefined;

/** The analysis of a case as it is written, which the tests of a case share: they follow one another. */
export function prepareCaseOf(rule: AnyRule, one: Case): PreparedCase {
  if (last?.one !== one || last.prepared.rule !== rule) last = { one, prepared: prepareCase(rule, one.files) };
  return last.prepared;
}

/** The configuration that a case brings along. */
function configurationOf(files: readonly { readonly path: string; readonly text: string }[]): Configuration {
  const file = files.find(({ path }) => path.endsWith('/.stackwarden.yaml'));
  return file ? readConfiguration(CASES + file.path, file.text).configuration : DEFAULT_CONFIGURATION;
}

/**
 * Checks the marks, the goldens, and that every fix reads back. Throws an assertion error that shows the difference.
 * `file` is the fixture, to accept into.
 */
export function checkCase(rule: AnyRule, one: Case, file?: string): void {
  const it = prepareCaseOf(rule, one);
  if (ACCEPTING && file !== undefined) {
    accept(it, one, file);
    return;
  }
  checkMarks(it, one);
  checkFixAll(it, one);
  checkSuggestions(it, one);
  const isKnown = isLikeMany(it.analysis);
  assert.deepEqual(readBack(it.reader, it.named, it.analysis, it.options, undefined, { isKnown }), []);
  assert.deepEqual(internalsShown(it.reader, it.analysis), []);
  checkImpact(it);
}

/** Of fixes that are alike, so many are read back, and then one in `NTH`. */
const ALIKE = 8;
const NTH = 4;

/**
 * Whether a fix is like many before it, by the edits without their words. A rule with a long list of properties makes
 * the same edits at each of them, and a template has a property written where it is read. In Terraform, a mapping of
 * its own decides for each property where that is.
 */
function isLikeMany({ documents }: Analysis): (fix: LoweredFix) => boolean {
  const templates = new Set(
    documents.filter(({ format }) => format === 'cloudformation' || format === 'sam').map(({ doc }) => doc),
  );
  const counts = new Map<string, number>();
  return ({ edits, safe }) => {
    if (!edits.every(({ doc }) => templates.has(doc))) return false;
    const shape = JSON.stringify([safe, edits.map(({ newText }) => newText.replaceAll(/[\w-]+/g, 'w'))]);
    const count = counts.get(shape) ?? 0;
    counts.set(shape, count + 1);
    return count >= ALIKE && count % NTH > 0;
  };
}

/** Costs in titles that are the impact of a deployment, except that of a value that is still to be chosen. */
const IMPACTS = /(?<!a new value )replaces |requires a new |causes an outage/;

/** What a title says of a replacement or an outage, the fix says to programs too. */
function checkImpact({ analysis }: PreparedCase): void {
  for (const { title, impact, safe } of analysis.documents.flatMap(({ findings }) =>
    findings.flatMap(({ fixes }) => fixes),
  )) {
    assert.equal(impact !== undefined, IMPACTS.test(title), `the impact of ${title}`);
    assert.ok(!safe || impact === undefined, `${title} is safe`);
  }
}

/** Writes the marks and the goldens that a case has as they are now. */
function accept({ rule, reader, named, options, analysis }: PreparedCase, one: Case, file: string): void {
  const fixed = fixAll(reader, named, options).texts;
  for (const { path, text, marks } of one.files) {
    const document = analysis.documents.find(({ doc }) => doc === CASES + path);
    const now = renderMarks(text, document ? marksOf(document, rule) : []);
    if (now !== renderMarks(text, marks)) acceptSection(file, path, now);
    const after = fixed.get(CASES + path) ?? text;
    if (after !== (one.fixed.get(path) ?? text))
      acceptSection(file, `fixed/${path}`, after === text ? undefined : after);
  }
  for (const { rule: id, number, goldens } of one.suggestions) {
    const suggested = suggestionsOf(analysis, id)[number - 1];
    for (const path of goldens.keys()) {
      const after = suggested && applyFix(reader, suggested).get(CASES + path);
      if (after !== goldens.get(path))
        acceptSection(file, `suggested/${id}${number === 1 ? '' : `#${number}`}/${path}`, after);
    }
  }
}

function checkMarks({ rule, texts, analysis }: PreparedCase, one: Case): void {
  for (const { path, text, marks } of one.files) {
    const document = analysis.documents.find(({ doc }) => doc === CASES + path);
    assert.equal(
      renderMarks(text, document ? marksOf(document, rule) : []),
      renderMarks(text, marks),
      `what is found in ${path} and what is marked${document ? refusalsOf(document) : ''}`,
    );
  }
  for (const { doc, findings } of analysis.documents) {
    assert.ok(texts.has(doc), `${doc} is not in the case`);
    for (const { message } of findings)
      assert.match(
        message,
        /^(Possible: )?([A-Z]|[\w.-]+\.\w)[^]*(?:[^\s]\.| Did you mean [^ ]+\?)$/,
        'a message is a sentence, which may begin with an address, or ends with a suggestion',
      );
    for (const { message } of findings)
      assert.doesNotMatch(
        message,
        /\s\.(?:\s|$)/,
        'a message is a sentence, and no text of the rule, such as problem, is empty',
      );
  }
}

/** Why fixes of a document were refused, which the marks do not show. */
function refusalsOf({ findings }: DocumentAnalysis): string {
  return findings
    .flatMap(({ rule, refused }) => refused.map(({ title, reason }) => `\nRefused fix of ${rule}: ${title}: ${reason}`))
    .join('');
}

function marksOf({ findings, problems }: DocumentAnalysis, rule: AnyRule): readonly Mark[] {
  return [
    ...findings.map((finding) => ({ start: finding.at.start, end: finding.at.end, label: labelOf(finding, rule) })),
    ...problems.map(({ at, kind, message }) => ({
      start: at.start,
      end: at.end,
      label: kind === 'internal' ? `${kind} ${message}` : kind,
    })),
  ];
}

function labelOf(finding: Finding, rule: AnyRule): string {
  const hasSeverityOfRule = finding.rule === rule.id && finding.severity === rule.severity;
  const usualProfile = hasSeverityOfRule ? rule.profile : PROFILE_OF[finding.severity];
  return label({
    rule: finding.rule,
    codes: finding.aliases['access-analyzer'] ?? [],
    possible: finding.certainty === 'possible',
    when: finding.when.map(({ name, value }) => [name, String(value)]),
    severity: hasSeverityOfRule ? undefined : finding.severity,
    profile: finding.profile === usualProfile ? undefined : finding.profile,
    fix: finding.fixes.some((fix) => fix.safe),
    suggestion: finding.fixes.some((fix) => !fix.safe),
  });
}

/** The documents after all safe fixes. For a rule without one, fixing all would only analyze the case again. */
function fixedTexts({ rule, reader, named, options }: PreparedCase): ReadonlyMap<Uri, string> {
  return rule.fix === 'safe' ? fixAll(reader, named, options).texts : new Map();
}

function checkFixAll(it: PreparedCase, one: Case): void {
  const { texts } = it;
  const fixed = fixedTexts(it);
  for (const { path, text } of one.files) {
    assert.equal(fixed.get(CASES + path) ?? text, one.fixed.get(path) ?? text, `${path} after fix-all`);
  }
  for (const doc of fixed.keys()) assert.ok(texts.has(doc), `fix-all writes ${doc}, which is not in the case`);
}

function checkSuggestions(it: PreparedCase, one: Case): void {
  for (const suggestion of one.suggestions) {
    const suggested = suggestionsOf(it.analysis, suggestion.rule)[suggestion.number - 1];
    assert.ok(
      suggested,
      `there is no suggestion ${suggestion.number} of ${suggestion.rule}${it.analysis.documents.map(refusalsOf).join('')}`,
    );
    const after = applyFix(it.reader, suggested);
    for (const { path, text } of one.files) {
      assert.equal(
        after.get(CASES + path) ?? text,
        suggestion.goldens.get(path) ?? text,
        `${path} after "${suggested.title}"`,
      );
    }
  }
}

/** The suggestions of a rule in the order of the texts. */
function suggestionsOf(analysis: Analysis, rule: string): readonly LoweredFix[] {
  return analysis.documents.flatMap(({ findings }) =>
    findings
      .filter((finding) => finding.rule === rule)
      .toSorted((a, b) => a.at.start - b.at.start)
      .flatMap((finding) => finding.fixes.filter((fix) => !fix.safe)),
  );
}

/** Whether a case has templates in YAML that can be tried as JSON too. */
export function hasTemplates(one: Case): boolean {
  return (
    !one.yamlOnly && one.files.some(({ path, text }) => /\.ya?ml$/.test(path) && /^["']?Resources["']?:/m.test(text))
  );
}

/** Checks that a case says the same when its templates are written in JSON: the findings, and by value the goldens. */
export function checkAsJson(rule: AnyRule, one: Case): void {
  const yaml = prepareCaseOf(rule, one);
  const isTemplate = new Set(
    yaml.analysis.documents
      .filter(({ doc, format }) => /\.ya?ml$/.test(doc) && (format === 'cloudformation' || format === 'sam'))
      .map(({ doc }) => doc),
  );
  const renamed = (path: string): string => (isTemplate.has(CASES + path) ? path.replace(/\.ya?ml$/, '.json') : path);
  const converted = (path: string, text: string): string =>
    isTemplate.has(CASES + path) ? asJsonText(parse(CASES + path, text, 'yaml')) : text;
  const json = prepareCase(
    rule,
    one.files.map(({ path, text }) => ({ path: renamed(path), text: converted(path, text) })),
  );
  assert.deepEqual(json.analysis.documents.map(withoutPlaces), yaml.analysis.documents.map(withoutPlaces));

  const compare = (after: ReadonlyMap<Uri, string>, goldens: ReadonlyMap<string, string>, what: string): void => {
    for (const { path, text } of one.files.filter((file) => isTemplate.has(CASES + file.path))) {
      const actual = after.get(CASES + renamed(path)) ?? json.texts.get(CASES + renamed(path))!;
      assert.deepEqual(
        JSON.parse(actual),
        JSON.parse(converted(path, goldens.get(path) ?? text)),
        `${renamed(path)} after ${what}`,
      );
    }
  };
  compare(fixedTexts(json), one.fixed, 'fix-all');
  for (const { rule: id, number, goldens } of one.suggestions) {
    const suggested = suggestionsOf(json.analysis, id)[number - 1];
    assert.ok(suggested, `there is no suggestion ${number} of ${id}`);
    compare(applyFix(json.reader, suggested), goldens, `"${suggested.title}"`);
  }
  // The findings and fixes are the same, in the same order, so each fix has the number that it has in YAML.
  const inYaml = fixesIn(yaml.analysis);
  const isKnown = (fix: LoweredFix, number: number): boolean =>
    isAlike(applyFix(yaml.reader, inYaml[number]!), applyFix(json.reader, fix), renamed);
  assert.deepEqual(readBack(json.reader, json.named, json.analysis, json.options, undefined, { isKnown }), []);
}

function fixesIn({ documents }: Analysis): readonly LoweredFix[] {
  return documents.flatMap(({ findings }) => findings.flatMap(({ fixes }) => fixes));
}

/**
 * Whether a fix made the same documents of templates in JSON as of those in YAML: without a syntax error, with the same
 * content in the same order. The fix in YAML reads back, and that content has the same findings in both is what
 * `checkAsJson` compares, so analyzing it again would show nothing else.
 */
function isAlike(
  yaml: ReadonlyMap<Uri, string>,
  json: ReadonlyMap<Uri, string>,
  renamed: (path: string) => string,
): boolean {
  return (
    yaml.size === json.size &&
    [...yaml].every(([doc, text]) => {
      const other = CASES + renamed(doc.slice(CASES.length));
      const after = json.get(other);
      if (after === undefined || other === doc) return after === text;
      const tree = parse(other, after, 'json');
      return tree.problems.length === 0 && asJsonText(tree) === asJsonText(parse(doc, text, 'yaml'));
    })
  );
}

/** What is said of a document, in the order of its text, without where. */
function withoutPlaces({ format, problems, findings }: DocumentAnalysis): unknown {
  return {
    format,
    problems: problems.map(({ kind }) => kind),
    findings: findings.map((finding) => ({
      identity: identityOf(finding),
      certainty: finding.certainty,
      severity: finding.severity,
      when: finding.when,
      subjects: finding.subjects,
      path: finding.path,
      fixes: finding.fixes.map(({ title, safe }) => ({ title, safe })),
    })),
  };
}

/** What baselines and suppressions recognize a finding by. */
function identityOf({ rule, resource, canonicalPath, valueHash, valueText }: Finding): unknown[] {
  return [rule, resource, canonicalPath, valueHash, valueText];
}

/** Sources and pages of rules that do not exist, to see what more rules cost. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { restOfPage, type PageRest, type RuleTexts } from '../../../client/src/rule-page.ts';
import { settingRule, type SettingRule } from '../../../server/src/rules/forms/setting-rule.ts';
import { RULES } from '../../../server/src/rules/index.ts';
import type { AnyRule } from '../../../server/src/rules/rule.ts';

export interface MadeRule {
  /** Below the folder of rules. */
  readonly path: string;
  readonly source: string;
  readonly rule: AnyRule;
  /** The type of the resources that it checks. */
  readonly type: string;
  readonly texts: RuleTexts;
  readonly page: PageRest;
}

/** The share of words that are replaced by others. */
const SHARE = 0.5;

/** A property of a resource type that is true or false. */
interface Setting {
  readonly type: string;
  readonly path: string;
}

/**
 * Rules about settings of real properties, half of them of types that have rules. Their texts and pages are those of
 * others with other words.
 */
export function makeRules(count: number, root: string): readonly MadeRule[] {
  const next = numbers();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const checked = new Set(RULES.flatMap((rule) => (rule.on === 'resource' ? Object.keys(rule.reads) : [])));
  const all = settingsOf(join(root, 'schemas/cloudformation'));
  const lists = [all.filter(({ type }) => checked.has(type)), all.filter(({ type }) => !checked.has(type))];
  const models = RULES.filter(({ aliases, on }) => on === 'resource' && Object.keys(aliases).length > 0);
  const words = wordsOf(RULES.map((rule) => JSON.stringify(textsOf(rule))).join(' '));
  const otherWords = (text: string): string => text.replaceAll(WORD, (word) => (next() < SHARE ? pick(words) : word));
  return Array.from({ length: count }, (_, index) => {
    const model = models[index % models.length]!;
    const texts = changed(textsOf(model), otherWords);
    const { type, path } = pick(lists[index % 2]!);
    const id = `more-${String(index).padStart(4, '0')}`;
    const page = restOfPage(readFileSync(join(root, `docs/rules/${model.id}.md`), 'utf8'), model);
    const facts = factsOf(id, model, texts, { type, path });
    const names = new Map(wordsOf(page.sections).map((word) => [word, next() < SHARE ? pick(words) : word]));
    return {
      path: `${type.split('::')[1]!.toLowerCase()}/${id}.ts`,
      source: sourceOf(facts),
      rule: settingRule(facts),
      type,
      texts,
      page: {
        facts: page.facts.replace(model.id, id),
        sections: page.sections.replaceAll(WORD, (word) => names.get(word)!),
      },
    };
  });
}

const WORD = /[A-Za-z]{4,}/g;

function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(WORD)].map(([word]) => word);
}

function textsOf({ title, why, remedy, keywords = [], sources }: AnyRule): RuleTexts {
  return { title, why, remedy, keywords, sources, accessed: '2026-11-24', judged: '2026-11-24' };
}

/** The same texts with other words. */
function changed({ sources, keywords = [], ...texts }: RuleTexts, otherWords: (text: string) => string): RuleTexts {
  const claims = Object.entries(sources).map(([url, source]) => [
    otherWords(url),
    otherWords(typeof source === 'string' ? source : source.claim),
  ]);
  return {
    ...texts,
    title: otherWords(texts.title),
    why: otherWords(texts.why),
    remedy: otherWords(texts.remedy),
    keywords: keywords.map(otherWords),
    sources: Object.fromEntries(claims) as Readonly<Record<string, string>>,
  };
}

/** A rule that finds the property set to false. */
function factsOf(id: string, { aliases }: AnyRule, texts: RuleTexts, { type, path }: Setting): SettingRule<never> {
  return {
    id,
    topic: 'operations',
    severity: 'medium',
    ...texts,
    aliases,
    settings: { [type]: path },
    required: false,
    absent: 'safe',
    problem: texts.title.toLowerCase(),
  } as unknown as SettingRule<never>;
}

function sourceOf(facts: SettingRule<never>): string {
  const lines = Object.entries(facts).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},\n`);
  return `import { settingRule } from '../forms/setting-rule.ts';\n\nexport default settingRule({\n${lines.join('')}});\n`;
}

/** The properties of CloudFormation that are true or false. */
function settingsOf(folder: string): readonly Setting[] {
  return readdirSync(folder).flatMap((name) => {
    const { types } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      readonly types: Readonly<Record<string, { readonly properties: Readonly<Record<string, unknown>> }>>;
    };
    return Object.entries(types).flatMap(([type, { properties }]) =>
      Object.entries(properties).flatMap(([path, form]) =>
        typeof form === 'string' && form.startsWith('boolean') ? [{ type, path }] : [],
      ),
    );
  });
}

/** The same random numbers from 0 to 1 in each run. */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

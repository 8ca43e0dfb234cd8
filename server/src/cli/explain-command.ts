import pico from 'picocolors';
import { some } from '../base/words.ts';
import { didYouMean } from '../config/nearest-name.ts';
import { schemaData } from '../host/schema-data.ts';
import type { AnyRule } from '../rules/rule.ts';
import { formatsOf } from './rule-formats.ts';
import { pageOf } from './rules-command.ts';
import { wrapped } from './terminal-text.ts';
import { UsageError, type World } from './world.ts';

/** What is to be known about a rule, or about all rules that say the same as another tool's check or a control. */
export function explain(name: string, world: World): string {
  const found = rulesNamed(name, world.rules);
  if (found.length === 0) {
    throw new UsageError(
      `there is no rule or known check ${name}.${withinNames(name, world.rules)}${didYouMean(name, [...world.rules.map((rule) => rule.id), ...world.rules.flatMap(otherIds)])}` +
        ' All rules: stackwarden rules',
    );
  }
  return found.map((rule) => explainRule(rule, world)).join('\n');
}

/** The rules whose ids have a word in them, such as the name of a service. */
function withinNames(word: string, rules: readonly AnyRule[]): string {
  const parts = `-${word.trim().toLowerCase()}-`;
  const ids = rules.map(({ id }) => id).filter((id) => `-${id}-`.includes(parts));
  return ids.length === 0 ? '' : ` Rules with this in their names: ${some(ids, MOST_NAMED)}.`;
}

const MOST_NAMED = 8;

/** The rule of this id, else those that an id from elsewhere stands for. */
function rulesNamed(name: string, rules: readonly AnyRule[]): readonly AnyRule[] {
  const wanted = normal(name);
  const own = rules.filter((rule) => normal(rule.id) === wanted);
  return own.length > 0 ? own : rules.filter((rule) => otherIds(rule).some((id) => normal(id) === wanted));
}

/** Trivy's ids are written with and without `AVD-`. */
function normal(id: string): string {
  return id
    .trim()
    .toUpperCase()
    .replace(/^AVD-(?=AWS-)/, '');
}

/** The ids of other tools' checks and of controls that a rule stands for. */
function otherIds({ aliases, controls }: AnyRule): readonly string[] {
  return [...Object.values(aliases).flat(), ...Object.values(controls).flat()];
}

function explainRule(rule: AnyRule, { look, program }: World): string {
  const { bold, dim, underline } = pico.createColors(look.colour);
  const columns = Math.min(Math.max(look.columns, 40), 100);
  const paragraph = (text: string): readonly string[] => wrapped(text, columns - 2).map((line) => `  ${line}`);
  const facts: readonly (readonly [string, string])[] = [
    ['severity', rule.severity],
    ['profile', rule.profile],
    ['topic', rule.topic],
    ['formats', formatsOf(rule, (name) => schemaData(program.schemas, name)).join(', ')],
    ['fix', { safe: 'yes, with --fix', suggestion: 'as a suggestion, in an editor', none: 'no' }[rule.fix]],
    ...Object.entries(rule.aliases).map(([peer, ids]) => [peer, ids.join(', ')] as const),
    ...Object.entries(rule.controls).map(([standard, ids]) => [standard, ids.join(', ')] as const),
    ['page', pageOf(rule)],
  ];
  const width = Math.max(...facts.map(([label]) => label.length));
  return [
    bold(underline(rule.id)),
    bold(rule.title),
    '',
    ...paragraph(rule.why),
    '',
    ...paragraph(rule.remedy),
    '',
    ...facts.map(([label, value]) => `  ${dim(label.padEnd(width))}  ${value}`),
    '',
    ...rule.sources.flatMap(({ url, claim, seen }) => [...paragraph(claim), `  ${dim(`${url} (read ${seen})`)}`, '']),
  ].join('\n');
}

import { flatMap } from '../../base/flat-map.ts';
import pico from 'picocolors';
import { some } from '../../base/words.ts';
import { nearestQuery, nearestRuleOrCheck, searchRules } from '../../engine/rule-search.ts';
import { rulesSelectedBy } from '../../engine/rule-selection.ts';
import { schemaData } from '../../host/schema-data.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { sourcesOf } from '../../rules/sources.ts';
import { explainType } from '../explain-type.ts';
import { formatsOf } from '../rule-formats.ts';
import { pagePath } from '../rule-page.ts';
import { wrapped } from '../terminal-text.ts';
import { UsageError, type World } from '../world.ts';

/**
 * The documentation of a rule, of all rules that cover another tool's check or a control, or the responsibilities for a
 * resource type.
 */
export function explain(name: string, world: World): string {
  const found = rulesSelectedBy(name, world.rules);
  if (found.length > 0) return found.map((rule) => explainRule(rule, world)).join('\n');
  const type = explainType(name, world);
  if (type !== undefined) return type;
  if (/:\d+:\d+$/.test(name))
    throw new UsageError(
      `Unknown rule, check or resource type "${name}". Use "stackwarden explain-value" for a position.`,
    );
  throw new UsageError(
    `Unknown rule, check or resource type "${name}".${suggestion(name, world.rules)} Run "stackwarden rules" to list all rules.`,
  );
}

/** A suggestion for an unknown name: matching rules, else the nearest name. */
function suggestion(name: string, rules: readonly AnyRule[]): string {
  const ids = searchRules(name, rules).map(({ id }) => id);
  if (ids.length > 0) return ` Matching rules: ${some(ids, MOST_NAMED)}.`;
  // Single words are names of rules; several are a search.
  const nearest = /\s/.test(name.trim()) ? nearestQuery(name, rules) : nearestRuleOrCheck(name, rules);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

const MOST_NAMED = 8;

function explainRule(rule: AnyRule, { display, program }: World): string {
  const { bold, dim, underline } = pico.createColors(display.color);
  const columns = Math.min(Math.max(display.columns, 40), 100);
  const paragraph = (text: string): readonly string[] => wrapped(text, columns - 2).map((line) => `  ${line}`);
  const facts: readonly (readonly [string, string])[] = [
    ['severity', rule.severity],
    ['profile', rule.profile],
    ['topic', rule.topic],
    ...(rule.keywords?.length ? [['keywords', rule.keywords.join(', ')] as const] : []),
    ['formats', formatsOf(rule, (name) => schemaData(program.schemas, name)).join(', ')],
    ['fix', { safe: 'safe, applied by --fix', suggestion: 'suggestion, applied in an editor', none: 'none' }[rule.fix]],
    ...Object.entries(rule.aliases).map(([peer, ids]) => [peer, ids.join(', ')] as const),
    ...Object.entries(rule.controls).map(([standard, ids]) => [standard, ids.join(', ')] as const),
    ['page', pagePath(rule)],
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
    ...flatMap(sourcesOf(rule), ({ url, claim, seen }) => [
      ...paragraph(claim),
      `  ${dim(`${url} (accessed ${seen})`)}`,
      '',
    ]),
  ].join('\n');
}

import pico from 'picocolors';
import { inert } from '../base/inert.ts';
import { nearestQuery, searchRules } from '../engine/rule-search.ts';
import { schemaData } from '../host/schema-data.ts';
import { sourcesOf, type AnyRule } from '../rules/rule.ts';
import { formatsOf } from './rule-formats.ts';
import type { World } from './world.ts';

export interface RulesFlags {
  readonly format: 'text' | 'json';
  readonly search?: string;
}

/** Lists all rules, or those that match a search, best match first. */
export function rulesCommand({ format, search }: RulesFlags, world: World): void {
  const rules = search === undefined ? world.rules : searchRules(search, world.rules);
  if (search !== undefined && rules.length === 0) world.err(`stackwarden: ${inert(noMatch(search, world.rules))}\n`);
  if (format === 'json') world.out(rulesAsJson(rules, world));
  else if (rules.length > 0) world.out(rulesAsText(rules, world));
}

function noMatch(search: string, rules: readonly AnyRule[]): string {
  const nearest = nearestQuery(search, rules);
  return `No rules match "${search}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`;
}

/** The documentation page of a rule, as a path within the package. */
export function pageOf(rule: AnyRule): string {
  return `docs/rules/${rule.id}.md`;
}

/** Rules as JSON. The shape is stable: fields are added, never changed or removed. */
function rulesAsJson(rules: readonly AnyRule[], { program }: World): string {
  return `${JSON.stringify(
    rules.map((rule) => ({
      id: rule.id,
      title: rule.title,
      topic: rule.topic,
      severity: rule.severity,
      profile: rule.profile,
      formats: formatsOf(rule, (name) => schemaData(program.schemas, name)),
      reads: rule.on === 'resource' ? rule.reads : {},
      fix: rule.fix,
      aliases: rule.aliases,
      controls: rule.controls,
      sources: sourcesOf(rule),
      docs: pageOf(rule),
      keywords: rule.keywords ?? [],
    })),
  )}\n`;
}

/** Rules as a table, one per line. */
function rulesAsText(rules: readonly AnyRule[], { rules: all, look }: World): string {
  const colours = pico.createColors(look.colour);
  const ids = Math.max(...all.map((rule) => rule.id.length), 2);
  const line = (id: string, severity: string, profile: string, title: string): string =>
    `${id.padEnd(ids)}  ${severity.padEnd(8)}  ${profile.padEnd(11)}  ${title}`;
  const head = colours.dim(line('id', 'severity', 'profile', 'title'));
  return `${[head, ...rules.map((rule) => line(rule.id, rule.severity, rule.profile, rule.title))].join('\n')}\n`;
}

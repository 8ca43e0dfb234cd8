import pico from 'picocolors';
import { schemaData } from '../host/schema-data.ts';
import type { AnyRule } from '../rules/rule.ts';
import { formatsOf } from './rule-formats.ts';
import type { World } from './world.ts';

/** The page of a rule, within the package. */
export function pageOf(rule: AnyRule): string {
  return `docs/rules/${rule.id}.md`;
}

/** The rules for programs: a list, whose shape is a promise. */
export function rulesAsJson({ rules, program }: World): string {
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
      sources: rule.sources,
      docs: pageOf(rule),
    })),
  )}\n`;
}

/** The rules for people: one a line. */
export function rulesAsText({ rules, look }: World): string {
  const colours = pico.createColors(look.colour);
  const ids = Math.max(...rules.map((rule) => rule.id.length), 2);
  const line = (id: string, severity: string, profile: string, title: string): string =>
    `${id.padEnd(ids)}  ${severity.padEnd(8)}  ${profile.padEnd(11)}  ${title}`;
  const head = colours.dim(line('id', 'severity', 'profile', 'what it asks for'));
  return `${[head, ...rules.map((rule) => line(rule.id, rule.severity, rule.profile, rule.title))].join('\n')}\n`;
}

import { schemaData } from '../../host/schema-data.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { sourcesOf } from '../../rules/sources.ts';
import { pagePath } from '../rule-page.ts';
import { formatsOf } from '../rule-formats.ts';
import type { Writer } from './reporter.ts';

/** Rules as JSON. The shape is stable: fields are added, never changed or removed. */
export const rulesJson: Writer<readonly AnyRule[]> = {
  report: (rules, { program }) =>
    `${JSON.stringify(
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
        docs: pagePath(rule),
        keywords: rule.keywords ?? [],
        options: rule.options ?? {},
      })),
    )}\n`,
};

/** Rules for tests that record the values they read. */
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { check, type Checked, type CheckOptions } from '../../server/src/engine/check.ts';
import type { Draft } from '../../server/src/engine/report.ts';
import { templateStack } from '../../server/src/formats/cloudformation/stack.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import type { Properties, Resource } from '../../server/src/model/resource.ts';
import type { AnyRule, Context, Report, RuleMetadata } from '../../server/src/rules/rule.ts';
import { ALL_LINKS } from '../kit/all-links.ts';

const DOC = 'file:///t.yaml';

const METADATA: RuleMetadata = {
  id: 'probe',
  topic: 'operations',
  severity: 'medium',
  profile: 'recommended',
  since: '0.1',
  title: 'Is as the test wants it',
  why: 'It is a test.',
  remedy: 'None.',
  sources: {},
  aliases: {},
  controls: {},
  fix: 'none',
};

export type Look = (resource: Resource & Properties, context: Context) => Iterable<Report>;

/** A rule on resources of some types. */
export function probe(looks: Readonly<Record<string, Look>>, metadata: Partial<RuleMetadata> = {}): AnyRule {
  return {
    ...METADATA,
    ...metadata,
    on: 'resource',
    reads: Object.fromEntries(Object.keys(looks).map((type) => [type, []])),
    check: (resource: Resource, context: Context) => looks[resource.type]!(resource, context),
  } as unknown as AnyRule;
}

/** What rules say of a template, before anything is dropped or folded. */
export function checked(
  text: string,
  rules: readonly AnyRule[],
  more: Pick<CheckOptions, 'cancelled' | 'reported'> = {},
): Checked {
  const { stack } = templateStack({
    tree: parse(DOC, text),
    format: 'cloudformation',
    carriers: new Map(),
    linksOf: ALL_LINKS,
    generated: false,
  });
  return check(stack, rules, {
    configuration: DEFAULT_CONFIGURATION,
    places: {
      mark: (leaf) => leaf.origin.use,
      pathOf: () => '',
      partAt: () => undefined,
      sourceAt: () => undefined,
      overlapsParts: () => false,
    },
    actions: () => undefined,
    iam: undefined,
    ...more,
  });
}

/** A finding in a line: how certain it is, the marked text, and the scenario. */
export function lineOf(text: string, { certainty, at, when }: Pick<Draft, 'certainty' | 'at' | 'when'>): string {
  const scenario = when.map(({ name, value }) => `${name}=${String(value)}`).join(' ');
  return `${certainty} ${text.slice(at.start, at.end)}${scenario && ` when ${scenario}`}`;
}

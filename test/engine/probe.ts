/** Rules for tests, which look at what a test wants to see. */
import type { Properties, Resource } from '../../server/src/model/resource.ts';
import type { AnyRule, Context, Report, RuleMetadata } from '../../server/src/rules/rule.ts';

const METADATA: RuleMetadata = {
  id: 'probe', topic: 'operations', severity: 'medium', profile: 'recommended', since: '0.1',
  title: 'Is as the test wants it', why: 'It is a test.', remedy: 'None.', sources: [], aliases: {}, controls: {}, fix: 'none',
};

export type Look = (resource: Resource & Properties, context: Context) => Iterable<Report>;

/** A rule on resources of some types. */
export function probe(looks: Readonly<Record<string, Look>>, metadata: Partial<RuleMetadata> = {}): AnyRule {
  return {
    ...METADATA, ...metadata, on: 'resource',
    reads: Object.fromEntries(Object.keys(looks).map((type) => [type, []])),
    check: (resource: Resource, context: Context) => looks[resource.type]!(resource, context),
  } as unknown as AnyRule;
}

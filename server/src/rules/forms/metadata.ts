import type { RuleMetadata } from '../rule.ts';

/** The metadata of a rule, without the data of its form. */
export function metadataOf(rule: RuleMetadata): RuleMetadata {
  const { id, topic, severity, profile, since, title, why, remedy, sources, aliases, controls, fix } = rule;
  const { judged, keywords, subsumes } = rule;
  return {
    id,
    topic,
    severity,
    profile,
    since,
    title,
    why,
    remedy,
    sources,
    aliases,
    controls,
    fix,
    ...(judged === undefined ? {} : { judged }),
    ...(keywords === undefined ? {} : { keywords }),
    ...(subsumes === undefined ? {} : { subsumes }),
  };
}

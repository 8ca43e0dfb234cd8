import { inert } from '../../base/inert.ts';
import { canonicalTypes } from '../../engine/canonical-types.ts';
import { nearestQuery, searchRules } from '../../engine/rule-search.ts';
import { schemaData } from '../../host/schema-data.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { reporterNamed } from '../reporters/reporter.ts';
import { RULE_REPORTERS } from '../reporters/reporters.ts';
import type { World } from '../world.ts';

export interface RulesFlags {
  /** The name of a reporter. */
  readonly format: string;
  readonly search?: string;
}

/** Lists all rules, or those that match a search, best match first. */
export function rulesCommand({ format, search }: RulesFlags, world: World): void {
  const data = (file: string): unknown => schemaData(world.program.schemas, file);
  const rules =
    search === undefined ? world.rules : searchRules(search, world.rules, canonicalTypes(search.trim(), data));
  if (search !== undefined && rules.length === 0) world.err(`stackwarden: ${inert(noMatch(search, world.rules))}\n`);
  world.out(reporterNamed(RULE_REPORTERS, format).report(rules, world));
}

function noMatch(search: string, rules: readonly AnyRule[]): string {
  const nearest = nearestQuery(search, rules);
  return `No rules match "${search}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`;
}

/** A shorter equivalent of a policy that exceeds its quota. */
import { flatMap } from '../../base/flat-map.ts';
import type { Edit, Fix } from '../../model/edit.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Known } from '../../model/value.ts';
import { actionPattern } from '../data/action.ts';
import { collapsed } from './collapse.ts';
import { lengthOfList } from './remaining-length.ts';
import type { ActionsOf } from './split-statement.ts';
import { replacedBy, textsOf } from './statement-edits.ts';

/**
 * Replaces the actions of all statements of a policy by patterns that currently match exactly the same actions. No fix
 * if that saves fewer characters than required. The patterns can match future actions, so the fix is a suggestion.
 */
export function shorterActions(policy: PolicyDocument, actionsOf: ActionsOf, needed = 1): readonly Fix[] {
  let saved = 0;
  const edits = flatMap(policy.statements, (statement) => {
    const shorter = shorterIn(policy, statement, actionsOf);
    saved += shorter.saved;
    return shorter.edits;
  });
  if (saved < needed) return [];
  return [
    {
      title: `Combine actions with wildcards (saves ${saved} characters; also allows future matching actions)`,
      safe: false,
      edits,
    },
  ];
}

function shorterIn(
  policy: PolicyDocument,
  statement: Statement,
  actionsOf: ActionsOf,
): { readonly edits: readonly Edit[]; readonly saved: number } {
  const groups = new Map<string, Known[]>();
  for (const text of textsOf(statement.actions) ?? []) {
    const service = actionPattern(text.raw)?.service;
    if (service !== undefined) groups.set(service, [...(groups.get(service) ?? []), text]);
  }
  const edits: Edit[] = [];
  let saved = 0;
  for (const [prefix, texts] of groups) {
    const patterns = patternsFor(
      prefix,
      texts.map(({ raw }) => raw),
      actionsOf,
    );
    const gain = patterns ? lengthOfList(texts.map(({ raw }) => raw)) - lengthOfList(patterns) : 0;
    if (!patterns || gain <= 0) continue;
    saved += gain;
    edits.push(...rewritten(policy, statement, texts, patterns));
  }
  return { edits, saved };
}

/** The patterns for the actions of one service; undefined if one of them is unknown. */
export function patternsFor(
  prefix: string,
  written: readonly string[],
  actionsOf: ActionsOf,
): readonly string[] | undefined {
  const service = actionsOf(prefix);
  if (!service) return undefined;
  const names = new Set<string>();
  for (const one of written) {
    const matching = service.matching(actionPattern(one)!.name);
    if (matching.length === 0) return undefined;
    for (const { name } of matching) names.add(name);
  }
  return collapsed(service, names).map((name) => `${service.service}:${name}`);
}

/** Existing entries are kept in place; the new ones replace the first of the others. */
function rewritten(
  policy: PolicyDocument,
  statement: Statement,
  texts: readonly Known[],
  patterns: readonly string[],
): readonly Edit[] {
  const kept = new Set(texts.map(({ raw }) => raw).filter((raw) => patterns.includes(raw)));
  const seen = new Set<string>();
  const going = texts.filter(({ raw }) => !kept.has(raw) || seen.has(raw) || !seen.add(raw));
  const fresh = patterns.filter((pattern) => !kept.has(pattern));
  const [first, ...others] = going;
  return first === undefined
    ? []
    : [
        ...replacedBy(policy, statement.actions, first, fresh),
        ...others.map((target): Edit => ({ op: 'removeItem', resource: policy.host, target })),
      ];
}

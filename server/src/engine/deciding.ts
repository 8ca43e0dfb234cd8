/**
 * What decides how bad a finding is besides its value, so that baselines report it again when it gets worse: more
 * ports, more actions, more places, more instances. Fewer of them are the same finding.
 */
import { flatMap } from '../base/flat-map.ts';
import { fingerprintOf } from '../base/hash.ts';
import type { Span } from '../base/span.ts';
import { generalBranch, generalBranches } from '../model/general-branches.ts';
import { leaves } from '../model/navigate.ts';
import type { Address, Value } from '../model/value.ts';
import { canonicalText } from '../model/value-text.ts';
import type { Report } from '../rules/rule.ts';
import { recognizedLeaf, type ViolationPlace } from './narrow.ts';
import { withActualValues } from './actual.ts';
import type { Draft } from './report.ts';

/** The maximum number of parts that count individually. */
const MOST_PARTS = 32;

/**
 * The message of a report, and the values of its other violations that are wrong in the same scenarios, as canonical
 * texts. Undefined if there cannot be any.
 */
export function decidingOf(
  { violations, decidedBy }: Report,
  place: ViolationPlace,
  pathAt: (at: Span) => string,
): readonly string[] | undefined {
  const { guard, violation } = place;
  const others = violations.filter((other) => other.at !== violation.at);
  if (!decidedBy && others.length === 0) return undefined;
  const { listed = [], whole = [] } = decidedBy?.() ?? {};
  const values = [
    ...flatMap(listed, (value, index) => partsOf(value).map((part) => `listed ${index} ${part}`)),
    ...whole.map((value, index) => `whole ${index} ${canonicalText(value)}`),
  ];
  const elsewhere = flatMap(others, (other) => {
    const wrong = guard.and(other.wrong.yes);
    const all = leaves(other.at);
    // A literal that the document compares a parameter with is written elsewhere.
    return all
      .filter((one) => wrong.and(one.guard).satisfiable() && generalBranch(one, all) === one)
      .filter(({ value }) => value !== recognizedLeaf(place))
      .map(({ value }) => `${pathAt(value.origin.use)} ${canonicalText(value)}`);
  });
  return [...values, ...elsewhere];
}

/** The items of a list or an object, of each branch of a choice; a single value is one. */
function partsOf(value: Value): readonly string[] {
  switch (value.state) {
    case 'list':
      return flatMap(value.items, (item) => partsOf(item.value));
    case 'object':
      return flatMap(value.entries, (entry) => partsOf(entry.value).map((part) => `${entry.key} ${part}`));
    case 'choice':
      return flatMap(generalBranches(value.branches), (branch) => partsOf(branch.value));
    default:
      return [canonicalText(value)];
  }
}

/** The parts of a finding as hashes in order; of too many, one for all. Undefined if it cannot have any. */
export function decidedBy(draft: Draft): readonly string[] | undefined {
  const values = draft.secret ? undefined : valuesOf(draft);
  const instances = instancesOf(draft);
  if (!values && instances.length === 0) return undefined;
  const hashes = [...new Set([...(values ?? []), ...instances].map((text) => fingerprintOf(text).slice(0, 8)))].sort();
  return hashes.length > MOST_PARTS ? [fingerprintOf(hashes.join()).slice(0, 8)] : hashes;
}

/** The deciding texts of a draft, and the values of drafts that were folded into it. */
function valuesOf(draft: Draft): readonly string[] | undefined {
  const own = ownText(draft);
  const deciding = draft.deciding();
  const folded = (draft.folded ?? []).filter(({ secret }) => !secret);
  if (!deciding && !draft.report.cause && folded.length === 0) return undefined;
  return [
    ...(deciding ?? []),
    ...flatMap(folded, (one) => {
      const text = ownText(one);
      return [...(text === own ? [] : [text]), ...(one.deciding() ?? [])];
    }),
  ];
}

function ownText(draft: Draft): string {
  const { canonicalPath, details } = draft;
  const text = details?.canonicalText ?? canonicalText(recognizedLeaf(withActualValues(draft).place));
  return `${canonicalPath} ${text}`;
}

/** The instances of its block that have the finding. */
function instancesOf({ resource, instance, subjects }: Draft): readonly Address[] {
  const block = resource === null ? undefined : withoutKeys(resource);
  return [...(instance === undefined ? [] : [instance]), ...subjects].filter(
    (address) => address.endsWith(']') && withoutKeys(address) === block,
  );
}

/** An address without instance keys. */
function withoutKeys(address: Address): string {
  return address.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"[]*)\]/g, '');
}

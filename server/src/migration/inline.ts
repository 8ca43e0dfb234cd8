/**
 * Converts suppressions of other tools in a document into ours. A suppression becomes one for the rules whose findings
 * it suppresses, so that neither more nor less is reported than before.
 */
import type { Span } from '../base/span.ts';
import { some } from '../base/words.ts';
import { isAboutAll, namesRule, coveringPeers } from '../engine/suppressing.ts';
import type { Finding } from '../model/finding.ts';
import type { Format } from '../model/format.ts';
import { PEER_SUPPRESSION_TOOLS, suppressionToolFacts, type Suppression } from '../model/suppression.ts';
import { coversPlace } from '../suppression/scopes.ts';
import { suppressionsIn } from '../suppression/suppressions.ts';
import { statedPlace, writeStated } from '../suppression/write-stated.ts';
import { parse } from '../syntax/parse.ts';
import type { DocumentTree, Tree } from '../syntax/tree.ts';

/** A finding of an analysis in which only our suppressions count. */
export type InlineFinding = Pick<Finding, 'rule' | 'at' | 'aliases' | 'suppressed'>;

/** A suppression that was not converted, or only in part. */
export interface UnconvertedSuppression {
  readonly at: Span;
  /** `Checkov CKV_AWS_20`. */
  readonly name: string;
  /** A sentence. */
  readonly why: string;
}

export interface ConvertedText {
  readonly text: string;
  /** The number of suppressions that ours replace. */
  readonly written: number;
  /** The number of suppressions that were removed. */
  readonly removed: number;
  readonly kept: readonly UnconvertedSuppression[];
}

export interface ConversionOptions {
  /** The day, as 2026-11-24. */
  readonly today: string;
  /** Whether what is converted is removed. */
  readonly removes: boolean;
}

/** Converts the suppressions of a document. `findings` are all findings of all rules in it. */
export function converted(
  tree: DocumentTree,
  format: Format,
  findings: readonly InlineFinding[],
  options: ConversionOptions,
): ConvertedText {
  const peers = peersIn(tree, format);
  const decisions = decided(tree, format, peers, findings, options.today);
  const kept: UnconvertedSuppression[] = [];
  const removable: number[] = [];
  let text = tree.text;
  let written = 0;
  for (const [index, { rules, why, isComplete }] of decisions.entries()) {
    const peer = peers[index]!;
    const keep = (reason: string): void => {
      kept.push({ at: peer.at, name: nameOf(peer), why: reason });
    };
    if (why !== undefined) keep(why);
    if (rules.length > 0) {
      const after = withStated(tree, format, text, index, rules);
      if ('refused' in after) {
        keep(after.refused);
        continue;
      }
      text = after.text;
      written++;
    }
    if (isComplete) removable.push(index);
  }
  if (!options.removes) return { text, written, removed: 0, kept };
  // From the end, so that the others keep their indexes.
  for (const index of removable.toReversed()) text = withoutPeer(tree, format, text, index);
  return { text, written, removed: removable.length, kept };
}

/** The suppressions of other tools. Writing ours does not change their order. */
function peersIn(tree: Tree, format: Format): readonly Suppression[] {
  return suppressionsIn(tree, { format, honored: PEER_SUPPRESSION_TOOLS }).filter(({ tool }) => tool !== 'stackwarden');
}

/** What becomes of a suppression. */
interface Decision {
  /** The rules that ours names. */
  readonly rules: readonly string[];
  /** Why it is kept, or still needed for a part of its findings. */
  readonly why?: string;
  /** Whether ours suppress all that it suppresses. */
  readonly isComplete: boolean;
}

function decided(
  tree: Tree,
  format: Format,
  peers: readonly Suppression[],
  findings: readonly InlineFinding[],
  today: string,
): readonly Decision[] {
  const current = peers.filter((peer) => !isExpired(peer, today));
  const isCovered = (finding: InlineFinding): boolean => {
    const own = current.filter((peer) => isFor(peer, finding));
    return own.some(isAboutAll) || coveringPeers(own, finding).length > 0;
  };
  const suppressed = peers.map((peer) =>
    isExpired(peer, today) ? [] : findings.filter((one) => isFor(peer, one) && isCovered(one)),
  );
  const accepted = new Set(suppressed.flat());
  const written = new Set<string>();
  const decide = (peer: Suppression, own: readonly InlineFinding[]): Decision => {
    if (isExpired(peer, today)) return { rules: [], why: `It expired on ${peer.until!}.`, isComplete: false };
    if (own.length === 0) return { rules: [], why: 'It suppresses no finding of Stackwarden.', isComplete: false };
    const open = [...new Set(own.filter((one) => one.suppressed === null).map(({ rule }) => rule))];
    if (open.length === 0) return { rules: [], isComplete: true };
    const place = statedPlace(tree, format, peer.scope);
    if ('refused' in place) return { rules: [], why: place.refused, isComplete: false };
    const wider = open.filter((rule) =>
      findings.some(
        (one) =>
          one.rule === rule && one.suppressed === null && !accepted.has(one) && coversPlace(place.covers, one.at),
      ),
    );
    const keyOf = (rule: string): string => JSON.stringify([rule, peer.until, place.covers]);
    const rules = open.filter((rule) => !wider.includes(rule) && !written.has(keyOf(rule)));
    for (const rule of rules) written.add(keyOf(rule));
    return {
      rules,
      ...(wider.length > 0 ? { why: `Other findings of ${some(wider)} there are not suppressed.` } : {}),
      isComplete: wider.length === 0,
    };
  };
  // Of several for the same rule, one with a reason is converted.
  const order = [...peers.keys()].toSorted((a, b) => Number(!peers[a]!.reason) - Number(!peers[b]!.reason));
  const decisions = new Map(order.map((index) => [index, decide(peers[index]!, suppressed[index]!)]));
  return peers.map((_, index) => decisions.get(index)!);
}

function isExpired({ until }: Suppression, today: string): boolean {
  return until !== undefined && until < today;
}

/** Whether a suppression is for a finding. Those for single values name no rules of ours. */
function isFor(peer: Suppression, finding: InlineFinding): boolean {
  if (!coversPlace(peer.scope, finding.at) || (peer.scope.kind === 'range' && peer.scope.value !== undefined))
    return false;
  return isAboutAll(peer) || peer.rules.some(({ name }) => namesRule(peer.tool, name, finding));
}

/** A text with a suppression of ours for one of another tool, by its index. */
function withStated(
  { doc, language, problems }: DocumentTree,
  format: Format,
  text: string,
  index: number,
  rules: readonly string[],
): { readonly text: string } | { readonly refused: string } {
  const tree = parse(doc, text, language);
  const peer = peersIn(tree, format)[index];
  if (!peer) return LOST;
  const place = statedPlace(tree, format, peer.scope);
  if ('refused' in place) return place;
  const { until, reason } = peer;
  const stated = {
    rules,
    reason: reason ?? `Migrated from ${nameOf(peer)}`,
    ...(until === undefined ? {} : { until }),
  };
  const edit = writeStated(tree, format, place, stated);
  if ('refused' in edit) return edit;
  const after = applied(text, edit);
  const read = parse(doc, after, language);
  const isRead = ownIn(read, format) === ownIn(tree, format) + 1 && read.problems.length === problems.length;
  return isRead ? { text: after } : LOST;
}

const LOST = { refused: 'Neither a comment nor metadata can be written there.' } as const;

/** The number of our suppressions that count. */
function ownIn(tree: Tree, format: Format): number {
  return suppressionsIn(tree, { format, honored: [] }).filter(({ error, reason }) => !error && reason).length;
}

function withoutPeer({ doc, language }: DocumentTree, format: Format, text: string, index: number): string {
  const edit = peersIn(parse(doc, text, language), format)[index]?.removal?.();
  return edit ? applied(text, edit) : text;
}

function applied(
  text: string,
  { range, newText }: NonNullable<ReturnType<NonNullable<Suppression['removal']>>>,
): string {
  return text.slice(0, range.start) + newText + text.slice(range.end);
}

function nameOf({ tool, rules }: Suppression): string {
  return [suppressionToolFacts(tool).name, some(rules.map(({ name }) => name))].filter((part) => part !== '').join(' ');
}

/**
 * Baselines: the findings of a project at one time, so that later runs report only new ones. An entry recognizes
 * findings by rule, file, resource, path and value, without line numbers, and contains no value of a document.
 */
import { byText } from '../base/order.ts';
import type { Certainty, Finding } from '../model/finding.ts';
import { DEFAULT_PROFILE, type Profile } from '../model/profile.ts';

/** The version of the file format. */
export const BASELINE_VERSION = 1;

export interface Baseline {
  /** The options of the run that recorded it. A run with less has no findings for some entries. */
  readonly profile: Profile;
  readonly certainty: Certainty;
  readonly entries: readonly BaselineEntry[];
}

export const EMPTY_BASELINE: Baseline = { profile: DEFAULT_PROFILE, certainty: 'certain', entries: [] };

/** What findings are recognized by. */
export interface FindingKey {
  readonly rule: string;
  /** The file, relative to the folder of the baseline, with slashes. */
  readonly path: string;
  /** The logical ID or address, for Terraform that of all instances; null for a finding about a file. */
  readonly resource: string | null;
  /** The canonical path. */
  readonly at: string;
  /** The hash of the value. */
  readonly value: string;
  /** Further facts that decide its severity, as sorted hashes. Without it, that does not count. */
  readonly with?: readonly string[];
}

/** Findings with one key. */
export interface BaselineEntry extends FindingKey {
  readonly count: number;
}

/** A finding with the path of its document relative to the baseline. */
export interface PlacedFinding {
  readonly path: string;
  readonly finding: Finding;
}

/** What identifies a finding in a baseline, in a later version of its document too. */
export function findingKey({ path, finding }: PlacedFinding): FindingKey {
  const { rule, resource, canonicalPath, valueHash, decidedBy } = finding;
  return {
    rule,
    path,
    resource: resource && withoutInstance(resource),
    at: canonicalPath,
    value: valueHash,
    ...(decidedBy === undefined ? {} : { with: decidedBy }),
  };
}

/** A Terraform address without the key of the instance. Logical IDs have no brackets. */
function withoutInstance(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.){0,256}"|[^\]"[]*)\]$/, '');
}

/** The entries for findings. Suppressed findings have none. */
export function baselineEntries(findings: readonly PlacedFinding[]): readonly BaselineEntry[] {
  return mergedEntries(
    findings.filter(({ finding }) => finding.suppressed === null).map((one) => ({ ...findingKey(one), count: 1 })),
  );
}

/** Entries in their order, with one for each key. */
export function mergedEntries(entries: readonly BaselineEntry[]): readonly BaselineEntry[] {
  const byKey = new Map<string, BaselineEntry>();
  for (const entry of entries) {
    const key = findingKeyText(entry);
    const before = byKey.get(key);
    byKey.set(key, before ? { ...before, count: before.count + entry.count } : entry);
  }
  return [...byKey.values()].sort(inOrder);
}

/** A text that is equal for equal keys. */
export function findingKeyText(key: FindingKey): string {
  return JSON.stringify([baseTextOf(key), key.with]);
}

/** A text that is equal for keys that differ only in what else decides how bad a finding is. */
export function baseTextOf({ rule, path, resource, at, value }: FindingKey): string {
  return JSON.stringify([path, resource, rule, at, value]);
}

function inOrder(a: FindingKey, b: FindingKey): number {
  return (
    byText(a.path, b.path) ||
    byText(a.resource ?? '', b.resource ?? '') ||
    byText(a.rule, b.rule) ||
    byText(a.at, b.at) ||
    byText(a.value, b.value) ||
    byText(a.with?.join() ?? '', b.with?.join() ?? '')
  );
}

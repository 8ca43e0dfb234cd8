/**
 * Compares findings with a baseline. An entry is used by as many findings as it counts: first by findings in its file,
 * then in its Terraform directory, where addresses are unique, then by findings elsewhere if its file no longer exists.
 * So renamed files keep their entries, and a copy of a resource has new findings. An entry matches what it was recorded
 * with, and less.
 */
import { groupedBy } from '../base/groups.ts';
import type { Finding } from '../model/finding.ts';
import {
  baseTextOf,
  findingKey,
  type Baseline,
  type BaselineEntry,
  type FindingKey,
  type PlacedFinding,
} from './baseline.ts';

/** What is known about the files of a baseline. */
export interface BaselineFiles {
  /** Whether a file was checked completely, so that all of its findings are known. */
  isChecked(path: string): boolean;
  /** Whether a file exists. Called only for files that were not checked. */
  exists(path: string): boolean;
}

export interface BaselineMatch {
  readonly known: ReadonlySet<Finding>;
  /**
   * The entries without a finding, with the number of missing findings. Entries of files that exist and were not
   * checked are not among them.
   */
  unused(): readonly BaselineEntry[];
}

/** Compares findings with a baseline. Suppressed findings use no entries. */
export function matchBaseline(
  { entries }: Baseline,
  findings: readonly PlacedFinding[],
  files: BaselineFiles,
): BaselineMatch {
  const slots = entries.map((entry): Slot => ({ entry, left: entry.count }));
  const isGone = isGoneFrom(files);
  const placed = findings.filter(({ finding }) => finding.suppressed === null);
  const elsewhere = takeSlots(
    takeSlots(placed, slots, ({ path }) => path),
    slots,
    terraformDirectory,
  );
  // In a file that exists, a finding that is gone is fixed, and must not accept one of a resource with the same name
  // elsewhere.
  const isMoved = ({ entry: { path } }: Slot): boolean => !files.isChecked(path) && isGone(path);
  const unknown = new Set(takeSlots(elsewhere, slots, () => '', isMoved));
  return {
    known: new Set(placed.filter((one) => !unknown.has(one)).map(({ finding }) => finding)),
    unused: () =>
      slots
        .filter(({ entry, left }) => left > 0 && isGone(entry.path))
        .map(({ entry, left }) => ({ ...entry, count: left })),
  };
}

/** An entry with the number of findings that can still use it. */
interface Slot {
  readonly entry: BaselineEntry;
  left: number;
}

/**
 * Gives each finding an entry with its key and the same place, and returns the findings without one. A place is what
 * stands for the path; findings and entries without a place have nothing in common. Entries that were recorded with the
 * same count first, then those with more, then those without.
 */
function takeSlots(
  findings: readonly PlacedFinding[],
  slots: readonly Slot[],
  placeOf: (key: FindingKey) => string | undefined,
  isFree: (slot: Slot) => boolean = () => true,
): readonly PlacedFinding[] {
  if (findings.length === 0) return findings;
  const keyAt = (key: FindingKey): string | undefined => {
    const place = placeOf(key);
    return place === undefined ? undefined : baseTextOf({ ...key, path: place });
  };
  const byKey = groupedBy(
    slots.filter(({ left }) => left > 0),
    ({ entry }) => keyAt(entry),
  );
  return [isSame, isWithin, lacksParts].reduce<readonly PlacedFinding[]>(
    (left, matches) =>
      left.filter((one) => {
        const key = findingKey(one);
        const at = keyAt(key);
        const slot =
          at === undefined
            ? undefined
            : byKey.get(at)?.find((each) => each.left > 0 && matches(key, each.entry) && isFree(each));
        if (!slot) return true;
        slot.left--;
        return false;
      }),
    findings,
  );
}

function isSame({ with: parts = [] }: FindingKey, { with: recorded = [] }: FindingKey): boolean {
  return parts.length === recorded.length && isWithin({ with: parts }, { with: recorded });
}

/** Whether everything that decides a finding was recorded. */
function isWithin(
  { with: parts = [] }: Pick<FindingKey, 'with'>,
  { with: recorded = [] }: Pick<FindingKey, 'with'>,
): boolean {
  return parts.every((part) => recorded.includes(part));
}

function lacksParts(_: FindingKey, { with: recorded }: FindingKey): boolean {
  return recorded === undefined;
}

/** Whether all findings of a file are known, because it was checked or does not exist. Each file is looked up once. */
function isGoneFrom(files: BaselineFiles): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    let gone = known.get(path);
    if (gone === undefined) known.set(path, (gone = files.isChecked(path) || !files.exists(path)));
    return gone;
  };
}

/** The directory of a Terraform configuration file. */
function terraformDirectory({ path }: FindingKey): string | undefined {
  return /\.(?:tf|tofu)(?:\.json)?$/.test(path) ? path.slice(0, path.lastIndexOf('/') + 1) : undefined;
}

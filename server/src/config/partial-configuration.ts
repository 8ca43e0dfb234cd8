import { flatMap } from '../base/flat-map.ts';
import { groupedBy } from '../base/groups.ts';
import type { Span } from '../base/span.ts';
import { DEFAULT_CONFIGURATION, type Configuration, type PathPatterns } from './configuration.ts';

/** What one file states, before defaults. */
export interface PartialConfiguration {
  readonly stated: Partial<Configuration>;
  /** Where each part is stated, by its path: `profile`, `rules.s3-bucket-versioning`, `assume.s3.accountBlock`. */
  readonly origins: ReadonlyMap<string, readonly Span[]>;
}

/** The lists that a file adds to those of the files that it extends. */
const LISTS = [
  'rules',
  'overrides',
  'include',
  'exclude',
  'suppressions',
  'scenario',
  'policies',
  'parameters',
] as const;

/** The tables whose entries a file adds or replaces. */
const TABLES = ['assume', 'quotas'] as const;

/** A configuration of several files. Later ones take precedence. Lists are joined, and tables by key. */
export function merged(parts: readonly PartialConfiguration[]): PartialConfiguration {
  let stated: Partial<Configuration> = {};
  const origins = new Map<string, readonly Span[]>();
  for (const part of parts) {
    const before = stated;
    stated = { ...before, ...part.stated };
    for (const name of LISTS) stated = { ...stated, ...joined(name, before, part.stated) };
    for (const name of TABLES)
      if (before[name] && part.stated[name]) stated = { ...stated, [name]: { ...before[name], ...part.stated[name] } };
    for (const [path, places] of part.origins)
      origins.set(path, isList(path) ? [...(origins.get(path) ?? []), ...places] : places);
  }
  return { stated, origins };
}

/** A configuration with the defaults of what is not stated. */
export function withDefaults({ stated }: PartialConfiguration): Configuration {
  return { ...DEFAULT_CONFIGURATION, ...stated };
}

function joined<K extends (typeof LISTS)[number]>(
  name: K,
  before: Partial<Configuration>,
  own: Partial<Configuration>,
): Partial<Configuration> {
  const first: readonly unknown[] | undefined = before[name];
  const second: readonly unknown[] | undefined = own[name];
  if (!first || !second) return {};
  const all = [...first, ...second];
  return { [name]: name === 'include' || name === 'exclude' ? byFolder(all as readonly PathPatterns[]) : all };
}

/** Patterns of one folder as one list, so that a file can include again what one that it extends excludes. */
function byFolder(all: readonly PathPatterns[]): readonly PathPatterns[] {
  return [...groupedBy(all, ({ folder }) => folder)].map(([folder, own]) => ({
    folder,
    patterns: flatMap(own, ({ patterns }) => patterns),
  }));
}

function isList(path: string): boolean {
  return LISTS.some((name) => name === path);
}

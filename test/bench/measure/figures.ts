/** What the bench reports. */

export type Unit = 'ms' | 'MB' | 'times' | 'notifications' | 'templates';

/** The sections of the bench, which `--only` names. */
export const SECTIONS = ['edit', 'requests', 'start', 'memory', 'large', 'command-line'] as const;
export type Section = (typeof SECTIONS)[number];

export interface Figure {
  readonly section: Section;
  /** What is measured, in users' words. */
  readonly name: string;
  readonly measured: number;
  readonly unit: Unit;
  /** The most that it should be. */
  readonly goal?: number;
  /** What something else takes for the same, in the same run. */
  readonly reference?: { readonly name: string; readonly measured: number };
}

export interface Settings {
  /** The folder of the build. */
  readonly dist: string;
  /** Fewer rounds, for a first impression. */
  readonly isQuick: boolean;
  /** Only what contains this, if it is a name of a document. */
  readonly document: string;
  /** A folder of templates of the user. */
  readonly folder: string | undefined;
  /** Other Node.js executables, with which the start and large documents with goals are measured as well. */
  readonly nodes: readonly string[];
}

export function written({ measured, unit }: Pick<Figure, 'measured' | 'unit'>): string {
  const digits = unit === 'times' ? 2 : unit === 'ms' && measured < 10 ? 1 : 0;
  const number = measured.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === 'times' ? `${number} times` : `${number} ${unit}`;
}

export const MEGABYTE = 1e6;

/**
 * The engine and the machine, as the server uses them. Both are loaded after the server has started, so that it starts
 * quickly.
 */
import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import type { Completions } from '../completion/completion.ts';
import type { ActionOrKey } from '../completion/offer.ts';
import type { Configuration } from '../config/configuration.ts';
import type { EditorSettings } from '../config/given.ts';
import type { Analysis, AnalysisOptions } from '../engine/analysis.ts';
import type { AnalyzedStacks } from '../engine/analyzed-stacks.ts';
import type { CompletionOptions } from '../engine/complete.ts';
import type { ExplanationOptions } from '../engine/explain.ts';
import type { FixedDocuments } from '../engine/fix-all.ts';
import type { SettingCard } from '../engine/setting-card.ts';
import type { Suppressible, SuppressionOffer } from '../engine/suppression-offers.ts';
import type { ScenarioChoices } from '../formats/cloudformation/scenario.ts';
import type { Card } from '../hover/card.ts';
import type { Explained } from '../hover/explanation/explained.ts';
import type { HoverLevel } from '../hover/responsibility/hover.ts';
import type { Finding, Problem } from '../model/finding.ts';
import type { Described } from '../policy/data/described.ts';
import type { PathGraph } from '../reachability/path-graph.ts';
import type { RecentStacks } from './recent-stacks.ts';
import type { WorkspaceChange } from './result-cache.ts';
import type { FoundRules } from './rules.ts';

/** What an explanation depends on. */
export type ExplainOptions = Pick<AnalysisOptions, 'configuration' | 'today'>;

export interface Engine {
  /**
   * Reads all that the documents need and analyzes them. `pause` is awaited between steps; it throws when the result
   * is obsolete. The stacks of `open` documents are kept for hovers, also before they are checked.
   */
  analyze(
    reader: Reader,
    named: readonly Uri[],
    options: AnalysisOptions,
    pause: () => Promise<void>,
    open: readonly Uri[],
  ): Promise<Analysis>;
  /** Applies all safe fixes of the documents. */
  fixAll(reader: Reader, named: readonly Uri[], options: AnalysisOptions): FixedDocuments;
  /** The stacks of the last analysis of a document, which has a text now; undefined if there are none. */
  recent(doc: Uri, text: string): RecentStacks | undefined;
  /**
   * The stacks of the running analysis of a document in which it has a text, which are not checked yet; undefined if
   * they are not built.
   */
  built(doc: Uri, text: string): AnalyzedStacks | undefined;
  /** Forgets the stacks of a document. */
  forget(doc: Uri): void;
  /**
   * Runs the rules that explanations of the last analysis of a document would run. `pause` is awaited between steps;
   * the work ends when it throws.
   * @param isComparison Whether no rule is run: it is only found out which calls are known from the version before.
   */
  prepare(doc: Uri, options: ExplainOptions, pause: () => Promise<void>, isComparison?: boolean): Promise<void>;
  /** Called after a change, which makes stacks that depend on it wrong. */
  changed(change: WorkspaceChange): void;
  /**
   * The card for an offset in UTF-16 code units; undefined if there is none. Offsets of recent stacks are those of
   * their text. `pause` is awaited between steps; the work ends when it throws. Rejects with `Unchecked` if the card
   * depends on findings of stacks that are not checked yet.
   */
  card(
    reader: Reader,
    at: DocumentOffset,
    level: HoverLevel,
    options: AnalysisOptions,
    pause: () => Promise<void>,
  ): Promise<Card | undefined>;
  /**
   * The page about the responsibilities for the resource at an offset, as Markdown; undefined if there is none.
   */
  ownership(reader: Reader, at: DocumentOffset, options: AnalysisOptions): string | undefined;
  /**
   * The paths from outside to the resource at an offset, or through it; undefined if there is no resource. `pause` is
   * awaited between steps; the work ends when it throws.
   */
  paths(
    reader: Reader,
    at: DocumentOffset,
    options: AnalysisOptions,
    pause: () => Promise<void>,
  ): Promise<PathGraph | undefined>;
  /** The setting at an offset of a configuration file; undefined if there is none. */
  setting(doc: Uri, text: string, offset: number): SettingCard | undefined;
  /** The completions at an offset of a document; undefined if there are none. */
  complete(reader: Reader, doc: Uri, offset: number, options: CompletionOptions): Completions | undefined;
  /** The description of an offer, with its source. */
  describe(reader: Reader, about: ActionOrKey): Described | undefined;
  /**
   * The explanation of the value at an offset; undefined if there is no value. `pause` is awaited between steps; the
   * work ends when it throws.
   */
  explain(
    reader: Reader,
    at: DocumentOffset,
    options: ExplanationOptions,
    pause: () => Promise<void>,
  ): Promise<Explained | undefined>;
  /** The conditions and parameters of a template; undefined for other documents. */
  scenarios(reader: Reader, doc: Uri, options: AnalysisOptions): ScenarioChoices | undefined;
  /**
   * The rules that match a search, best match first; all rules for an empty one. With a document, as they are
   * configured for it.
   */
  rules(search: string, data: Reader['data'], of?: ConfiguredDocument): FoundRules;
  /** The edits that suppress a finding, in its document and in the configuration file. */
  suppressions(
    reader: Reader,
    root: Uri,
    configuration: Configuration,
    finding: Suppressible,
  ): readonly SuppressionOffer[];
  /**
   * The configuration of a document, whose file is searched up to the root. The settings apply where it states nothing.
   */
  configuration(reader: Reader, doc: Uri, root: Uri, settings: EditorSettings): ConfigurationInForce;
}

/** An offset in a document, in UTF-16 code units. */
export interface DocumentOffset {
  readonly doc: Uri;
  readonly offset: number;
  /** The stacks in which it is; by default, the document is read. */
  readonly stacks?: AnalyzedStacks;
}

export interface ConfigurationInForce {
  readonly options: Pick<AnalysisOptions, 'configuration' | 'profile' | 'certainty'> &
    Required<Pick<AnalysisOptions, 'scenario'>>;
  /** The problems in its files. */
  readonly problems: readonly Problem[];
  /** The findings about suppressions in its files. */
  readonly findings: readonly Finding[];
  /** Whether it excludes a document. */
  excludes(doc: Uri): boolean;
  /** Why the file exists and cannot be read. */
  readonly unread?: string;
}

/** A document with the options that apply to it. */
export interface ConfiguredDocument extends Pick<ConfigurationInForce, 'options'> {
  readonly doc: Uri;
}

export interface Machine {
  /** A reader of the files below a folder. Without a folder it has only the data of the program. */
  reader(root: Uri | undefined): Reader;
  /** The root of a file outside all workspace folders. */
  rootOf(file: Uri): Uri;
  /** The files below a folder that may have a supported format. */
  candidates(folder: Uri): readonly Uri[];
}

/** The engine and the machine, each loaded on first use. */
export interface ServerWorld {
  engine(): Promise<Engine>;
  machine(): Promise<Machine>;
}

/** What the server needs of the engine and of the machine. Both are loaded when first needed, so that starting is quick. */
import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import type { Completions } from '../completion/completion.ts';
import type { About } from '../completion/offer.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Analysis, AnalysisOptions } from '../engine/analysis.ts';
import type { FixedDocuments } from '../engine/fix-all.ts';
import type { ScenarioChoices } from '../formats/cloudformation/scenario.ts';
import type { Card } from '../hover/card.ts';
import type { Explained } from '../hover/explanation/explained.ts';
import type { HoverLevel } from '../hover/hover.ts';
import type { Problem } from '../model/finding.ts';
import type { Described } from '../policy/described.ts';
import type { FoundRules } from './rules.ts';

export interface Engine {
  /** Reads what the documents need and judges them. `pause` is awaited between steps; it throws when the work is in vain. */
  analyse(
    reader: Reader,
    named: readonly Uri[],
    options: AnalysisOptions,
    pause: () => Promise<void>,
  ): Promise<Analysis>;
  /** Carries out all safe fixes of the documents. */
  fixAll(reader: Reader, named: readonly Uri[], options: AnalysisOptions): FixedDocuments;
  /** Who owns what of the thing at a position of a document, an offset in UTF-16; undefined when there is nothing to say. */
  card(reader: Reader, doc: Uri, offset: number, level: HoverLevel, options: AnalysisOptions): Card | undefined;
  /** What can be written at a position of a document; undefined where nothing can. */
  complete(reader: Reader, doc: Uri, offset: number, options: AnalysisOptions): Completions | undefined;
  /** What is said of something that was offered, with the page that says so. */
  describe(reader: Reader, about: About): Described | undefined;
  /** What a position of a document comes to and what rules decide about it; undefined where there is no value. */
  explain(reader: Reader, doc: Uri, offset: number, options: AnalysisOptions): Explained | undefined;
  /** What a scenario of a template can be made of; undefined for a document that is none. */
  scenarios(reader: Reader, doc: Uri, options: AnalysisOptions): ScenarioChoices | undefined;
  /** The rules that match a search, best match first; all rules for an empty one. */
  rules(search: string): FoundRules;
  /** The configuration that counts for a document; its file is looked for up to the root. */
  configuration(reader: Reader, doc: Uri, root: Uri): ConfigurationInForce;
}

export interface ConfigurationInForce {
  readonly configuration: Configuration;
  /** What is wrong in the file that has it. */
  readonly problems: readonly Problem[];
  /** Why the file cannot be read, when it is there and cannot. */
  readonly unread?: string;
}

export interface Machine {
  /** A reader of the files on disk below a folder. Without a folder it has the program's own data alone. */
  reader(root: Uri | undefined): Reader;
  /** The folder outside of which nothing is read for a file that is in no folder of the workspace. */
  rootOf(file: Uri): Uri;
  /** The files below a folder that may be ours. */
  candidates(folder: Uri): readonly Uri[];
}

/** The two, each loaded when first asked for. */
export interface World {
  engine(): Promise<Engine>;
  machine(): Promise<Machine>;
}

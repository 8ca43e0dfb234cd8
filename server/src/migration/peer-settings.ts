/** What the configuration files of other tools state, in terms that the files share. */
import type { Severity } from '../model/severity.ts';

/** The tools whose configuration is read, as they are called in texts. */
export type PeerTool = 'Checkov' | 'Trivy' | 'tfsec' | 'cfn-lint' | 'cfn_nag' | 'KICS';

/** A check that a file turns off, or whose severity it changes. */
export interface PeerCheck {
  /** The id as written. In the files of Checkov, `*` stands for any characters. */
  readonly id: string;
  readonly level: 'off' | Severity;
  /** The reason, if the file states one. */
  readonly reason?: string;
  /** The last day on which it is off. */
  readonly until?: string;
  /** The files in which it is off, in the syntax of `.gitignore`; all of them if there are none. */
  readonly paths?: readonly string[];
}

/** Files that a tool leaves out, in the syntax of `.gitignore`. */
export interface PeerExclude {
  readonly pattern: string;
  /** The setting that names them. */
  readonly setting: string;
}

/** The settings of one file. */
export interface PeerSettings {
  readonly tool: PeerTool;
  /** The file, relative to the folder: `.tfsec/config.yml`. */
  readonly file: string;
  readonly checks: readonly PeerCheck[];
  readonly exclude: readonly PeerExclude[];
  /** The lowest severity that makes a run fail, with the setting that states it. */
  readonly failOn?: { readonly severity: Severity; readonly setting: string };
  /** The only checks that are made, with the setting that lists them. */
  readonly only?: { readonly ids: readonly string[]; readonly setting: string };
  /** Sentences about settings that are not migrated. */
  readonly notes: readonly string[];
}

/** What a reader returns. The caller knows the tool and the file. */
export type ReadSettings = Partial<Omit<PeerSettings, 'tool' | 'file'>>;

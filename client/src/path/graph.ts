/** The answer of the server to `stackwarden/paths`: how traffic from outside gets to a resource. */

/** Whether traffic passes: in some scenario, in none, or it is not known. */
export type PathState = 'open' | 'closed' | 'unknown';

/** A range of a document, zero-based. */
export interface DocumentRange {
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

export interface GraphStep {
  readonly text: string;
  readonly state: PathState;
  /** The scenario in which it is open; empty if it is the same in all scenarios. */
  readonly when: string;
  readonly place: DocumentRange;
}

export interface PathNode {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly role: 'outside' | 'between' | 'target';
  readonly state: PathState;
  readonly when: string;
  readonly place?: DocumentRange;
}

export interface PathEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly state: PathState;
  readonly steps: readonly GraphStep[];
}

export interface Path {
  readonly from: string;
  /** The identifier of the target. */
  readonly to: string;
  readonly traffic: string;
  readonly state: PathState;
  readonly when: string;
  /** The identifiers of its edges, in order. */
  readonly edges: readonly string[];
  readonly limits: readonly string[];
  readonly missing: readonly string[];
}

export interface PathGraph {
  readonly subject: { readonly label: string; readonly detail: string };
  readonly leads: 'to' | 'through';
  readonly nodes: readonly PathNode[];
  readonly edges: readonly PathEdge[];
  readonly paths: readonly Path[];
  readonly missing: readonly string[];
  readonly incomplete?: boolean;
}

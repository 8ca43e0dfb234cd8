/** Paths by which anyone outside an account reaches a resource. */
import { all, type Judgement } from '../model/judgement.ts';
import type { Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { Outside } from './public-access/outside.ts';

/**
 * One requirement of a path. Several steps can be about one resource, such as the route and the network ACL of a
 * subnet.
 */
export interface PathStep {
  /** The resource that the traffic passes or reaches. */
  readonly resource: Resource;
  /** A sentence without its period: `WebGroup allows TCP port 22 from 0.0.0.0/0`. */
  readonly text: string;
  /** The value that lets the traffic through or stops it, for its place. */
  readonly at: Value;
  /** The scenarios in which it lets the traffic through, and those in which it stops the traffic. */
  readonly open: Judgement;
  /**
   * The missing information about whether it does, as the end of a sentence: `whether Web gets a public IP address`.
   */
  readonly missing?: string;
  /** What the resource sends on, if it sends requests of its own. */
  readonly sends?: OutgoingRequests;
}

/** Requests that something on the way sends. */
export interface OutgoingRequests {
  /** The names of the headers that it adds, in lower case. */
  readonly headers: readonly string[];
  /** Whether a port is the one that it sends them to. */
  readonly isPort: (port: Value) => Judgement;
}

/** A path from outside to a resource. */
export interface AccessPath {
  readonly from: Outside;
  readonly to: Resource;
  /** In order, from outside to the resource. */
  readonly steps: readonly PathStep[];
  /** What passes: `TCP port 22`, `HTTPS requests`. */
  readonly traffic: string;
  /** What callers still need, each as a noun phrase: `IAM authorization`, `a token of UserPool`. */
  readonly limits: readonly string[];
}

/** The scenarios in which all steps of a path let the traffic through, and those in which one of them stops it. */
export function isOpen({ steps }: Pick<AccessPath, 'steps'>): Judgement {
  return all(...steps.map(({ open }) => open));
}

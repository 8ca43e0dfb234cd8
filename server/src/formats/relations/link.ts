/** How one type of resource names others: an entry of `links.ts`. */
export interface Link {
  /**
   * The properties that name them, by type; `A[].B` is B of every item of A, `A[Key=x].B` of the items whose Key is x,
   * `A[*].B` of every item of A or of every value of the map A.
   */
  readonly from: Readonly<Record<string, readonly string[]>>;
  /** The types of the named resources. */
  readonly to: readonly string[];
  /** Whether the direction is reversed: the named resource is the first end of the relation. */
  readonly reversed?: true;
  /** A prefix of the value that is not part of the name, such as `/aws/lambda/` in the name of a log group. */
  readonly before?: string;
  /** Whether the value is a host name that starts with the name of the resource. */
  readonly host?: true;
  /** Whether a value that is computed from one resource names it. */
  readonly derived?: true;
  /** Whether the value is a text in which references name resources, such as a request in JSON. */
  readonly text?: true;
}

/** The properties of several types that name others. */
export function names(to: string | readonly string[], from: Link['from'], more: Omit<Link, 'from' | 'to'> = {}): Link {
  return { from, to: typeof to === 'string' ? [to] : to, ...more };
}

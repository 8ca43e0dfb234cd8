/** How one type of resource names others: a line of `links.ts`. */
export interface Link {
  /** Which properties name them, by type; `A[].B` is B of every item of A, `A[Key=x].B` of those whose Key is x. */
  readonly from: Readonly<Record<string, readonly string[]>>;
  /** The types that are named. */
  readonly to: readonly string[];
  /** Whether the connection is seen from the other side: what is named is at its first end. */
  readonly reversed?: true;
  /** What precedes a name and is not a part of it: `/aws/lambda/` in the name of a log group. */
  readonly before?: string;
  /** Whether the value is the name of a host, which begins with the name of the resource. */
  readonly host?: true;
}

/** That some types name others at some paths. */
export function names(to: string | readonly string[], from: Link['from'], more: Omit<Link, 'from' | 'to'> = {}): Link {
  return { from, to: typeof to === 'string' ? [to] : to, ...more };
}

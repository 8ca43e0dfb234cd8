import type { Step } from '../../model/value.ts';
import type { Node, Tree } from '../../syntax/tree.ts';

/** The identifiers of the loops around a place, with their values in one iteration. */
export interface LoopBindings {
  readonly texts: ReadonlyMap<string, string>;
  /** The iterations, for explanations. */
  readonly steps: readonly Step[];
}

export const NO_BINDINGS: LoopBindings = { texts: new Map(), steps: [] };

/** `${Identifier}` is replaced by the value, `&{Identifier}` by its letters and digits only. */
const PLACE = /([$&])\{([A-Za-z0-9]+)\}/g;

/**
 * A string in one iteration of the loops around it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function textOfIteration(text: string, { texts }: LoopBindings): string {
  if (texts.size === 0 || !text.includes('{')) return text;
  return text.replaceAll(PLACE, (whole, kind: string, name: string) => {
    const bound = texts.get(name);
    if (bound === undefined) return whole;
    return kind === '&' ? bound.replaceAll(/[^A-Za-z0-9]/g, '') : bound;
  });
}

/**
 * Whether a node has another value in another iteration of the loops around it, so that changing it would change that
 * too.
 */
export function differsByIteration({ text }: Tree, { start, end }: Node, { texts }: LoopBindings): boolean {
  if (texts.size === 0) return false;
  const written = text.slice(start, end);
  return [...texts.keys()].some((identifier) => written.includes(identifier));
}

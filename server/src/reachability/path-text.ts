/** Paths in words. */
import { flatMap } from '../base/flat-map.ts';
import { some } from '../base/words.ts';
import { never } from '../model/quantified.ts';
import { scenario } from '../model/scenario.ts';
import { isOpen, type AccessPath } from './access-path.ts';
import { GRANTED } from './granted-path.ts';

/** The maximum number of resources that the text of a path names. */
const MOST_NAMES = 4;

/** What passes and through which resources: `TCP port 22 through Gateway, Subnet and WebGroup`. */
export function pathText({ to, traffic, steps }: AccessPath): string {
  // A grant is its own description.
  if (traffic === GRANTED) return steps[0]!.text;
  const names = [...new Set(steps.map(({ resource }) => resource))]
    .filter((resource) => resource !== to)
    .map(({ displayName }) => displayName);
  return names.length === 0 ? traffic : `${traffic} through ${some(names, MOST_NAMES)}`;
}

/** What callers need, as the end of a sentence: ` with IAM authorization`. */
export function limitsText({ limits }: AccessPath): string {
  return limits.length === 0 ? '' : ` with ${some([...new Set(limits)])}`;
}

/** The missing information about whether a path is open by default. */
export function missingOf({ steps }: AccessPath): readonly string[] {
  const undecided = steps.filter(({ open }) => !open.yes.holdsByDefault() && !open.no.holdsByDefault());
  return [...new Set(flatMap(undecided, ({ missing }) => missing ?? []))];
}

/**
 * Why a path is closed by default: the first step that stops the traffic, preferably one that does so in all scenarios.
 */
export function stoppedBy({ steps }: AccessPath): string | undefined {
  const always = steps.find(({ open }) => never(open));
  if (always) return always.text;
  // Where a step is open in another scenario, its text is about that; otherwise about the default one.
  return steps
    .filter(({ open }) => open.no.holdsByDefault())
    .map(({ text, open }) => ({ text, when: scenario(open.yes.describe()) }))
    .map(({ text, when }) => (when === '' ? text : `${text} only ${when}`))[0];
}

/** Whether a path is open or closed by default. */
export function defaultState(path: AccessPath): 'open' | 'closed' | 'unknown' {
  const open = isOpen(path);
  if (open.yes.holdsByDefault()) return 'open';
  return open.no.holdsByDefault() ? 'closed' : 'unknown';
}

import type { Branch, Leaf, Value } from './value.ts';

/** The maximum length of a text that a message quotes. */
const LONGEST = 60;

/** The text for a value that is absent or null. */
export const NOT_SET = 'not set';

/** The text for an unknown value. */
export const NOT_KNOWN = 'an unknown value';

/**
 * Whether a value must not be shown. A value that is secret only by its name has no content to hide if it is a
 * reference or unknown.
 */
export function isHidden({ state, origin }: Value | Leaf): boolean {
  return (
    origin.secret === true &&
    !(origin.secretByName && (state === 'reference' || state === 'unknown' || state === 'absent'))
  );
}

/** A value as shown in messages. Secrets are never shown. */
export function shown(value: Value | Leaf): string {
  if (isHidden(value)) return 'a secret value';
  switch (value.state) {
    case 'known':
      if (value.value === null) return NOT_SET;
      return value.raw.length > LONGEST ? `${value.raw.slice(0, LONGEST)}…` : value.raw;
    case 'template':
      return value.pieces.map((piece) => (typeof piece === 'string' ? piece : '…')).join('');
    case 'reference':
      return value.attribute ? `${value.to}.${value.attribute}` : value.to;
    case 'absent':
      return NOT_SET;
    case 'unknown':
      return NOT_KNOWN;
    case 'list':
      return 'a list';
    case 'object':
      return 'an object';
    case 'choice': {
      const [name, ...more] = new Set(value.branches.map(parameterOf));
      return name === undefined || more.length > 0 ? 'a value that depends on the scenario' : `the value of ${name}`;
    }
  }
}

/** The parameter or variable whose value a branch is; undefined for other branches. */
function parameterOf({ guard, value }: Branch): string | undefined {
  if (value.state === 'unknown' && value.input !== undefined)
    return guard.describe().find(({ kind }) => kind === 'parameter')?.name;
  const step = value.origin.steps.at(-1);
  return step && ['default', 'allowed', 'given'].includes(step.what) ? step.name : undefined;
}

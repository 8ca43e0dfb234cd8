/** Version constraints: https://developer.hashicorp.com/terraform/language/expressions/version-constraints */

interface Version {
  readonly numbers: readonly number[];
  /** Whether it is a prerelease, which only an exact constraint selects. */
  readonly prerelease: string;
}

/** Whether a version satisfies all parts of a constraint. A part that cannot be parsed excludes nothing. */
export function allowsVersion(constraint: string, version: string): boolean {
  const found = parsed(version);
  return !found || constraint.split(',').every((one) => allows(one.trim(), found));
}

function allows(constraint: string, version: Version): boolean {
  const operator = /^(?:!=|>=?|<=?|~>|=)?/.exec(constraint)![0];
  const bound = parsed(constraint.slice(operator.length).trim());
  if (!bound) return true;
  const order = compared(version, bound);
  const isSame = order === 0 && version.prerelease === bound.prerelease;
  if (operator === '' || operator === '=') return isSame;
  if (operator === '!=') return !isSame;
  if (version.prerelease !== '' && !isSame) return false;
  switch (operator) {
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    // The rightmost specified number can increase.
    default:
      return (
        order >= 0 && bound.numbers.slice(0, -1).every((number, index) => (version.numbers[index] ?? 0) === number)
      );
  }
}

function parsed(text: string): Version | undefined {
  const found = /^v?(\d{1,9}(?:\.\d{1,9}){0,3})(?:-([\w.-]+))?(?:\+[\w.-]+)?$/.exec(text);
  return found ? { numbers: found[1]!.split('.').map(Number), prerelease: found[2] ?? '' } : undefined;
}

function compared(a: Version, b: Version): number {
  for (let i = 0; i < Math.max(a.numbers.length, b.numbers.length); i++) {
    const difference = (a.numbers[i] ?? 0) - (b.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

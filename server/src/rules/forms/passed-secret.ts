/** Secrets that a script receives when it is deployed: they are not in the document, but in what is deployed. */
import { interpolatedSecrets } from '../../model/interpolated-secrets.ts';
import { all, judgement } from '../../model/judgement.ts';
import { nameShown } from '../../model/named-value.ts';
import type { Stack } from '../../model/resource.ts';
import type { Report } from '../rule.ts';
import { isSecretAttribute, isStoredSecret } from '../secret-attributes.ts';
import type { FoundValue } from './items.ts';

/** What a script is passed in, and what to do. */
interface Passing {
  readonly where: string;
  readonly advice: string;
}

/** The reports about the secrets in a script, one for each place. */
export function* passedSecretReports(
  displayName: string,
  { value, when }: FoundValue,
  { where, advice }: Passing,
  stack: Stack,
): Iterable<Report> {
  const references = {
    isSecret: (reference: Parameters<typeof isSecretAttribute>[0]) => isSecretAttribute(reference, stack),
    canHaveSecret: isStoredSecret,
  };
  for (const { name, at, there } of interpolatedSecrets(value, references))
    yield {
      violations: [{ wrong: all(there, judgement(when)), at, part: `\${${name}}` }],
      severity: 'medium',
      profile: 'recommended',
      message: `${displayName} has the secret${nameShown(name)} in ${where}. ${advice}.`,
    };
}

/** Secrets that a script receives when it is deployed: they are not in the document, but in what is deployed. */
import { memoize } from '../../base/memoize.ts';
import { once } from '../../base/once.ts';
import { interpolatedSecrets, type SecretReferences } from '../../model/interpolated-secrets.ts';
import { all, judgement } from '../../model/judgement.ts';
import { nameShown } from '../../model/named-value.ts';
import type { Stack } from '../../model/resource.ts';
import type { Report } from '../rule.ts';
import { isSecretAttribute, isSecureParameter, isStoredSecret } from '../secret-attributes.ts';
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
  for (const { name, at, there } of interpolatedSecrets(value, referencesIn(stack))) {
    // Without the key of one of several resources.
    const shown = nameShown(name.replaceAll(/\[[^[\]]*\]/g, ''));
    yield {
      violations: [{ wrong: all(there, judgement(when)), at, part: `\${${name}}` }],
      severity: 'medium',
      profile: 'recommended',
      message: `${displayName} has ${shown === '' ? 'a secret' : `the secret${shown}`} in ${where}. ${advice}.`,
    };
  }
}

const referencesIn = memoize((stack: Stack): SecretReferences => {
  // Few scripts receive what is marked as secret.
  const harmless = once(
    () => new Set(stack.parameters.filter((parameter) => parameter.harmless).map(({ name }) => name)),
  );
  return {
    isSecret: (reference) => isSecretAttribute(reference, stack) || isSecureParameter(reference, stack),
    // An ARN or a name is marked as secret by caution, and the script reads the secret itself.
    namesSecret: (input) => !harmless().has(input) && !/(?:arn|secret_?name)$/i.test(input),
    canHaveSecret: isStoredSecret,
  };
});

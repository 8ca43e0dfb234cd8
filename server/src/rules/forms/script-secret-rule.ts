import { decodedText } from '../../model/decoded.ts';
import type { WrittenCovered } from '../../model/covered.ts';
import { all, judge, judgement } from '../../model/judgement.ts';
import { literalText, secretsOfParameters, secretUnder } from '../../model/named-secret.ts';
import { namedStringsIn, nameShown } from '../../model/named-value.ts';
import { leaves } from '../../model/navigate.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { secretsInScript, type ScriptLanguage, type ScriptSecret } from '../../model/script-secrets.ts';
import type { Leaf } from '../../model/value.ts';
import { bothTruths } from '../../base/guard.ts';
import { defineRule, type AnyRule, type Report } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { listsOn, foundValuesAt, type FoundValue } from './items.ts';
import { BY_FORMAT, coveredAt, coveredBy, metadataOf, type FormFacts } from './metadata.ts';
import { passedSecretReports } from './passed-secret.ts';
import { placesByType, readsIn } from './place.ts';

/** A property with a script, code, or a document with scripts. In its path, `[]` follows lists. */
export interface ScriptPlace<Path extends string = string> extends WrittenCovered {
  readonly path: Path;
}

type ScriptPath<Path extends string> = Path | `${Path}.${string}` | `${Path}[]`;
type Written<Path extends string> = ScriptPath<Path> | ScriptPlace<ScriptPath<Path>>;

/** Scripts and documents, in which credentials must not be hard-coded. */
export type ScriptSecretRule<T extends ResourceType> = Omit<FormFacts, 'topic' | 'fix'> & {
  readonly scripts: { readonly [K in T]: Written<ResourcePaths[K]> | readonly Written<ResourcePaths[K]>[] };
  readonly language: ScriptLanguage;
  /** What contains the credential, for the message: `its user data`. */
  readonly where: string;
  /** What to do, without the end of the sentence: `Read it from Secrets Manager`. */
  readonly advice: string;
  /** What to do about an exposed credential besides moving it; by default `change it`. */
  readonly renewal?: string;
  /** Whether a secret is exposed too that the script receives when it is deployed, as from a NoEcho parameter. */
  readonly exposesPassed?: true;
};

/** Makes a rule from its data: a finding for each credential, and one of low severity for each placeholder. */
export function scriptSecretRule<T extends ResourceType>(data: ScriptSecretRule<T>): AnyRule {
  const scripts = placesByType<ScriptPlace>(data.scripts);
  return defineRule<T>({
    ...metadataOf(
      { subsumes: BY_FORMAT, topic: 'secrets', ...data, ...coveredBy(data, [...scripts.values()].flat()) },
      { advice: `${data.advice}.`, fixable: false },
    ),
    on: 'resource',
    reads: readsIn(scripts, ({ path }) => [path, ...listsOn(path)]) as never,
    *check(subject, { stack }) {
      const resource = subject as Resource;
      for (const place of scripts.get(resource.type)!)
        for (const found of foundValuesAt(resource, place.path))
          for (const report of reportsOf(resource, found, data, stack))
            yield {
              ...report,
              violations: report.violations.map((violation) => ({ ...violation, ...coveredAt(data, place) })),
            };
    },
  });
}

function* reportsOf(
  { displayName }: Resource,
  found: FoundValue,
  data: Parameters<typeof secretReports>[2] & Pick<ScriptSecretRule<never>, 'exposesPassed'>,
  stack: Stack,
): Iterable<Report> {
  yield* secretReports(displayName, found, data, stack);
  if (data.exposesPassed) yield* passedSecretReports(displayName, found, data, stack);
}

/** The reports about the credentials in a script, or in the strings of a document. */
export function* secretReports(
  displayName: string,
  found: FoundValue,
  {
    language,
    where,
    advice,
    renewal = 'change it',
  }: Pick<ScriptSecretRule<never>, 'language' | 'where' | 'advice' | 'renewal'>,
  stack: Stack,
): Iterable<Report> {
  for (const { name, value, when } of namedStringsIn(found.value))
    for (const { value: leaf } of leaves(value))
      for (const secret of secretsOf(name, leaf, language)) {
        if (secretsOfParameters(stack).has(secret.text)) continue;
        yield {
          violations: [
            {
              wrong: all(
                judge(value, (one) => one === leaf),
                judgement(bothTruths(when, found.when)),
              ),
              at: value,
              part: secret.text,
              skip: secret.skip,
            },
          ],
          ...(secret.example ? { severity: 'low', profile: 'strict' } : {}),
          message: `${displayName} has ${thing(secret)} in ${where}. ${advice}${secret.example ? '' : `, and ${renewal}`}.`,
        };
      }
}

/** The credentials in a string: in the script that it is, or itself by its name. */
function secretsOf(name: string, leaf: Leaf, language: ScriptLanguage): readonly ScriptSecret[] {
  const decoded = decodedText(leaf);
  const text = literalText(decoded);
  if (text === undefined) return [];
  const found = secretsInScript(text, language);
  if (found.length > 0) return found;
  const whole = name === '' ? undefined : secretUnder(name, decoded);
  return whole ? [{ name, text: whole.text, start: 0, skip: 0, example: whole.example }] : [];
}

/** What was found, by the name of its variable or by its format. */
function thing({ name, example }: ScriptSecret): string {
  if (/^an? /.test(name)) return example ? `an example of ${name}` : name;
  return `${example ? 'a placeholder' : 'a hard-coded secret'}${nameShown(name).replace(/^ /, ' for ')}`;
}

import { flatMap } from '../../base/flat-map.ts';
import { bothTruths } from '../../base/guard.ts';
import { isEmailAddress, isSecretName, literalKind, looksGenerated } from '../../model/credential.ts';
import type { Fix } from '../../model/edit.ts';
import { all, isAbsent, isWritten, judgement, withoutSecretDefaults, type Judgement } from '../../model/judgement.ts';
import { membersOf } from '../../model/navigate.ts';
import { literalsOfOpenInputs, isUnprotectedInput } from '../../model/open-input.ts';
import { always } from '../../model/quantified.ts';
import type { Resource } from '../../model/resource.ts';
import type { Known, Leaf, Value } from '../../model/value.ts';
import { defineRule, type AnyRule, type Violation } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import type { Sources } from '../sources.ts';
import { listsOn, foundValuesAt, type FoundValue } from './items.ts';
import { coveredAt, coveredBy, metadataOf, type FormFacts } from './metadata.ts';
import { countsIn, firstPath, placesByType, readsIn, scopePaths, type Place } from './place.ts';
import { hidingFixes, secretFixes, secretName } from './secret-fixes.ts';
import { sentences } from './words.ts';

/** A property that holds a secret. In its path, `[]` follows lists: `Users[].Password`, `Passwords[]`. */
export interface SecretPlace<Path extends string = string> extends Place<Path> {
  /** The property that a fix sets to true instead, so that AWS manages the secret. */
  readonly managedBy?: string;
  /** Set if another value replaces the resource. Fixes for CloudFormation state it. */
  readonly replaces?: true;
  /** Set if the resource stores secrets itself, so that a reference to a store would be circular. */
  readonly stores?: true;
}

/** The path of a property, of the items of a list, or of something in an object without a schema. */
export type SecretPath<Path extends string> = Path | `${Path}[]` | `${Path}[].${string}` | `${Path}.${string}`;

type Written<Path extends string> = SecretPath<Path> | SecretPlace<SecretPath<Path>>;

/** Properties that hold a secret, which must not be hard-coded, nor come from a parameter without NoEcho. */
export type SecretRule<T extends ResourceType> = Omit<FormFacts, 'topic'> & {
  readonly secrets: { readonly [K in T]: Written<ResourcePaths[K]> | readonly Written<ResourcePaths[K]>[] };
  /**
   * What to do, if it is not only to store the secret in Secrets Manager: `Let RDS manage the password in Secrets
   * Manager, and change it.`
   */
  readonly advice?: string;
  /** The service that can manage the password, by its name: `RDS`. */
  readonly manager?: string;
};

/**
 * Makes a rule from its data: a finding for a literal, and ones of lower severity for a placeholder, and for a
 * parameter without NoEcho, whose value the stack shows.
 */
export function secretRule<T extends ResourceType>(written: SecretRule<T>): AnyRule {
  const data: SecretRule<T> = { remedy: REMEDY, ...wordsOf(written), ...written };
  const advice = data.advice ?? 'Store it in Secrets Manager, and change it.';
  const places = placesByType<SecretPlace>(data.secrets);
  const every = [...places.values()].flat();
  return defineRule<T>({
    ...metadataOf(
      {
        ...data,
        topic: 'secrets',
        keywords: [...KEYWORDS.filter((word) => !data.title.toLowerCase().includes(word)), ...(data.keywords ?? [])],
        sources: { ...data.sources, ...(every.every(({ stores }) => stores) ? {} : DYNAMIC_REFERENCE) },
        ...coveredBy(data, every),
      },
      { advice, path: firstPath(places), fixable: true },
    ),
    on: 'resource',
    reads: readsIn(places, (place) => [
      place.path,
      ...listsOn(place.path),
      ...scopePaths(place),
      ...(place.managedBy === undefined ? [] : [place.managedBy]),
    ]) as never,
    *check(subject, { stack }) {
      const resource = subject as Resource;
      for (const place of places.get(resource.type)!) {
        for (const { value, when, name } of secretsAt(resource, place)) {
          // A rule has many properties, and a resource has few of them.
          if (always(isAbsent(value))) continue;
          const setting = secretName(resource, place.path);
          const counts = countsIn((path) => resource.get(path), place);
          const violations = (wrong: Judgement): readonly Violation[] => [
            { wrong: all(wrong, counts, judgement(when)), at: value, ...coveredAt(data, place) },
          ];
          const fixes = (leaf: Leaf): readonly Fix[] => secretFixes(resource, place, value, leaf, data.fix);
          // Where a store of secrets keeps what was set elsewhere, words are a placeholder for it.
          const isKept = place.stores === true && resource.keepsValue?.(place.path) === true;
          const test = isKept ? isGeneratedSecret : place.stores ? isStoredSecret : isSecret;
          yield {
            violations: violations(isHardCoded(value, test, name)),
            message: sentences(resource.displayName, { problem: 'has a hard-coded {setting}', advice }, setting),
            fixes,
          };
          yield {
            violations: violations(isHardCoded(value, isKept ? isStoredWord : isExample, name)),
            severity: 'low',
            profile: 'strict',
            message: sentences(resource.displayName, place.stores ? STORED_PLACEHOLDER : PLACEHOLDER, setting),
            fixes,
          };
          // CloudFormation shows the parameters of a stack; Terraform does not show its variables.
          if (resource.nativeType.includes('::'))
            yield {
              violations: violations(isUnprotectedInput(value)),
              severity: 'medium',
              profile: data.profile ?? (data.judged === undefined ? 'strict' : 'recommended'),
              message: sentences(resource.displayName, GIVEN_OPENLY, setting),
              fixes: (leaf) => hidingFixes(stack, leaf),
            };
        }
      }
    },
  });
}

/** The usual names of such rules. Titles have the kind of the secret. */
const KEYWORDS = ['plaintext secret', 'credentials'];

/** The page about the reference that fixes write. */
const DYNAMIC_REFERENCE: Sources = {
  'https://docs.aws.amazon.com/secretsmanager/latest/userguide/cfn-example_reference-secret.html': {
    claim:
      'A dynamic reference reads a secret from Secrets Manager into any property of a resource when the stack is deployed.',
    seen: '2026-11-28',
  },
};

/** What to do where a service can manage the password. */
function wordsOf({
  manager,
}: Pick<SecretRule<never>, 'manager'>): Pick<SecretRule<never>, 'remedy' | 'advice' | 'fix'> {
  if (manager === undefined) return {};
  const managing = `Let ${manager} manage the password in Secrets Manager`;
  return {
    remedy: `${managing}, or use a dynamic reference to a secret. Then change the password, because it stays in the repository history.`,
    advice: `${managing}, and change it.`,
    fix: { title: managing, cost: 'clients must read it there, and the secret is billed' },
  };
}

const REMEDY =
  'Read the secret from Secrets Manager with a dynamic reference, or pass it as a NoEcho parameter or a sensitive variable. Then change it, because it stays in the repository history.';

/**
 * The secrets at a place. Where Terraform encodes a stored secret as JSON, they are its members with the name of a
 * credential.
 */
function secretsAt(
  resource: Resource,
  { path, stores }: SecretPlace,
): readonly (FoundValue & { readonly name?: string })[] {
  return flatMap(foundValuesAt(resource, path), (found) => {
    const members = stores ? membersOf(found.value) : [];
    if (members.length === 0) return [found];
    return members
      .filter(({ key }) => isSecretName(key))
      .map(({ key, value, when }) => ({ name: key, value, when: bothTruths(found.when, when) }));
  });
}

const PLACEHOLDER = {
  problem: 'has a placeholder as {setting}',
  advice: 'Replace it with a reference to a secret in Secrets Manager.',
};

/** In a store of secrets, there is nothing to refer to. */
const STORED_PLACEHOLDER = { ...PLACEHOLDER, advice: 'Set the value outside the code.' };

const GIVEN_OPENLY = {
  problem: 'takes {setting} from a parameter without NoEcho',
  consequence: 'Anyone who can describe the stack can read it.',
  advice: 'Set NoEcho to true on the parameter.',
};

/**
 * Whether a secret is a literal of a kind. The default of a secret parameter is a finding about the parameter, and a
 * literal with which a condition compares a parameter is not its value.
 */
function isHardCoded(value: Value, test: (raw: string, name?: string) => boolean, name?: string): Judgement {
  const compared = literalsOfOpenInputs(value);
  return isWritten(
    withoutSecretDefaults(value),
    (scalar) => test(scalar.raw, name) && !isSecretDefault(scalar) && !compared.has(scalar),
  );
}

const isExample = (raw: string, name?: string): boolean => literalKind(raw, name) === 'example';
const isSecret = (raw: string, name?: string): boolean => literalKind(raw, name) === 'secret';
/** A store of secrets also holds what belongs to them. A member with the name of a credential is one. */
const isStoredSecret = (raw: string, name?: string): boolean =>
  isSecret(raw, name) && (name !== undefined || !isEmailAddress(raw));
const isGeneratedSecret = (raw: string, name?: string): boolean =>
  isStoredSecret(raw, name) && looksGenerated(raw, name);
const isStoredWord = (raw: string, name?: string): boolean =>
  isExample(raw, name) || (isStoredSecret(raw, name) && !looksGenerated(raw, name));

function isSecretDefault({ origin }: Known): boolean {
  return (
    origin.secret === true &&
    !origin.secretByName &&
    origin.steps.some(({ what }) => what === 'default' || what === 'variable')
  );
}

import { isSecretText } from '../../model/credential.ts';
import type { Fix } from '../../model/edit.ts';
import { all, isGivenOpenly, isWritten } from '../../model/judgement.ts';
import type { Resource } from '../../model/resource.ts';
import type { Known } from '../../model/value.ts';
import { defineRule, type AnyRule } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { metadataOf, type FormFacts } from './metadata.ts';
import { countsIn, firstPath, placesByType, readsIn, scopePaths, type Place } from './place.ts';
import { fixesOf, messageOf, settingName } from './words.ts';

/** A property that holds a secret. */
export interface SecretPlace<Path extends string = string> extends Place<Path> {
  /** The property that a fix sets to true instead, so that AWS manages the secret. */
  readonly managedBy?: Path;
}

/** Properties that hold a secret, which must not be hard-coded, nor come from a parameter without NoEcho. */
export type SecretRule<T extends ResourceType> = FormFacts & {
  readonly secrets: {
    readonly [K in T]:
      ResourcePaths[K] | SecretPlace<ResourcePaths[K]> | readonly (ResourcePaths[K] | SecretPlace<ResourcePaths[K]>)[];
  };
  /** What to do: `Let RDS manage the password in Secrets Manager, and change it.` */
  readonly advice: string;
};

/** Makes a rule from its data: a finding for a literal, and one of lower severity for a parameter without NoEcho, whose value the stack shows. */
export function secretRule<T extends ResourceType>(data: SecretRule<T>): AnyRule {
  const { advice } = data;
  const places = placesByType<SecretPlace>(data.secrets);
  const fixable = [...places.values()].flat().some(({ managedBy }) => managedBy !== undefined);
  return defineRule<T>({
    ...metadataOf(data, { advice, path: firstPath(places), fixable }),
    on: 'resource',
    reads: readsIn(places, (place) => [
      place.path,
      ...scopePaths(place),
      ...(place.managedBy === undefined ? [] : [place.managedBy]),
    ]) as never,
    *check(subject) {
      const resource = subject as Resource;
      for (const place of places.get(resource.type)!) {
        const secret = resource.get(place.path);
        const setting = settingName(resource, place.path);
        const counts = countsIn((path) => resource.get(path), place);
        // The default of a secret parameter is a finding about the parameter.
        const hardCoded = isWritten(secret, (scalar) => isSecretText(scalar.raw) && !isSecretDefault(scalar));
        yield {
          violations: [{ wrong: all(hardCoded, counts), at: secret }],
          message: messageOf(resource.displayName, { problem: 'has a hard-coded {setting}', advice }, setting),
          fixes: () => managing(resource, place, data),
        };
        // CloudFormation shows the parameters of a stack; Terraform does not show its variables.
        if (resource.nativeType.startsWith('AWS::'))
          yield {
            violations: [{ wrong: all(isGivenOpenly(secret), counts), at: secret }],
            severity: 'medium',
            profile: 'recommended',
            message: messageOf(resource.displayName, GIVEN_OPENLY, setting),
          };
      }
    },
  });
}

const GIVEN_OPENLY = {
  problem: 'takes {setting} from a parameter without NoEcho',
  consequence: 'Anyone who can describe the stack can read it.',
  advice: 'Set NoEcho to true on the parameter.',
};

function isSecretDefault({ origin }: Known): boolean {
  return (
    origin.secret === true &&
    !origin.secretByName &&
    origin.steps.some(({ what }) => what === 'default' || what === 'variable')
  );
}

/** The fix that lets AWS manage the secret. */
function managing(resource: Resource, { path, managedBy }: SecretPlace, { fix }: FormFacts): readonly Fix[] {
  if (managedBy === undefined) return [];
  return fixesOf(fix, `Set ${settingName(resource, managedBy)} to true`, [
    { op: 'remove', resource, target: resource.get(path) },
    { op: 'set', resource, path: managedBy, value: true },
  ]);
}

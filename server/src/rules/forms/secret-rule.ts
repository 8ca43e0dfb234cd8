import { isSecretText } from '../../model/credential.ts';
import type { Fix } from '../../model/edit.ts';
import { isGivenOpenly, isWritten } from '../../model/judgement.ts';
import type { Resource } from '../../model/resource.ts';
import type { Known } from '../../model/value.ts';
import { defineRule, type AnyRule, type RuleMetadata } from '../rule.ts';
import type { ResourcePaths, ResourceType } from '../resource-paths.ts';
import { metadataOf } from './metadata.ts';
import { messageOf, settingName, titleOf } from './words.ts';

/** A property that holds a secret. */
export interface SecretPlace<Path extends string = string> {
  readonly path: Path;
  /** The property that a fix sets to true instead, so that AWS manages the secret. */
  readonly managedBy?: Path;
}

/** Properties that hold a secret, which must not be hard-coded, nor come from a parameter without NoEcho. */
export type SecretRule<T extends ResourceType> = RuleMetadata & {
  readonly secrets: {
    readonly [K in T]:
      ResourcePaths[K] | SecretPlace<ResourcePaths[K]> | readonly (ResourcePaths[K] | SecretPlace<ResourcePaths[K]>)[];
  };
  /** What to do: `Let RDS manage the password in Secrets Manager, and change it.` */
  readonly advice: string;
  /** The title of the fix that sets `managedBy`. */
  readonly fixTitle?: string;
  readonly fixCost?: string;
};

/** Makes a rule from its data: a finding for a literal, and one of lower severity for a parameter without NoEcho, whose value the stack shows. */
export function secretRule<T extends ResourceType>(data: SecretRule<T>): AnyRule {
  const places = new Map(
    Object.entries<string | SecretPlace | readonly (string | SecretPlace)[]>(data.secrets as never).map(
      ([type, secrets]) => [
        type,
        (Array.isArray(secrets)
          ? (secrets as readonly (string | SecretPlace)[])
          : [secrets as string | SecretPlace]
        ).map((one) => (typeof one === 'string' ? { path: one } : one)),
      ],
    ),
  );
  return defineRule<T>({
    ...metadataOf(data),
    on: 'resource',
    reads: Object.fromEntries(
      [...places].map(([type, secrets]) => [
        type,
        secrets.flatMap(({ path, managedBy }) => (managedBy === undefined ? [path] : [path, managedBy])),
      ]),
    ) as never,
    *check(subject) {
      const resource = subject as Resource;
      for (const place of places.get(resource.type)!) {
        const secret = resource.get(place.path);
        const setting = settingName(resource, place.path);
        yield {
          // The default of a secret parameter is a finding about the parameter.
          violations: [
            { wrong: isWritten(secret, (scalar) => isSecretText(scalar.raw) && !isSecretDefault(scalar)), at: secret },
          ],
          message: messageOf(
            resource.displayName,
            { problem: `has a hard-coded ${setting}`, advice: data.advice },
            setting,
          ),
          fixes: () => fixesOf(resource, place, data),
        };
        // CloudFormation shows the parameters of a stack; Terraform does not show its variables.
        if (resource.nativeType.startsWith('AWS::'))
          yield {
            violations: [{ wrong: isGivenOpenly(secret), at: secret }],
            severity: 'medium',
            profile: 'recommended',
            message: messageOf(
              resource.displayName,
              {
                problem: `takes {setting} from a parameter without NoEcho`,
                consequence: 'Anyone who can describe the stack can read it.',
                advice: 'Set NoEcho to true on the parameter.',
              },
              setting,
            ).replaceAll('{setting}', setting),
          };
      }
    },
  });
}

function isSecretDefault({ origin }: Known): boolean {
  return (
    origin.secret === true &&
    !origin.secretByName &&
    origin.steps.some(({ what }) => what === 'default' || what === 'variable')
  );
}

function fixesOf(
  resource: Resource,
  { path, managedBy }: SecretPlace,
  { fix, fixTitle, fixCost }: Pick<SecretRule<never>, 'fix' | 'fixTitle' | 'fixCost'>,
): readonly Fix[] {
  if (managedBy === undefined || fixTitle === undefined) return [];
  return [
    {
      title: titleOf(fixTitle, fixCost),
      safe: fix === 'safe',
      edits: [
        { op: 'remove', resource, target: resource.get(path) },
        { op: 'set', resource, path: managedBy, value: true },
      ],
    },
  ];
}

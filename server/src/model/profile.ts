/** Profiles, the smallest first. Each includes the ones before it. */

export interface ProfileTraits {
  /** The rules in it, for users. `package.json` has the same text for the setting. */
  readonly description: string;
}

const TRAITS = {
  essential: { description: 'Critical misconfigurations that apply to every environment.' },
  recommended: { description: 'Security best practices for most workloads. Includes essential.' },
  strict: { description: 'All rules, including settings that are secure by default and defense in depth.' },
} as const satisfies Readonly<Record<string, ProfileTraits>>;

export type Profile = keyof typeof TRAITS;

/** The smallest first. */
export const PROFILES = Object.keys(TRAITS) as readonly Profile[];

export const DEFAULT_PROFILE: Profile = 'recommended';

/** What a profile contains, in sentences for users. */
export function profileDescription(profile: Profile): string {
  return TRAITS[profile].description;
}

/** Whether a run in one profile reports the rules of another. */
export function includesProfile(run: Profile, of: Profile): boolean {
  return PROFILES.indexOf(of) <= PROFILES.indexOf(run);
}

/** The profiles that report the rules of a given one. */
export function profilesWith(rule: Profile): readonly Profile[] {
  return PROFILES.filter((run) => includesProfile(run, rule));
}

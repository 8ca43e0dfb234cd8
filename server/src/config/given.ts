/** What a run states itself: the options of the command line, or the settings of an editor. */
import type { Certainty, Profile } from '../model/finding.ts';
import { DEFAULT_PROFILE } from '../model/profile.ts';
import type { ScenarioTerm } from '../model/scenario.ts';
import type { Configuration, ConfiguredFile, FailOn, PathPatterns, RuleSetting } from './configuration.ts';

/** The options of the command line, which take precedence over the configuration. */
export interface GivenOptions {
  readonly profile?: Profile;
  readonly certainty?: Certainty;
  readonly failOn?: FailOn;
  readonly rules?: readonly RuleSetting[];
  readonly exclude?: PathPatterns;
  readonly scenario?: readonly ScenarioTerm[];
  readonly baseline?: ConfiguredFile;
}

/** A configuration with options that take precedence over all of it, also over the settings for some paths. */
export function withGiven(configuration: Configuration, given: GivenOptions): Configuration {
  const { profile, certainty, failOn, rules = [], exclude, scenario = [], baseline } = given;
  const overrides = configuration.overrides.map(({ profile: of, certainty: least, ...rest }) => ({
    ...rest,
    ...(of === undefined || profile !== undefined ? {} : { profile: of }),
    ...(least === undefined || certainty !== undefined ? {} : { certainty: least }),
    rules: rules.length === 0 ? rest.rules : [...rest.rules, ...rules],
  }));
  return {
    ...configuration,
    ...(profile === undefined ? {} : { profile }),
    ...(certainty === undefined ? {} : { certainty }),
    ...(failOn === undefined ? {} : { failOn }),
    ...(scenario.length === 0 ? {} : { scenario }),
    ...(baseline === undefined ? {} : { baseline }),
    overrides,
    rules: [...configuration.rules, ...rules],
    exclude: exclude ? [...configuration.exclude, exclude] : configuration.exclude,
  };
}

/** The settings of an editor, which apply where the configuration states nothing. */
export type EditorSettings = Required<Pick<GivenOptions, 'profile' | 'certainty' | 'scenario'>>;

/**
 * The effective profile, certainty and scenario: those of the configuration, otherwise those of the editor or the
 * defaults.
 */
export function effectiveSettings(
  { profile, certainty, scenario }: Configuration,
  otherwise: EditorSettings = { profile: DEFAULT_PROFILE, certainty: 'certain', scenario: [] },
): EditorSettings {
  return {
    profile: profile ?? otherwise.profile,
    certainty: certainty ?? otherwise.certainty,
    scenario: scenario.length > 0 ? scenario : otherwise.scenario,
  };
}

/** The configuration that applies to a document, with the origin of each part. */
import { flatMap } from '../base/flat-map.ts';
import type { Span, Uri } from '../base/span.ts';
import type { Configuration, Override, RuleSetting } from '../config/configuration.ts';
import { DEFAULT_FAIL_ON } from '../config/configuration.ts';
import { isExcluded } from '../config/file-selection.ts';
import { effectiveSettings } from '../config/given.ts';
import type { LoadedConfiguration } from '../config/load-configuration.ts';
import { matchesPatterns } from '../config/path-patterns.ts';
import { SETTINGS } from '../config/read-configuration.ts';
import type { Suppression } from '../model/suppression.ts';

/** A part of a configuration. */
export interface EffectivePart {
  /** Its path: `profile`, `rules.s3-bucket-versioning`, `assume.s3.accountBlock`. */
  readonly name: string;
  /** As it would be written in JSON. */
  readonly value: unknown;
  /** Where it is stated; none for a default. */
  readonly origins: readonly Span[];
}

export interface EffectiveConfiguration {
  readonly isExcluded: boolean;
  /** In the order of the reference page. */
  readonly parts: readonly EffectivePart[];
}

/** What applies to a document. Settings for some paths are resolved, and suppressions of other documents left out. */
export function effectiveConfiguration(
  { configuration, origins }: Pick<LoadedConfiguration, 'configuration' | 'origins'>,
  doc: Uri,
): EffectiveConfiguration {
  const overrides = configuration.overrides.filter(({ paths }) => matchesPatterns(paths, doc));
  const of = (name: string): readonly Span[] => origins.get(name) ?? [];
  const parts = flatMap(SETTINGS, (name): readonly EffectivePart[] => {
    switch (name) {
      case 'extends':
      case 'overrides':
        return [];
      case 'profile':
      case 'certainty':
        return [overridden(name, configuration, overrides, of(name))];
      case 'rules':
        return ruleParts([...configuration.rules, ...flatMap(overrides, ({ rules }) => rules)]);
      case 'suppressions':
        return flatMap(configuration.suppressions, (entry, index) => suppressionPart(entry, index, doc));
      case 'assume':
        return [
          ...tableParts(name, configuration.assume, of),
          ...(configuration.accounts
            ? [{ name: 'assume.accounts', value: configuration.accounts, origins: of('assume.accounts') }]
            : []),
        ];
      case 'quotas':
        return tableParts(name, configuration.quotas, of);
      default:
        return [{ name, value: valueOf(name, configuration), origins: of(name) }];
    }
  });
  return { isExcluded: isExcluded(configuration, doc), parts };
}

/** The value of a setting that has no parts. Values of parameters can be secrets, so their names are shown only. */
function valueOf(name: Exclude<(typeof SETTINGS)[number], 'extends'>, configuration: Configuration): unknown {
  switch (name) {
    case 'failOn':
      return configuration.failOn ?? DEFAULT_FAIL_ON;
    case 'include':
    case 'exclude':
      return flatMap(configuration[name], ({ patterns }) => patterns);
    case 'honorSuppressionsOf':
      return configuration.honoredTools;
    case 'baseline':
      return configuration.baseline?.name ?? null;
    case 'scenario':
      // Values of parameters can be secrets.
      return configuration.scenario.map(({ kind, name, value }) => (kind === 'parameter' ? name : `${name}=${value}`));
    case 'policies':
      return configuration.policies.map(({ files, kind, service }) => ({
        files,
        kind,
        ...(service ? { service } : {}),
      }));
    case 'parameters':
      return configuration.parameters.map(({ templates, files, values }) => ({
        templates,
        ...(files ? { files: files.map((file) => file.name) } : {}),
        values: [...values.keys()],
      }));
    default:
      return configuration[name as keyof Configuration];
  }
}

function overridden(
  name: 'profile' | 'certainty',
  configuration: Configuration,
  overrides: readonly Override[],
  origins: readonly Span[],
): EffectivePart {
  const override = overrides.findLast((one) => one[name] !== undefined);
  if (override) return { name, value: override[name], origins: [override.at] };
  return { name, value: effectiveSettings(configuration)[name], origins };
}

/** The settings of rules. The last one of a selector applies. */
function ruleParts(settings: readonly RuleSetting[]): readonly EffectivePart[] {
  const last = new Map<string, EffectivePart>();
  for (const { selector, level, options, at } of settings) {
    const named = Object.keys(options).length > 0;
    const value = named ? { ...(level === undefined ? {} : { severity: level }), options } : level;
    last.delete(selector);
    last.set(selector, { name: `rules.${selector}`, value, origins: [at] });
  }
  return [...last.values()];
}

function suppressionPart(entry: Suppression, index: number, doc: Uri): readonly EffectivePart[] {
  const { scope, rules, reason, until, at } = entry;
  if (scope.kind !== 'selected' || !scope.includes(doc)) return [];
  return [
    {
      name: `suppressions.${index + 1}`,
      value: {
        rules: rules.map((rule) => rule.name),
        ...(scope.resources ? { resources: scope.resources } : {}),
        ...(scope.value === undefined ? {} : { value: scope.value }),
        ...(reason === undefined ? {} : { reason }),
        ...(until === undefined ? {} : { until }),
      },
      origins: [at],
    },
  ];
}

function tableParts(
  name: string,
  entries: Readonly<Record<string, unknown>>,
  of: (name: string) => readonly Span[],
): readonly EffectivePart[] {
  return Object.entries(entries).map(([key, value]) => ({
    name: `${name}.${key}`,
    value,
    origins: of(`${name}.${key}`),
  }));
}

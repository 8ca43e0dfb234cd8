/** A chosen scenario, in the format of the setting `stackwarden.scenario`. */
export interface Scenario {
  readonly conditions?: Readonly<Record<string, boolean>>;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** The result of `stackwarden/scenarios`: the conditions and parameters of a template. */
export interface ScenarioChoices {
  readonly conditions: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly values: readonly string[];
    /** Whether other values are allowed. */
    readonly open: boolean;
    readonly secret: boolean;
  }[];
}

/** A condition or parameter whose value can be chosen. */
export interface ScenarioSubject {
  readonly kind: 'condition' | 'parameter';
  readonly name: string;
  /** The possible values: `true` and `false` for a condition. */
  readonly values: readonly string[];
  readonly open: boolean;
  /** The chosen value. */
  readonly value: string | undefined;
}

/**
 * The conditions and parameters to choose from, conditions first. Secret parameters are left out, because choices are
 * stored and shown.
 */
export function subjectsOf(
  { conditions, parameters }: ScenarioChoices,
  scenario: Scenario,
): readonly ScenarioSubject[] {
  return [
    ...conditions.map((name): ScenarioSubject => ({
      kind: 'condition',
      name,
      values: ['true', 'false'],
      open: false,
      value: textOf(scenario.conditions, name),
    })),
    ...parameters
      .filter(({ secret }) => !secret)
      .map(({ name, values, open }): ScenarioSubject => ({
        kind: 'parameter',
        name,
        values,
        open,
        value: textOf(scenario.parameters, name),
      })),
  ];
}

/** The scenario with another value; without a value, the term is removed. */
export function withValue(
  scenario: Scenario,
  { kind, name }: Pick<ScenarioSubject, 'kind' | 'name'>,
  value: string | undefined,
): Scenario {
  const conditions =
    kind === 'condition'
      ? replaced(scenario.conditions, name, value === undefined ? undefined : value === 'true')
      : (scenario.conditions ?? {});
  const parameters = kind === 'parameter' ? replaced(scenario.parameters, name, value) : (scenario.parameters ?? {});
  return {
    ...(Object.keys(conditions).length > 0 ? { conditions } : {}),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
  };
}

/** Whether a scenario has no terms, so that all scenarios are checked. */
export function isEveryScenario({ conditions = {}, parameters = {} }: Scenario): boolean {
  return Object.keys(conditions).length + Object.keys(parameters).length === 0;
}

/** Parses the setting. Invalid parts are ignored. */
export function parseScenario(setting: unknown): Scenario {
  const { conditions, parameters } = record(setting);
  return {
    ...(conditions === undefined
      ? {}
      : {
          conditions: Object.fromEntries(
            Object.entries(record(conditions)).filter(
              (entry): entry is [string, boolean] => typeof entry[1] === 'boolean',
            ),
          ),
        }),
    ...(parameters === undefined
      ? {}
      : {
          parameters: Object.fromEntries(
            Object.entries(record(parameters)).flatMap(([name, value]) =>
              ['string', 'number', 'boolean'].includes(typeof value) ? [[name, String(value)]] : [],
            ),
          ),
        }),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function textOf(values: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? String(values[name]) : undefined;
}

function replaced<T>(
  values: Readonly<Record<string, T>> = {},
  name: string,
  value: T | undefined,
): Readonly<Record<string, T>> {
  return Object.fromEntries([
    ...Object.entries(values).filter(([other]) => other !== name),
    ...(value === undefined ? [] : [[name, value] as const]),
  ]);
}

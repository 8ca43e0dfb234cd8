/** The options of rules, as settings: their values, and an example. */
import type { RuleOption } from '../model/rule-option.ts';
import type { SettingDoc, SettingValue } from './setting-value.ts';

/** The options of a rule by name, as keys of a configuration. */
export function optionDocs(options: Readonly<Record<string, RuleOption>>): Readonly<Record<string, SettingDoc>> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      { description: option.description, value: valueOf(option), example: exampleOf(option) },
    ]),
  );
}

function valueOf(option: RuleOption): SettingValue {
  switch (option.type) {
    case 'ports':
      return { kind: 'texts', of: { kind: 'text', form: 'port' } };
    case 'number':
      return { kind: 'number', minimum: option.minimum, maximum: option.maximum };
    case 'texts':
      return { kind: 'texts', of: { kind: 'text' } };
  }
}

function exampleOf(option: RuleOption): string {
  switch (option.type) {
    case 'ports':
      return '[9000]';
    case 'number':
      return String(option.example);
    case 'texts':
      return `[${option.example}]`;
  }
}

/** Loads the configuration of a document, and checks the rules that it names. */
import type { Reader } from '../base/snapshot.ts';
import type { Span } from '../base/span.ts';
import type { Configuration } from '../config/configuration.ts';
import { loadConfiguration, type ConfigurationText, type LoadedConfiguration } from '../config/load-configuration.ts';
import { changeTo } from '../config/repair.ts';
import type { Problem } from '../model/finding.ts';
import { optionProblems } from './rule-options.ts';
import { nearestRule, selectedBy } from './configured-rules.ts';

/** The configuration of a file with the files that it extends, each with its problems. */
export function loadedConfiguration(reader: Reader, first: ConfigurationText): LoadedConfiguration {
  const loaded = loadConfiguration(reader, first);
  const { rules, overrides } = loaded.configuration;
  const unknown = [
    ...unknownRules(loaded.configuration),
    ...[...rules, ...overrides.flatMap((one) => one.rules)].flatMap(optionProblems),
  ];
  if (unknown.length === 0) return loaded;
  return {
    ...loaded,
    files: loaded.files.map((file) => ({
      ...file,
      problems: [...file.problems, ...unknown.filter(({ at }) => at.doc === file.doc)].toSorted(
        (a, b) => a.at.start - b.at.start,
      ),
    })),
  };
}

/** The rules of settings that do not exist. Those of suppressions are findings. */
function unknownRules({ rules, overrides }: Configuration): readonly Problem[] {
  return [...rules, ...overrides.flatMap((one) => one.rules)].flatMap(({ selector, at }) =>
    selectedBy(selector).length > 0 ? [] : unknownRule(selector, at),
  );
}

function unknownRule(name: string, at: Span): Problem {
  const nearest = nearestRule(name);
  return {
    at,
    kind: 'document',
    message: `No rule is named "${name}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`,
    ...(nearest === undefined ? {} : { repairs: () => [changeTo(at, at, nearest)] }),
  };
}

/** Loads the configuration of a document, and checks the rules that it names. */
import { flatMap } from '../base/flat-map.ts';
import type { Reader } from '../base/snapshot.ts';
import type { Span, Uri } from '../base/span.ts';
import { folderOf } from '../base/uri.ts';
import type { Configuration } from '../config/configuration.ts';
import { findConfiguration } from '../config/find-configuration.ts';
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
    ...flatMap([...rules, ...flatMap(overrides, (one) => one.rules)], optionProblems),
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

/**
 * A configuration with what those of the folders above enforce, up to the root: a nested file cannot allow suppressions
 * that a team forbids.
 */
export function enforced(configuration: Configuration, reader: Reader, doc: Uri, root: Uri): Configuration {
  const above = findConfiguration(reader, folderOf(doc), root);
  if (above?.answer.kind !== 'text') return configuration;
  const { doc: of, answer } = above;
  const upper = loadConfiguration(reader, { doc: of, text: answer.text });
  return enforced(limitedBy(upper, configuration), reader, of, root);
}

/** A configuration that allows no suppressions beyond what one above states. */
function limitedBy(
  { configuration: upper, origins }: LoadedConfiguration,
  configuration: Configuration,
): Configuration {
  return {
    ...configuration,
    inlineSuppressions: configuration.inlineSuppressions && upper.inlineSuppressions,
    honoredTools: origins.has('honorSuppressionsOf')
      ? configuration.honoredTools.filter((tool) => upper.honoredTools.includes(tool))
      : configuration.honoredTools,
    requireSuppressionReason:
      configuration.requireSuppressionReason ||
      (origins.has('requireSuppressionReason') && upper.requireSuppressionReason),
  };
}

/** A configuration without a baseline that the reader refuses, such as one outside the root, which is reported. */
export function withConfinedBaseline(loaded: LoadedConfiguration, reader: Reader): LoadedConfiguration {
  const { baseline, ...configuration } = loaded.configuration;
  if (!baseline) return loaded;
  const reason = refusedReason(reader, baseline.uri);
  const [at] = loaded.origins.get('baseline') ?? [];
  if (reason === undefined || !at) return loaded;
  const problem: Problem = { at, kind: 'document', message: `${baseline.name} ${reason}.` };
  return {
    ...loaded,
    configuration,
    files: loaded.files.map((file) =>
      file.doc === at.doc ? { ...file, problems: [...file.problems, problem] } : file,
    ),
  };
}

/** Why a file must not be read or written; undefined if it may. */
function refusedReason(reader: Reader, doc: Uri): string | undefined {
  const answer = reader.head(doc);
  if (answer.kind === 'refused') return answer.reason;
  // A file that does not exist would be created in its folder, which can be a link.
  const folder = answer.kind === 'missing' ? reader.folder(folderOf(doc)) : undefined;
  return folder === 'outside' || folder === 'refused'
    ? 'is in a directory that is outside the root folder, or cannot be read'
    : undefined;
}

/** The rules of settings that do not exist. Those of suppressions are findings. */
function unknownRules({ rules, overrides }: Configuration): readonly Problem[] {
  return flatMap([...rules, ...flatMap(overrides, (one) => one.rules)], ({ selector, at }) =>
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

import type { Snapshot } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { loadInputs } from '../formats/cloudformation/load-inputs.ts';
import { scenarioChoices, type ScenarioChoices } from '../formats/cloudformation/scenario.ts';
import { isTemplate } from '../model/format.ts';
import type { ReadingOptions } from './analysis.ts';
import { Documents } from './documents.ts';
import type { ParseCache } from './parse-cache.ts';
import { givenBy } from './given.ts';

/** The conditions and parameters for scenarios of a template in a complete snapshot; undefined for other documents. */
export function scenariosOf(
  snapshot: Snapshot,
  doc: Uri,
  options: ReadingOptions,
  cache: ParseCache,
): ScenarioChoices | undefined {
  const documents = new Documents(snapshot, cache);
  const detection = documents.detection(doc);
  if (!detection || !isTemplate(detection.format)) return undefined;
  const tree = documents.tree(doc, detection.language);
  return tree && scenarioChoices(tree, loadInputs(documents, tree, givenBy(options))?.inputs.deployments ?? []);
}

/** Templates of CloudFormation and SAM, with their nested templates, parameter files and scenario. */
import { generatesResources } from '../../model/format.ts';
import type { Uri } from '../../base/span.ts';
import { comparedLiterals } from '../cloudformation/compared-literals.ts';
import { loadInputs } from '../cloudformation/load-inputs.ts';
import { loadNested, type ReadTemplate } from '../cloudformation/load-nested.ts';
import { scenarioWithin } from '../cloudformation/scenario.ts';
import { problemFinder } from '../cloudformation/problems/stack-problems.ts';
import { readingTemplate } from '../cloudformation/stack.ts';
import {
  readDocument,
  type Detection,
  type DocumentReader,
  type DocumentUnit,
  type LoadedStack,
  type SeenInputs,
} from '../format.ts';
import { isGenerated } from '../generated.ts';
import type { Given } from '../given.ts';
import { linksFor, servicesOfTemplate } from '../relations/load-links.ts';
import { carriersByType, type PolicyLocations } from '../policy-locations.ts';
import { findingSecrets } from '../secret-places.ts';
import { loadTransform } from '../sam/load-transform.ts';

/** The stack of a template. Templates of both formats can nest each other. */
export function loadTemplate(
  { id: doc, format, language }: DocumentUnit,
  documents: DocumentReader,
  given: Given,
): readonly LoadedStack[] | undefined {
  const read = readTemplate(documents, doc, { format, language });
  if (!read) return undefined;
  if (read === 'unreadable') return [];
  const within = new Map<Uri, SeenInputs>();
  const nested = loadNested(documents, read.tree, (other, found) => {
    const one = readTemplate(documents, other, found);
    if (!one || one === 'unreadable') return one;
    const scenario = scenarioWithin(one.tree, given.scenario);
    within.set(other, { deployments: [], scenario: scenario?.shown ?? [] });
    return !scenario
      ? one
      : {
          ...one,
          source: (inner) => ({ ...one.source(inner), inputs: { deployments: [], scenario: scenario.chosen } }),
        };
  });
  const inputs = loadInputs(documents, read.tree, given);
  if (!nested || !inputs) return undefined;
  const seen = new Map([...within, [doc, inputs.seen]]);
  return [
    {
      documents: [doc, ...nested.documents],
      dependencies: [doc, ...nested.dependencies, ...inputs.dependencies],
      incomplete: [...nested.incomplete, ...inputs.incomplete],
      unit: { id: doc, documents: [doc], within: nested.documents },
      inputs: seen,
      isGiven: [...seen.values()].some(({ deployments, scenario }) => deployments.length > 0 || scenario.length > 0),
      services: () => new Set([...read.services(), ...nested.services()]),
      isDivisible: true,
      *building() {
        yield* findingSecrets(read.tree);
        yield;
        yield* comparedLiterals.steps(read.tree);
        yield;
        const template = yield* readingTemplate({
          ...read.source(nested.sources()),
          inputs: inputs.inputs,
          stated: given.account,
        });
        const finder = problemFinder(template.templates);
        return {
          stack: template.stack,
          get problems() {
            return [...finder.problems(), ...nested.problems, ...inputs.problems];
          },
          findingProblems: () => finder.finding(),
          evaluations: template.evaluations,
          exhausted: template.exhausted,
        };
      },
    },
  ];
}

/** Reads a template; undefined until it is read. */
function readTemplate(
  documents: DocumentReader,
  doc: Uri,
  { format, language }: Pick<Detection, 'format' | 'language'>,
): ReadTemplate | 'unreadable' | undefined {
  const transform = generatesResources(format) ? loadTransform(documents) : 'none';
  const read = readDocument<{ locations: PolicyLocations }>(
    documents,
    { doc, language },
    { locations: 'iam/locations' },
  );
  if (!read || !transform) return undefined;
  if (read === 'unreadable') return 'unreadable';
  const { tree, data } = read;
  const linksOf = linksFor(documents, [...servicesOfTemplate(tree), ...(transform === 'none' ? [] : transform.made)]);
  if (!linksOf) return undefined;
  return {
    tree,
    services: () => (transform === 'none' ? new Set() : transform.services(tree)),
    source: (nested) => ({
      tree,
      format,
      carriers: carriersByType(data.locations),
      linksOf,
      generated: isGenerated(doc),
      nested,
      ...(transform === 'none' ? {} : { transformation: transform.of(tree) }),
    }),
  };
}

import { StepAllowance } from '../base/budget.ts';
import { addTo } from '../base/groups.ts';
import { isolated } from '../base/isolation.ts';
import type { Span, Uri } from '../base/span.ts';
import { endsStep, finished, type Steps } from '../base/steps.ts';
import { folderOf } from '../base/uri.ts';
import {
  builtStack,
  type BuiltStack,
  type Detection,
  type DocumentReader,
  type DocumentUnit,
  type LoadedStack,
  type Unit,
} from '../formats/format.ts';
import { READERS } from '../formats/readers/readers.ts';
import type { Given } from '../formats/given.ts';
import { traitsOf, type CheckedFormat, type Format } from '../model/format.ts';
import type { ReadingOptions } from './analysis.ts';
import type { Documents } from './documents.ts';
import { givenBy, withoutValues } from './given.ts';

/** The maximum number of steps to build a stack from its trees. */
const STEPS_OF_BUILD = 20_000_000;

/** The stacks of the named documents; undefined until all files are read. */
export function loadStacks(
  documents: Documents,
  detections: ReadonlyMap<Uri, Detection>,
  options: ReadingOptions,
): readonly LoadedStack[] | undefined {
  return finished(loadingStacks(documents, detections, options));
}

/** Does `loadStacks` in steps. */
export function* loadingStacks(
  documents: Documents,
  detections: ReadonlyMap<Uri, Detection>,
  options: ReadingOptions,
): Steps<readonly LoadedStack[] | undefined> {
  const given = givenBy(options);
  const stacks: LoadedStack[] = [];
  let lacking = false;
  const named = new Set(documents.snapshot.named);
  for (const [index, unit] of unitsOf(detections).entries()) {
    if (endsStep(index)) yield { stage: 'reading', done: named.size, total: named.size };
    const at = startOf(unit.documents[0]);
    const { format } = unit;
    if (format === 'none') continue;
    // A document that cannot be evaluated affects only its own stack.
    const loaded = isolated(
      () => at,
      () => READERS[format].load(unit, documents, given),
      () => [],
    );
    if (!loaded) lacking = true;
    else
      stacks.push(
        ...loaded.map((stack, place) => ({
          ...stack,
          building: () => buildingWithin(stack, format, at),
          ...(stack.isGiven ? { general: () => generalOf(unit, format, documents, given, place) } : {}),
        })),
      );
  }
  return lacking ? undefined : withoutNested(stacks).filter((stack) => stack.documents.some((doc) => named.has(doc)));
}

/** A stack of a unit without given values. The reader has nothing of the last version of the unit, which has them. */
function generalOf(
  unit: DocumentUnit,
  format: CheckedFormat,
  documents: Documents,
  given: Given,
  place: number,
): LoadedStack | undefined {
  const at = startOf(unit.documents[0]);
  const reader: DocumentReader = {
    snapshot: documents.snapshot,
    want: () => undefined,
    detection: (doc) => documents.detection(doc),
    tree: (doc, language) => documents.tree(doc, language),
    folder: (uri) => documents.folder(uri),
    data: (name) => documents.data(name),
  };
  const stack = isolated(
    () => at,
    () => READERS[format].load(unit, reader, withoutValues(given)),
    () => undefined,
  )?.[place];
  return stack && { ...stack, building: () => buildingWithin(stack, format, at) };
}

/** The documents that form one stack together, in the order of their first documents. */
function unitsOf(detections: ReadonlyMap<Uri, Detection>): readonly DocumentUnit[] {
  const units = new Map<string, DocumentUnit & { readonly documents: [Uri, ...Uri[]] }>();
  for (const [doc, { format, language }] of detections) {
    const id = traitsOf(format)?.unit === 'directory' ? folderOf(doc) : doc;
    const key = `${format} ${id}`;
    const known = units.get(key);
    if (known) known.documents.push(doc);
    else units.set(key, { format, id, documents: [doc], language });
  }
  return [...units.values()];
}

/** Builds a stack in steps and within a limit. A stack that cannot be built is empty. */
function* buildingWithin(loaded: LoadedStack, format: Format, at: Span): Generator<void, BuiltStack, undefined> {
  const steps = loaded.building();
  const allowance = new StepAllowance(STEPS_OF_BUILD, undefined);
  const empty = (): { readonly done: true; readonly value: BuiltStack } => ({
    done: true,
    value: unbuilt(loaded, format),
  });
  for (;;) {
    const step = isolated<IteratorResult<void, BuiltStack>>(
      () => at,
      () =>
        allowance.part<IteratorResult<void, BuiltStack>>(
          () => steps.next(),
          () => ({ done: true, value: { ...unbuilt(loaded, format), exhausted: () => true } }),
        ),
      empty,
    );
    if (step.done) return step.value;
    yield;
  }
}

/** The empty stack that replaces one that cannot be built. */
function unbuilt({ documents }: LoadedStack, format: Format): BuiltStack {
  return builtStack({
    format,
    documents,
    resources: [],
    policies: [],
    parameters: [],
    closed: false,
    byAddress: () => undefined,
  });
}

function startOf(doc: Uri): Span {
  return { doc, start: 0, end: 0 };
}

/**
 * Removes units that another checked unit contains: a nested template, a module, or a policy that a configuration
 * reads is checked where it is used. In a cycle no unit contains the others. Callers in the folder of a module, such
 * as examples and tests, are ignored.
 */
function withoutNested(stacks: readonly LoadedStack[]): readonly LoadedStack[] {
  const within = new Map<Uri, Unit[]>();
  for (const { unit } of stacks) for (const id of unit?.within ?? []) addTo(within, id, unit!);
  return stacks.filter(
    ({ unit }) =>
      !unit ||
      !(within.get(unit.id) ?? []).some(
        (around) => !unit.within.includes(around.id) && !around.id.startsWith(`${unit.id}/`),
      ),
  );
}

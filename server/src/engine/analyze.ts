/**
 * The entry points of the engine. `gather` returns what must be read next; `analyze` evaluates the read documents. Both
 * are pure and synchronous: their only input is the snapshot.
 */
import { flatMap } from '../base/flat-map.ts';
import { addTo, groupedBy } from '../base/groups.ts';
import { inert } from '../base/inert.ts';
import type { Snapshot, SnapshotRequest } from '../base/snapshot.ts';
import { distinctPlaces, isolated, notingFailures } from '../base/isolation.ts';
import { memoize } from '../base/memoize.ts';
import { once } from '../base/once.ts';
import type { Span, Uri } from '../base/span.ts';
import { endsStep, finished, withProgress, type Progress, type Steps } from '../base/steps.ts';
import { onDay } from '../base/today.ts';
import { some } from '../base/words.ts';
import { readParameterFile } from '../formats/cloudformation/parameter-file.ts';
import type { Detection, Incomplete, LoadedStack } from '../formats/format.ts';
import { refusals } from '../formats/refusals.ts';
import { writtenSecrets, writtenSecretsAmong, type WrittenSecret } from '../formats/secret-places.ts';
import { nearAny } from '../base/near-any.ts';
import type { Finding, Problem } from '../model/finding.ts';
import type { Suppression } from '../model/suppression.ts';
import { suppressionsIn } from '../suppression/suppressions.ts';
import type { Tree } from '../syntax/tree.ts';
import type { Analysis, AnalysisOptions, DocumentAnalysis, ReadingOptions } from './analysis.ts';
import { buildingAll, buildingOnce, generatorsIn, isImpossible } from './analyzed-stacks.ts';
import { checkingSource } from './check-parts.ts';
import { checkingDocuments, type Checked } from './check.ts';
import { inResources } from './cut-places.ts';
import { documentTexts } from './document-texts.ts';
import { withFingerprints } from './fingerprints.ts';
import { detecting } from './detections.ts';
import { Documents } from './documents.ts';
import { withFailures } from './failed-places.ts';
import { GeneralFixes } from './general-fixes.ts';
import type { StackCalls } from './known-calls.ts';
import type { ParseCache } from './parse-cache.ts';
import { placeTexts } from './place-texts.ts';
import type { Draft } from './report.ts';
import { Reporting } from './reporting.ts';
import { actionsIn, iamIn, requestServices } from './service-data.ts';
import { settling } from './settle.ts';
import { configurationFindings, suppressionFindings } from './suppression-findings.ts';
import { Suppressions } from './suppressing.ts';
import { loadingStacks } from './stacks.ts';
import { stepping } from './stepping.ts';
import { UncheckedFiles } from './unchecked-files.ts';

/** The requests of a snapshot for the files and data that its named documents need. Call again until there are none. */
export function gather(snapshot: Snapshot, options: ReadingOptions, cache: ParseCache): readonly SnapshotRequest[] {
  return finished(gathering(snapshot, options, cache));
}

/** Does `gather` in steps. */
export function* gathering(
  snapshot: Snapshot,
  options: ReadingOptions,
  cache: ParseCache,
): Steps<readonly SnapshotRequest[]> {
  const documents = new Documents(snapshot, cache);
  const detected = yield* detecting(documents, options);
  for (const [doc, detection] of detected)
    if (isRead(detection)) yield* withProgress(documents.parsing(doc, detection.language), () => reading(snapshot));
  for (const [index, stack] of ((yield* loadingStacks(documents, detected, options)) ?? []).entries()) {
    isolated(
      () => ({ doc: stack.documents[0]!, start: 0, end: 0 }),
      () => requestServices(documents, stack),
      () => undefined,
    );
    if (endsStep(index)) yield reading(snapshot);
  }
  // Without a stack, a document is checked as text.
  for (const [doc, detection] of detected) if (isRead(detection) && !snapshot.file(doc)) documents.want({ file: doc });
  return [...documents.wanted.values()];
}

/**
 * Analyzes the named documents of a complete snapshot. Values that cannot be evaluated are unknown and reported as
 * problems.
 */
export function analyze(snapshot: Snapshot, options: AnalysisOptions, cache: ParseCache): Analysis {
  return finished(analyzing(snapshot, options, cache));
}

/** Does `analyze` in steps. */
export function* analyzing(snapshot: Snapshot, options: AnalysisOptions, cache: ParseCache): Steps<Analysis> {
  const whole: StackCalls[] = [];
  const steps = analyzed(snapshot, options, cache, whole);
  const failures: Span[] = [];
  for (;;) {
    // The day and the list of failures are module state, which must not be left behind between steps.
    const { value: step, failures: more } = notingFailures(() => onDay(options.today, () => steps.next()));
    failures.push(...more);
    if (step.done) {
      // Only calls with complete results are known in the next version.
      if (failures.length === 0) for (const calls of whole) calls.keep();
      return withFailures(step.value, distinctPlaces(failures));
    }
    yield step.value;
  }
}

/** @param whole Receives the rule calls for each stack, if it was checked completely. */
function* analyzed(
  snapshot: Snapshot,
  options: AnalysisOptions,
  cache: ParseCache,
  whole: StackCalls[],
): Steps<Analysis> {
  const documents = new Documents(snapshot, cache);
  const detected = yield* detecting(documents, options);
  const loaded = yield* loadingStacks(documents, detected, options);
  if (!loaded) throw new Error('The snapshot is missing a file that gather requests.');
  const stacks = buildingOnce(loaded);
  const suppressions = new Suppressions(
    flatMap(snapshot.named, (doc) => suppressionsOf(documents, doc, detected.get(doc)!, options)),
    options.configuration,
    options.today,
  );
  const reporting = new Reporting(snapshot.named, options, suppressions);
  const { rules } = reporting;
  const checkOptions = {
    configuration: options.configuration,
    reported: reporting.reported,
    places: placeTexts(documents, () => stacks.map((stack) => stack.build().stack)),
  };
  // A stack can have more findings than a call can have arguments, so lists are concatenated.
  let drafts: readonly Draft[] = [];
  let problems: readonly Problem[] = [];
  const incomplete = [...refusals(documents, snapshot.named), ...flatMap(stacks, (stack) => stack.incomplete)];
  let ruleCalls = 0;
  const waiting = new UncheckedFiles(snapshot.named, stacks);
  const progress = (): Progress => waiting.progress();
  // Stacks refer to each other's text, so they are all built before the first is checked.
  const areAllBuilt = yield* buildingAll(stacks, options, progress);
  const [iam, actions] = [iamIn(documents), actionsIn(documents)];
  const context = { ...checkOptions, today: options.today, iam, actions };
  const calls: (StackCalls | undefined)[] = [];
  if (areAllBuilt) {
    if (cache.knownCalls)
      for (const source of stacks)
        calls.push(yield* withProgress(cache.knownCalls.starting(source.build().stack, context), progress));
    options.built?.({ documents, detected, stacks });
    yield progress();
  }
  for (const [index, source] of stacks.entries()) {
    if (!areAllBuilt || options.stopped?.()) break;
    const first = source.documents[0]!;
    if (isImpossible(source))
      incomplete.push({ doc: first, reason: 'is not checked because its chosen scenario is impossible' });
    const knownCalls = calls[index];
    const lookup = {
      ...context,
      quiet: cache.quiet,
      knownCalls,
      ...(options.cancelled ? { cancelled: options.cancelled } : {}),
      ...(options.released ? { released: options.released } : {}),
      ...(options.expired ? { expired: options.expired } : {}),
    };
    const checked = yield* checkingSource(
      source,
      { documents, large: options.largeStack },
      { rules, options: lookup, progress },
    );
    ruleCalls += checked.calls;
    drafts = drafts.concat(checked.drafts);
    yield progress();
    yield* stepping(source, source.build().findingProblems?.(), progress);
    const own = isolated(
      () => ({ doc: first, start: 0, end: 0 }),
      () => source.build().problems,
      () => [],
    );
    problems = problems.concat(own, checked.problems);
    incomplete.push(
      ...[...groupedBy(checked.cutShort, ({ doc }) => doc)].map(([doc, places]) => ({
        doc,
        reason: `exceeds the limit of combinations of conditions and values${inResources(places)}, so findings may be missing`,
      })),
    );
    if (checked.unfinished.size > 0) incomplete.push({ doc: first, reason: unfinished(checked) });
    if (source.exhausted())
      incomplete.push({
        doc: first,
        reason: 'exceeds the limit of repetition and nesting, so findings may be missing',
      });
    if (knownCalls && checked.isRepeatable && !source.exhausted()) whole.push(knownCalls);
    waiting.checked(index);
    yield progress();
  }
  yield progress();
  const unchecked = waiting.files();
  const texts = yield* withProgress(
    checkingDocuments(
      documentTexts(documents, detected).filter(({ doc }) => !unchecked.has(doc)),
      rules,
      { ...checkOptions, ...(options.cancelled ? { cancelled: options.cancelled } : {}) },
    ),
    progress,
  );
  ruleCalls += texts.calls;
  drafts = drafts.concat(texts.drafts);
  problems = problems.concat(texts.problems);
  yield progress();
  const general = new GeneralFixes(areAllBuilt ? stacks : [], reporting.ruleNamed, context);
  const prepared = reporting.prepared(drafts);
  yield* reporting.notingOtherUses(general, progress);
  const reported = yield* withProgress(settling(prepared, rules, reporting.isReported), progress);
  yield progress();
  const findings = withFingerprints(reported, options.today, general);
  yield progress();
  const aboutSuppressions = (doc: Uri): readonly Finding[] =>
    suppressionFindings(
      suppressions.statesIn(doc, reporting.isCompleteIn(doc)),
      reporting.suppressionRules(doc),
      reporting.in(doc),
      (of) => documents.tree(of)?.text,
    );
  const findingsIn = groupedBy(findings, ({ at }) => at.doc);
  const problemsIn = groupedBy(problems, ({ at }) => at.doc);
  const valueFiles = new Set(
    flatMap(stacks, ({ inputs, documents: own, dependencies }) =>
      inputs ? dependencies.filter((doc) => !own.includes(doc)) : [],
    ),
  );
  const stacksOf = new Map<Uri, LoadedStack[]>();
  for (const stack of stacks) for (const doc of stack.documents) addTo(stacksOf, doc, stack);
  const generators = new Map(areAllBuilt ? flatMap(stacks, generatorsIn) : []);
  options.keep?.({ documents, detected, stacks, findingsIn: (doc) => findingsIn.get(doc) ?? [] });
  const reportsUnused =
    options.coversConfiguration && options.configuration.reportUnusedSuppressions && unchecked.size === 0;
  const entryUse = { complete: reportsUnused ? reporting.completeRules : [], used: suppressions.usedEntries() };
  return {
    documents: snapshot.named.map((doc) =>
      documentAnalysis(documents, doc, detected.get(doc)!, {
        findings: joined(findingsIn.get(doc) ?? [], aboutSuppressions(doc)),
        problems: problemsIn.get(doc) ?? [],
        stacks: stacksOf.get(doc) ?? [],
        isValues: valueFiles.has(doc),
        generator: generators.get(doc),
      }),
    ),
    incomplete: distinct(incomplete),
    configured: configurationFindings(options, entryUse),
    entryUse,
    unchecked,
    work: { ruleCalls, evaluations: stacks.reduce((sum, stack) => sum + stack.evaluations(), 0) },
    dependencies: new Map(snapshot.named.map((doc) => [doc, dependenciesOf(doc, stacksOf.get(doc) ?? [])])),
  };
}

/** The progress of reading the named documents again, which are read already. */
function reading({ named }: Snapshot): Progress {
  return { stage: 'reading', done: named.length, total: named.length };
}

/** The dependencies of the findings in a document. The documents of a directory share one set. */
function dependenciesOf(doc: Uri, stacks: readonly LoadedStack[]): ReadonlySet<Uri> {
  const shared = stacks.length === 1 ? dependencySet(stacks[0]!) : undefined;
  return shared?.has(doc) ? shared : new Set([doc, ...flatMap(stacks, ({ dependencies }) => dependencies)]);
}

const dependencySet = memoize(({ dependencies }: LoadedStack): ReadonlySet<Uri> => new Set(dependencies));

/** The documents that a unit includes, besides its own. */
const nestedOf = memoize(({ documents, unit }: LoadedStack): readonly Uri[] => {
  const own = new Set(unit!.documents);
  return [...new Set([...documents, ...(unit!.files ?? [])])].filter((doc) => !own.has(doc));
});

function distinct(incomplete: readonly Incomplete[]): readonly Incomplete[] {
  return [
    ...new Map(incomplete.map(({ doc, reason }) => [`${doc} ${reason}`, { doc, reason: inert(reason) }])).values(),
  ];
}

/** The suppressions that are written in a document. */
function suppressionsOf(
  documents: Documents,
  doc: Uri,
  detection: Detection,
  { configuration }: AnalysisOptions,
): readonly Suppression[] {
  const tree = isRead(detection) ? documents.tree(doc, detection.language) : undefined;
  return tree ? suppressionsIn(tree, { format: detection.format, honored: configuration.honoredTools }) : [];
}

/** Findings of two kinds in the order of the text. */
function joined(findings: readonly Finding[], more: readonly Finding[]): readonly Finding[] {
  return more.length === 0 ? findings : [...findings, ...more].toSorted((a, b) => a.at.start - b.at.start);
}

/** Why rules did not finish. */
function unfinished({ unfinished: rules, unfinishedIn, late }: Checked): string {
  return `exceeds the ${late ? 'time' : 'work'} limit of an analysis${inResources(unfinishedIn)}, so findings of ${some(
    [...rules].map(({ id }) => id),
    3,
  )} may be missing`;
}

/** Whether a document is parsed completely. */
function isRead({ format, parameterFile }: Detection): boolean {
  return format !== 'none' || parameterFile === true;
}

/** The findings of a document, and the stacks that it belongs to. */
interface InDocument {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly stacks: readonly LoadedStack[];
  /** Whether a template has its parameter values from the document. */
  readonly isValues: boolean;
  /** The tool that generated the document, if known. */
  readonly generator: string | undefined;
}

function documentAnalysis(
  documents: Documents,
  doc: Uri,
  detection: Detection,
  { findings, problems, stacks, isValues, generator }: InDocument,
): DocumentAnalysis {
  const tree: Tree | undefined = isRead(detection) ? documents.tree(doc, detection.language) : undefined;
  // The templates that use it have reported the same problems.
  const own = detection.parameterFile && tree && problems.length === 0 ? (readParameterFile(tree)?.problems ?? []) : [];
  const inputs = flatMap(stacks, (stack) => stack.inputs?.get(doc) ?? [])[0];
  const leading = stacks.find(({ unit }) => unit?.documents.includes(doc));
  const nested = leading ? nestedOf(leading) : [];
  const syntax = (tree?.problems ?? []).map((problem): Problem => ({
    at: { doc, start: problem.start, end: problem.end },
    message: problem.message,
    kind: 'syntax',
  }));
  const secrets = once(() => secretsBeside(documents, [doc, ...findings.map(({ at }) => at.doc)], writtenSecrets));
  return {
    doc,
    format: detection.format,
    ...(generator === undefined
      ? { reason: detection.reason }
      : { reason: `${detection.reason}; generated by ${generator}`, generator }),
    problems: [...syntax, ...own, ...problems]
      .map((problem): Problem => ({ ...problem, message: inert(problem.message) }))
      .toSorted((a, b) => a.at.start - b.at.start || a.at.end - b.at.end),
    findings,
    get secrets() {
      return secrets();
    },
    secretsNear: (shown, distance) => {
      const shownIn = groupedBy(shown, (at) => at.doc);
      return secretsBeside(documents, [...shownIn.keys()], (tree, of) =>
        writtenSecretsAmong(tree, nearAny(shownIn.get(of)!, distance)),
      );
    },
    ...(detection.format === 'none' && (detection.parameterFile || isValues) ? { parameterFile: true } : {}),
    ...(inputs ? { inputs } : {}),
    ...(nested.length > 0 ? { nested } : {}),
  };
}

/** The ranges of credentials in documents. */
function secretsBeside(
  documents: Documents,
  docs: readonly Uri[],
  secretsOf: (tree: Tree, doc: Uri) => readonly WrittenSecret[],
): readonly Span[] {
  return flatMap([...new Set(docs)], (doc) => {
    const tree = documents.tree(doc);
    return tree ? secretsOf(tree, doc).map(({ start, end }) => ({ doc, start, end })) : [];
  });
}

/** The engine and the machine on Node.js. */
import { CANDIDATE_FILES } from '../model/format.ts';
import { isConfigurationFile } from '../base/configuration-file.ts';
import { withinBudget } from '../base/budget.ts';
import { nameOf } from '../base/uri.ts';
import type { AnalysisOptions } from '../engine/analysis.ts';
import type { Engine, Machine, World } from './engine.ts';
import { LARGEST_IN_EDITOR } from './reading.ts';

/** The world of a server; `schemas` is the folder with the data of the program. */
export function nodeWorld(schemas: string): World {
  return { engine: once(loadEngine), machine: once(() => loadMachine(schemas)) };
}

async function loadEngine(): Promise<Engine> {
  const [
    { collect, running },
    { analyze },
    { fixAll },
    { ParseCache },
    { LookCache },
    { findConfiguration },
    { inForce },
    { isExcluded },
    { enforced, loadedConfiguration },
    { configurationFindings },
    { DEFAULT_CONFIGURATION },
    { inspect },
    { hoverAt },
    { scenariosOf },
    { explainAt },
    { completeAt },
    { settingCard },
    { describedAction, describedKey },
    { referenceOver },
    { nearestQuery, searchRules },
    { suppressionOffers },
    { RULES },
    { baselineMarker },
  ] = await Promise.all([
    import('../engine/run.ts'),
    import('../engine/analyze.ts'),
    import('../engine/fix-all.ts'),
    import('../engine/parse-cache.ts'),
    import('../engine/look-cache.ts'),
    import('../config/find-configuration.ts'),
    import('../config/given.ts'),
    import('../config/file-selection.ts'),
    import('../engine/load-configuration.ts'),
    import('../engine/suppression-findings.ts'),
    import('../config/configuration.ts'),
    import('../engine/inspect.ts'),
    import('../hover/hover.ts'),
    import('../engine/scenarios.ts'),
    import('../engine/explain.ts'),
    import('../engine/complete.ts'),
    import('../engine/setting-card.ts'),
    import('../policy/data/described.ts'),
    import('../policy/data/reference.ts'),
    import('../engine/rule-search.ts'),
    import('../engine/suppression-offers.ts'),
    import('../rules/index.ts'),
    import('./baseline.ts'),
  ]);
  const cache = new ParseCache(undefined, new LookCache());
  // Completion parses a text with a mark, which must not replace the tree of the document.
  const marked = new ParseCache();
  const mark = baselineMarker();
  return {
    analyse: async (reader, named, options, pause) => {
      const steps = running(reader, named, asOfToday(options), cache);
      for (;;) {
        const step = steps.next();
        await pause();
        if (step.done) return mark(step.value, options.configuration, reader);
      }
    },
    fixAll: (reader, named, options) => fixAll(reader, named, asOfToday(options)),
    card: (reader, doc, offset, level, options) => {
      const { today } = asOfToday(options);
      const snapshot = collect(reader, [doc], options, cache);
      const inspected = withinBudget(
        options.expired,
        () => inspect(snapshot, doc, options, cache),
        () => undefined,
      );
      if (!inspected) return undefined;
      return hoverAt({
        ...inspected,
        ...(options.expired ? { expired: options.expired } : {}),
        offset,
        level,
        findings: () => analyze(snapshot, { ...options, today }, cache).documents[0]?.findings ?? [],
        today,
        data: (name) => reader.data(name),
      });
    },
    setting: settingCard,
    complete: (reader, doc, offset, options) => completeAt(reader, doc, offset, options, marked),
    describe: (reader, { what, name }) => {
      const reference = referenceOver((file) => reader.data(file));
      return reference && (what === 'action' ? describedAction(name, reference) : describedKey(name, reference));
    },
    explain: (reader, doc, offset, options) =>
      explainAt(collect(reader, [doc], options, cache), doc, offset, asOfToday(options), cache),
    scenarios: (reader, doc, options) => scenariosOf(collect(reader, [doc], options, cache), doc, options, cache),
    rules: (search) => {
      const found = search.trim() === '' ? RULES : searchRules(search, RULES);
      const nearest = found.length > 0 ? undefined : nearestQuery(search, RULES);
      return {
        rules: found.map(({ id, title, severity, profile }) => ({ id, title, severity, profile })),
        ...(nearest === undefined ? {} : { nearest }),
      };
    },
    suppressions: (reader, root, configuration, finding) =>
      suppressionOffers(reader, root, configuration, finding, cache),
    configuration: (reader, doc, root, settings) => {
      // A file that is made to be extended is checked as a configuration itself.
      const found = isConfigurationFile(nameOf(doc))
        ? { doc, answer: reader.file(doc) }
        : findConfiguration(reader, doc, root);
      const loaded =
        found?.answer.kind === 'text'
          ? loadedConfiguration(reader, { doc: found.doc, text: found.answer.text })
          : undefined;
      const configuration =
        found && loaded ? enforced(loaded.configuration, reader, found.doc, root) : DEFAULT_CONFIGURATION;
      const options = { configuration, ...inForce(configuration, settings) };
      return {
        options,
        problems: loaded?.files.flatMap(({ problems }) => problems) ?? [],
        findings: loaded ? configurationFindings(asOfToday(options)) : [],
        isExcluded: isExcluded(configuration, doc),
        ...(found?.answer.kind === 'refused' ? { unread: `${found.doc} ${found.answer.reason}` } : {}),
      };
    },
  };
}

/** What is asked, with the day on which it is. */
function asOfToday<T extends AnalysisOptions>(options: T): T & { readonly today: string } {
  return { ...options, today: new Date().toISOString().slice(0, 10) };
}

async function loadMachine(schemas: string): Promise<Machine> {
  const [{ nodeReader }, { rootOf }, { discover }, { schemaData }, { pathOf, uriOf }] = await Promise.all([
    import('../host/node.ts'),
    import('../host/root.ts'),
    import('../host/discover.ts'),
    import('../host/schema-data.ts'),
    import('../host/uri.ts'),
  ]);
  return {
    reader: (root) => {
      const path = root === undefined ? undefined : pathOf(root);
      if (path !== undefined) return nodeReader({ root: path, schemas, largest: LARGEST_IN_EDITOR });
      return {
        file: () => ({ kind: 'missing' }),
        head: () => ({ kind: 'missing' }),
        folder: () => 'missing',
        data: (name) => schemaData(schemas, name),
      };
    },
    rootOf: (file) => {
      const path = pathOf(file);
      return path === undefined ? file : uriOf(rootOf(path));
    },
    candidates: (folder) => {
      const path = pathOf(folder);
      return path === undefined ? [] : discover([path], path, CANDIDATE_FILES).files.map((file) => uriOf(file.path));
    },
  };
}

/** Memoizes an asynchronous result; a failed attempt is repeated. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}

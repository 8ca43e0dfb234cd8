/** The engine of the server on Node.js. It is loaded after the server has started. */
import { flatMap } from '../base/flat-map.ts';
import { withinBudget } from '../base/budget.ts';
import type { Reader } from '../base/snapshot.ts';
import { isConfigurationFile } from '../base/configuration-file.ts';
import { nameOf } from '../base/uri.ts';
import { DEFAULT_CONFIGURATION } from '../config/configuration.ts';
import { isExcluded } from '../config/file-selection.ts';
import { findConfiguration } from '../config/find-configuration.ts';
import { effectiveSettings } from '../config/given.ts';
import { Unchecked, type AnalysisOptions } from '../engine/analysis.ts';
import { analyze } from '../engine/analyze.ts';
import { documentStack, stacksOf, type AnalyzedStacks, type FinishedStacks } from '../engine/analyzed-stacks.ts';
import { completeAt } from '../engine/complete.ts';
import { Explanations } from '../engine/explanations.ts';
import { documentRules, type DocumentRules } from '../engine/configured-rules.ts';
import { explaining } from '../engine/explain.ts';
import { fixAll } from '../engine/fix-all.ts';
import { enforced, loadedConfiguration } from '../engine/load-configuration.ts';
import { NearFindings } from '../engine/near-findings.ts';
import { ParseCache } from '../engine/parse-cache.ts';
import { pathsAt } from '../engine/paths-at.ts';
import { propertyStatus } from '../engine/property-status.ts';
import { canonicalTypes } from '../engine/canonical-types.ts';
import { nearestQuery, searchRules } from '../engine/rule-search.ts';
import { collect, running } from '../engine/run.ts';
import { scenariosOf } from '../engine/scenarios.ts';
import { settingCard } from '../engine/setting-card.ts';
import { configurationFindings } from '../engine/suppression-findings.ts';
import { suppressionOffers } from '../engine/suppression-offers.ts';
import { hoverAt, ownershipAt, type HoverLevel, type HoverRequest } from '../hover/responsibility/hover.ts';
import { describedAction, describedKey } from '../policy/data/described.ts';
import { referenceOver } from '../policy/data/reference.ts';
import type { Finding } from '../model/finding.ts';
import { RULES } from '../rules/index.ts';
import type { AnyRule } from '../rules/rule.ts';
import { baselineMarker } from './baseline.ts';
import { Activity } from './activity.ts';
import type { DocumentOffset, Engine } from './engine.ts';
import { RecentStacksCache } from './recent-stacks.ts';
import type { ListedRule } from './rules.ts';

/** An engine with caches of its own. A server has one for its lifetime. */
export function nodeEngine(): Engine {
  const cache = new ParseCache({ edits: true });
  // Completion parses a text with a mark, which must not replace the tree of the document.
  const marked = new ParseCache({ edits: true });
  const mark = baselineMarker();
  const recent = new RecentStacksCache();
  const explanations = new Explanations();
  const analyses = new Activity();
  // A user waits for an explanation, and for an analysis only after a pause.
  const requests = new Activity();
  return {
    analyze: async (reader, named, options, pause, open) => {
      for (const doc of named)
        if (!open.includes(doc)) {
          recent.forget(doc);
          explanations.forget(doc);
        }
      let unchecked: AnalyzedStacks | undefined;
      const built = (stacks: AnalyzedStacks): void => {
        recent.keepBuilt(open, (unchecked = stacks));
        options.built?.(stacks);
      };
      const keep = (stacks: FinishedStacks): void => recent.keep(open, stacks);
      const kept = open.length > 0 ? { built, keep } : {};
      const steps = running(reader, named, { ...asOfToday(options), ...kept }, cache);
      const end = analyses.start();
      try {
        for (;;) {
          const step = steps.next();
          await pause();
          await requests.ended();
          if (step.done) return mark(step.value, options.configuration, reader);
        }
      } finally {
        if (unchecked) recent.drop(unchecked);
        end();
      }
    },
    fixAll: (reader, named, options) => fixAll(reader, named, asOfToday(options)),
    recent: (doc, text) => recent.of(doc, text),
    built: (doc, text) => recent.built(doc, text),
    forget: (doc) => recent.forget(doc),
    prepare: async (doc, options, pause, isComparison) => {
      const stacks = recent.last(doc);
      const steps = stacks && explanations.preparing(stacks, doc, asOfToday(options), isComparison);
      while (steps?.next().done === false) {
        await pause();
        await analyses.ended();
        await requests.ended();
      }
    },
    changed: ({ doc, listed }) => (doc === undefined ? recent.forgetAll() : recent.changed(doc, listed)),
    card: async (reader, at, level, options, pause) => {
      const end = requests.start();
      try {
        const near = nearFindings(at, options, explanations);
        const place = { doc: at.doc, start: at.offset, end: at.offset };
        const steps = near?.finding(place);
        while (steps?.next().done === false) await pause();
        const request = hoverRequest(reader, at, level, options, cache, near);
        return request && hoverAt(request);
      } finally {
        end();
      }
    },
    ownership: (reader, at, options) => {
      const request = hoverRequest(reader, at, 'all', options, cache);
      return request && ownershipAt(request);
    },
    paths: async (reader, { doc, offset, stacks }, options, pause) => {
      const analyzed = () => stacks ?? stacksOf(collect(reader, [doc], options, cache), options, cache);
      const steps = pathsAt(analyzed, doc, offset, asOfToday(options));
      for (;;) {
        const step = steps.next();
        if (step.done) return step.value;
        await pause();
      }
    },
    setting: settingCard,
    complete: (reader, doc, offset, options) => completeAt(reader, doc, offset, options, marked, cache),
    describe: (reader, { what, name }) => {
      const reference = referenceOver((file) => reader.data(file));
      return reference && (what === 'action' ? describedAction(name, reference) : describedKey(name, reference));
    },
    explain: async (reader, { doc, offset, stacks }, options, pause) => {
      const steps = explaining(
        () => stacks ?? stacksOf(collect(reader, [doc], options, cache), options, cache),
        doc,
        offset,
        asOfToday(options),
        ...(stacks ? [explanations.of.bind(explanations)] : []),
      );
      const end = requests.start();
      try {
        for (;;) {
          const step = steps.next();
          if (step.done) return step.value;
          await pause();
        }
      } finally {
        end();
      }
    },
    scenarios: (reader, doc, options) => scenariosOf(collect(reader, [doc], options, cache), doc, options, cache),
    rules: (search, data, of) => {
      const words = search.trim();
      const found = words === '' ? RULES : searchRules(words, RULES, canonicalTypes(words, data));
      const nearest = found.length > 0 ? undefined : nearestQuery(search, RULES);
      const applied = of && documentRules(of.options, of.doc);
      return { rules: found.map((rule) => listed(rule, applied)), ...(nearest === undefined ? {} : { nearest }) };
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
      const options = { configuration, ...effectiveSettings(configuration, settings) };
      return {
        options,
        problems: flatMap(loaded?.files ?? [], ({ problems }) => problems),
        findings: loaded ? configurationFindings(asOfToday(options)) : [],
        excludes: (other) => isExcluded(configuration, other),
        ...(found?.answer.kind === 'refused' ? { unread: `${found.doc} ${found.answer.reason}` } : {}),
      };
    },
  };
}

/** The findings near an offset in stacks that are not checked yet; undefined if all are known, or can be found. */
function nearFindings(
  { doc, stacks }: DocumentOffset,
  options: AnalysisOptions,
  explanations: Explanations,
): NearFindings | undefined {
  const today = asOfToday(options);
  const found = stacks && !stacks.findingsIn ? documentStack(stacks, doc) : undefined;
  return found && new NearFindings(stacks!, found, explanations.of(stacks!, found, today), today);
}

/** What a card at an offset depends on; undefined if the document has no stack, or the time budget is exhausted. */
function hoverRequest(
  reader: Reader,
  { doc, offset, stacks }: DocumentOffset,
  level: HoverLevel,
  options: AnalysisOptions,
  cache: ParseCache,
  near?: NearFindings,
): HoverRequest | undefined {
  const { today } = asOfToday(options);
  const snapshot = stacks?.documents.snapshot ?? collect(reader, [doc], options, cache);
  const analyzed = stacks ?? stacksOf(snapshot, options, cache);
  const inspected = withinBudget(
    options.expired,
    () => documentStack(analyzed, doc),
    () => undefined,
  );
  if (!inspected) return undefined;
  const findings = (): readonly Finding[] => {
    if (!stacks)
      return analyze(snapshot, { ...options, certainty: 'certain', today }, cache).documents[0]?.findings ?? [];
    if (!stacks.findingsIn) throw new Unchecked();
    return stacks.findingsIn(doc).filter(isCertain);
  };
  return {
    ...inspected,
    ...(options.expired ? { expired: options.expired } : {}),
    offset,
    level,
    findings,
    ...(near ? { findingsIn: (places) => near.in(places).filter(isCertain) } : {}),
    statusOf: propertyStatus(inspected.stack, analyzed.documents, options),
    isOn: (rule, { parts: [part] }) => documentRules(options, part?.doc ?? doc).isOn(rule),
    today,
    data: (name) => reader.data(name),
  };
}

function isCertain({ certainty }: Finding): boolean {
  return certainty === 'certain';
}

/** A rule as it is configured for a document. */
function listed({ id, title, severity, profile }: AnyRule, applied: DocumentRules | undefined): ListedRule {
  const set = applied?.severityOf(id);
  const configured = applied?.isOff(id) ? 'off' : set ? 'severity' : applied?.isForced(id) ? 'on' : undefined;
  return { id, title, severity: set ?? severity, profile, ...(configured ? { configured } : {}) };
}

/** Options with the current date. */
function asOfToday<T extends object>(options: T): T & { readonly today: string } {
  return { ...options, today: new Date().toISOString().slice(0, 10) };
}

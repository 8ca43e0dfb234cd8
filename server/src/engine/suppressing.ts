/** Decides which findings are suppressed, and what became of each suppression. */
import { flatMap } from '../base/flat-map.ts';
import { addTo, groupedBy } from '../base/groups.ts';
import type { Span, Uri } from '../base/span.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Aliases, Peer } from '../model/finding.ts';
import {
  suppressionToolFacts,
  type Suppressed,
  type SuppressedRule,
  type Suppression,
  type SuppressionTool,
} from '../model/suppression.ts';
import type { SuppressionState } from '../rules/suppression-check.ts';
import { nearestRule, selectedBy } from './configured-rules.ts';
import { namedByLongName } from './long-check-names.ts';
import type { Draft } from './report.ts';
import { acceptedValues } from './accepted-value.ts';

/** The settings of a configuration about suppressions. */
type SuppressionSettings = Pick<
  Configuration,
  'inlineSuppressions' | 'honoredTools' | 'requireSuppressionReason' | 'suppressions'
>;

/** What an analysis used of a configuration, as plain data, so that the uses of several batches can be united. */
export interface EntryUse {
  /** The rules whose findings were all computed; none for an interrupted analysis. */
  readonly complete: readonly string[];
  /** For each suppression of the configuration, the indexes of those of its rules that have a finding. */
  readonly used: readonly (readonly number[])[];
}

/** The use of a configuration by several batches. */
export function mergedUse(uses: readonly EntryUse[]): EntryUse {
  return {
    complete: [...new Set(flatMap(uses, ({ complete }) => complete))],
    used: (uses[0]?.used ?? []).map((_, entry) => [...new Set(flatMap(uses, ({ used }) => used[entry]!))]),
  };
}

/** The suppressions of an analysis, by document for those that concern one. */
export class Suppressions {
  readonly #settings: SuppressionSettings;
  readonly #today: string | undefined;
  readonly #inDocument = new Map<Uri, Suppression[]>();
  readonly #used = new Map<Suppression, Set<SuppressedRule>>();

  /**
   * Without a day, no suppression is expired.
   * @param used What is used of the configuration already.
   */
  constructor(
    inline: Iterable<Suppression>,
    settings: SuppressionSettings,
    today: string | undefined,
    used: EntryUse['used'] = [],
  ) {
    this.#settings = settings;
    this.#today = today;
    for (const [index, rules] of used.entries()) {
      const suppression = settings.suppressions[index]!;
      this.#used.set(suppression, new Set(rules.map((rule) => suppression.rules[rule]!)));
    }
    for (const suppression of inline) addTo(this.#inDocument, suppression.at.doc, suppression);
  }

  /** Whether there are any. */
  get isEmpty(): boolean {
    return this.#inDocument.size === 0 && this.#settings.suppressions.length === 0;
  }

  /** The IDs of the rules that our suppressions name. All their findings have to be computed. */
  namedRules(where: 'in documents' | 'everywhere'): ReadonlySet<string> {
    const ours = [
      ...[...this.#inDocument.values()].flat().filter(({ tool }) => tool === 'stackwarden'),
      ...(where === 'everywhere' ? this.#settings.suppressions : []),
    ];
    return new Set(flatMap(ours, ({ rules }) => flatMap(rules, ({ name }) => selectedBy(name).map(({ id }) => id))));
  }

  /** The IDs of the rules that our suppressions name, none of whose findings was noted. */
  unusedRules(): ReadonlySet<string> {
    const ours = [...[...this.#inDocument.values()].flat(), ...this.#settings.suppressions];
    return new Set(
      flatMap(
        ours.filter(({ tool }) => tool === 'stackwarden'),
        (one) =>
          flatMap(
            one.rules.filter((rule) => !this.#used.get(one)?.has(rule)),
            ({ name }) => selectedBy(name).map(({ id }) => id),
          ),
      ),
    );
  }

  /** Notes the suppressions that a draft uses, also one that is not reported, and returns the first in force. */
  of(draft: Draft): Suppressed | null {
    let first: Suppressed | null = null;
    const peers: Suppression[] = [];
    for (const suppression of [...(this.#inDocument.get(placeOf(draft).doc) ?? []), ...this.#settings.suppressions]) {
      if (suppression.error || !isInScope(suppression, draft)) continue;
      if (suppressionToolFacts(suppression.tool).ids) {
        if (this.#isInForce(suppression)) peers.push(suppression);
        continue;
      }
      const rules = suppression.rules.filter(({ name }) => namesRule(suppression.tool, name, draft));
      if (rules.length === 0 && !isAboutAll(suppression)) continue;
      const used = this.#used.get(suppression) ?? new Set();
      for (const rule of rules) used.add(rule);
      this.#used.set(suppression, used);
      if (!first && this.#isInForce(suppression)) first = suppressedBy(suppression);
    }
    const [peer] = first ? [] : coveringPeers(peers, draft);
    return peer ? suppressedBy(peer) : first;
  }

  /** What became of our suppressions in a document. `isChecked` states whether all findings of a rule were computed. */
  statesIn(doc: Uri, isChecked: (rule: string) => boolean): readonly SuppressionState[] {
    return (this.#inDocument.get(doc) ?? [])
      .filter(({ tool }) => tool === 'stackwarden')
      .map((suppression) => this.#stateOf(suppression, isChecked));
  }

  /** What became of the entries of the configuration. */
  configured(isChecked: (rule: string) => boolean): readonly SuppressionState[] {
    return this.#settings.suppressions.map((suppression) => this.#stateOf(suppression, isChecked));
  }

  /** The entries of the configuration that are used. */
  usedEntries(): EntryUse['used'] {
    return this.#settings.suppressions.map((suppression) =>
      [...(this.#used.get(suppression) ?? [])].map((rule) => suppression.rules.indexOf(rule)),
    );
  }

  #stateOf(suppression: Suppression, isChecked: (rule: string) => boolean): SuppressionState {
    const used = this.#used.get(suppression);
    const daysLeft = this.#daysLeft(suppression);
    return {
      suppression,
      rules: suppression.rules.map((rule) => {
        const named = selectedBy(rule.name);
        const nearest = named.length > 0 ? undefined : nearestRule(rule.name);
        return {
          rule,
          known: named.length > 0,
          ...(nearest === undefined ? {} : { nearest }),
          ...(named.every(({ id }) => isChecked(id)) ? { used: used?.has(rule) === true } : {}),
        };
      }),
      ...(daysLeft === undefined ? {} : { daysLeft }),
      isAllowed: this.#isAllowed(suppression),
      lacksReason: this.#lacksReason(suppression),
    };
  }

  #isInForce(suppression: Suppression): boolean {
    const daysLeft = this.#daysLeft(suppression);
    return this.#isAllowed(suppression) && !this.#lacksReason(suppression) && (daysLeft === undefined || daysLeft > 0);
  }

  #isAllowed({ kind, tool }: Suppression): boolean {
    if (kind === 'configuration') return true;
    return this.#settings.inlineSuppressions && (tool === 'stackwarden' || this.#settings.honoredTools.includes(tool));
  }

  /** Other tools do not require reasons. */
  #lacksReason({ tool, reason }: Suppression): boolean {
    return tool === 'stackwarden' && this.#settings.requireSuppressionReason && !/[\p{L}\p{N}]/u.test(reason ?? '');
  }

  #daysLeft({ until }: Suppression): number | undefined {
    if (until === undefined || this.#today === undefined) return undefined;
    return Math.round((Date.parse(until) - Date.parse(this.#today)) / MILLISECONDS_OF_DAY) + 1;
  }
}

const MILLISECONDS_OF_DAY = 24 * 60 * 60 * 1000;

function suppressedBy({ kind, tool, reason, until, at }: Suppression): Suppressed {
  return { kind, tool, ...(reason === undefined ? {} : { reason }), ...(until === undefined ? {} : { until }), at };
}

/** Whether a suppression without rules is about all of them. Only those of KICS can be. */
export function isAboutAll({ tool, rules }: Suppression): boolean {
  return tool === 'kics' && rules.length === 0;
}

/** Whether a name is that of the rule of a finding: by the rule, or by the ids of another tool for this finding. */
export function namesRule(
  tool: SuppressionTool,
  name: string,
  { rule, aliases }: Pick<Draft, 'rule' | 'aliases'>,
): boolean {
  if (tool === 'stackwarden') return selectedBy(name).some(({ id }) => id === rule);
  const peer = suppressionToolFacts(tool).ids;
  if (peer === undefined) return false;
  const ids = idsOf(aliases, peer);
  return idsNamed(peer, name).some((id) => id === rule || ids.includes(id));
}

/**
 * The suppressions of one other tool that together name all of its checks that a finding stands for; none if there are
 * no such. If only some of the checks are skipped, that tool reports the others too.
 */
export function coveringPeers(
  suppressions: readonly Suppression[],
  finding: Pick<Draft, 'rule' | 'aliases'>,
): readonly Suppression[] {
  for (const [tool, own] of groupedBy(suppressions, (one) => suppressionToolFacts(one.tool).ids)) {
    const ids = tool === undefined ? [] : idsOf(finding.aliases, tool);
    const named = new Set(tool ? flatMap(own, ({ rules }) => flatMap(rules, ({ name }) => idsNamed(tool, name))) : []);
    if (named.has(finding.rule) || (ids.length > 0 && ids.every((id) => named.has(id))))
      return own.filter((one) => one.rules.some(({ name }) => namesRule(one.tool, name, finding)));
  }
  return [];
}

function idsOf(aliases: Aliases, peer: Peer): readonly string[] {
  return (aliases[peer] ?? []).map(normal);
}

/** The ids of checks, or of rules for some long names, that a name in a suppression of another tool selects. */
function idsNamed(peer: Peer, name: string): readonly string[] {
  return (peer === 'trivy' ? namedByLongName(name) : undefined) ?? [normal(name)];
}

/** Trivy accepts ids with and without `AVD-`. */
function normal(id: string): string {
  return id.toUpperCase().replace(/^AVD-/, '');
}

/** The place at which a draft is shown. */
function placeOf({ shownAt, at }: Draft): Span {
  return shownAt ?? at;
}

function isInScope({ scope }: Suppression, draft: Draft): boolean {
  const at = placeOf(draft);
  switch (scope.kind) {
    case 'file':
      return at.doc === scope.doc;
    case 'range':
      return isIn(scope.in, at) && isAccepted(scope.value, draft);
    case 'selected':
      return (
        scope.includes(at.doc) &&
        (!scope.resources || scope.resources.some((pattern) => isResource(pattern, draft))) &&
        isAccepted(scope.value, draft)
      );
  }
}

function isIn(range: Span, at: Span): boolean {
  return at.doc === range.doc && range.start <= at.start && at.start <= range.end;
}

function isAccepted(value: string | undefined, draft: Draft): boolean {
  return value === undefined || acceptedValues(draft).includes(value);
}

function isResource(pattern: string, { resource, subjects, instance }: Draft): boolean {
  const matches = matcherOf(pattern);
  // Accepting one of several affected resources does not accept the others.
  return (
    [resource, instance].some((address) => typeof address === 'string' && matches(address)) ||
    (subjects.length > 0 && subjects.every(matches))
  );
}

/** A pattern in which `*` matches any characters. */
export function matcherOf(pattern: string): (address: string) => boolean {
  const parts = pattern.split('*');
  return (address) => {
    if (parts.length === 1) return address === pattern;
    const last = parts.at(-1)!;
    if (!address.startsWith(parts[0]!) || !address.endsWith(last)) return false;
    let at = parts[0]!.length;
    for (const part of parts.slice(1, -1)) {
      const found = address.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= address.length - last.length;
  };
}

/**
 * A small engine that can do what the real one does, over texts that tests can be written in.
 *
 * A document is ours when it has the word `toy`. Each word `bad-SEVERITY` is a finding, `bad-SEVERITY-maybe` a possible
 * one; the safe fix writes `good`, the suggestion `better`, which for a critical one replaces the resource. One of
 * severity info is unnecessary. `uses NAME` is a finding of high severity when the file NAME in the same folder has the
 * word `open`; `lists NAME` when there is such a file. `halfway` is a syntax problem, `crash` an error of the engine.
 * `slow` takes until `release`, also the paths of a resource; so does `stubborn`, which never pauses and asks whether
 * it is cancelled instead. On the word `card` there is a card; `value` and `value-card` are explained as something that
 * is evaluated, `plain` and `plain-card` as something that is plainly written. On a word that begins with `toy-` two
 * things are offered, and with the word `many` there are more. The findings of a document with the word `suppressible`
 * can be suppressed.
 */
import { fingerprintOf } from '../../../server/src/base/hash.ts';
import type { FileAnswer, Reader } from '../../../server/src/base/snapshot.ts';
import type { Span, Uri } from '../../../server/src/base/span.ts';
import { DEFAULT_CONFIGURATION } from '../../../server/src/config/configuration.ts';
import { effectiveSettings } from '../../../server/src/config/given.ts';
import { Cancelled, type AnalysisOptions, type DocumentAnalysis } from '../../../server/src/engine/analysis.ts';
import type { Engine, Machine, ServerWorld } from '../../../server/src/lsp/engine.ts';
import type { Impact } from '../../../server/src/model/edit.ts';
import type { Finding, LoweredFix, Severity } from '../../../server/src/model/finding.ts';
import type { PathGraph } from '../../../server/src/reachability/path-graph.ts';

export class ToyWorld implements ServerWorld {
  /** The files on disk. */
  readonly files = new Map<Uri, string>();
  /** The documents that were analyzed, one entry for each time. */
  readonly analysed: (readonly Uri[])[] = [];
  /** The outcomes of slow documents. */
  readonly slow: ('finished' | 'cancelled')[] = [];
  loads = 0;
  #release: (() => void) | undefined;
  #released = false;

  engine(): Promise<Engine> {
    this.loads++;
    return Promise.resolve({
      analyze: async (reader, named, options, pause) => {
        this.analysed.push(named);
        const documents: DocumentAnalysis[] = [];
        const dependencies = new Map<Uri, Set<Uri>>();
        for (const doc of named) {
          const used = new Set([doc]);
          dependencies.set(doc, used);
          documents.push(analysis(doc, reader, options, used));
          const text = textOf(reader.file(doc));
          if (/\bslow\b/.test(text)) await this.#slowly(pause);
          if (/\bstubborn\b/.test(text))
            await this.#slowly(() => (options.cancelled?.() ? Promise.reject(new Cancelled()) : Promise.resolve()));
        }
        return {
          documents,
          incomplete: [],
          configured: [],
          entryUse: { complete: [], used: [] },
          unchecked: new Set<Uri>(),
          work: { ruleCalls: 0, evaluations: 0 },
          dependencies,
        };
      },
      fixAll: (reader, named) => {
        const texts = new Map(named.map((doc) => [doc, textOf(reader.file(doc)).replace(/\bbad-\S+/g, 'good')]));
        return { texts, passes: 1, fixed: new Map(), refused: [] };
      },
      recent: () => undefined,
      built: () => undefined,
      forget: () => undefined,
      prepare: () => Promise.resolve(),
      changed: () => undefined,
      card: async (reader, { doc, offset }, level) => {
        const word = /\bcard\b/.exec(textOf(reader.file(doc)));
        return word && word.index <= offset && offset <= word.index + 4
          ? {
              title: 'Toy *1*',
              verdict: { text: `at ${level}`, cite: [{ url: 'https://a.example/' }] },
              lines: [
                {
                  label: 'You',
                  parts: [
                    { text: 'all', cite: [] },
                    { text: 'more', cite: [] },
                  ],
                  separator: ', ',
                },
              ],
              heading: 'In this toy',
              hasPaths: true,
              range: { start: word.index, end: word.index + 4 },
            }
          : undefined;
      },
      setting: (_doc, text, offset) => {
        const word = /\bsetting\b/.exec(text);
        return word && word.index <= offset && offset <= word.index + 7
          ? {
              range: { start: word.index, end: word.index + 7 },
              name: 'setting',
              lines: ['What it *does*.'],
              written: [{ label: 'Values', texts: ['on', 'off'] }],
              rules: [{ id: 'toy-high', title: 'Toys should be good', severity: 'high', profile: 'strict' }],
              more: 2,
            }
          : undefined;
      },
      complete: (reader, doc, offset) => {
        const text = textOf(reader.file(doc));
        const word = [...text.matchAll(/\btoy-(\w*)/g)].find(
          ({ 0: { length }, index }) => index <= offset && offset <= index + length,
        );
        if (!word) return undefined;
        const range = { start: word.index, end: word.index + word[0].length };
        return {
          cut: text.includes('many'),
          items: [
            {
              label: 'toy-train',
              kind: 'action',
              detail: 'on rails',
              about: { what: 'action', name: 'toy:train' },
              edit: { range, filter: 'toy-train', pieces: ['toy-train'] },
            },
            {
              label: 'toy-$',
              kind: 'service',
              goesOn: true,
              edit: { range, filter: 'toy-$', pieces: ['toy-$', { blank: '' }, ' ', { blank: 'N}' }] },
            },
          ],
        };
      },
      suppressions: (reader, root, _configuration, { rule, at }) => {
        const text = textOf(reader.file(at.doc));
        if (!/\bsuppressible\b/.test(text)) return [];
        const common = { doc: at.doc, text, creates: false };
        const range = { start: at.end, end: at.end };
        return [
          { ...common, title: `Ignore ${rule} here`, range, newText: '\n{$} why\n', reason: { start: 5, end: 8 } },
          { ...common, title: `Ignore ${rule} too`, range, newText: ', too' },
          {
            title: `Ignore ${rule} in a file`,
            doc: `${root}/new.yaml`,
            text: '',
            creates: true,
            range: { start: 0, end: 0 },
            newText: 'reason: why',
            reason: { start: 8, end: 11 },
          },
        ];
      },
      describe: (_reader, { name }) => ({ text: `What *${name}* does.`, url: 'https://a.example/' }),
      rules: (search) => ({ rules: [{ id: 'toy', title: `found by ${search}`, severity: 'low', profile: 'strict' }] }),
      scenarios: (reader, doc) => {
        const conditions = [...textOf(reader.file(doc)).matchAll(/\bif (\w+)/g)].map(([, name]) => name!);
        return conditions.length > 0
          ? { conditions, parameters: [{ name: 'Stage', values: ['dev', 'prod'], open: false, secret: false }] }
          : undefined;
      },
      ownership: (reader, { doc, offset }) =>
        /\bcard\b/.exec(textOf(reader.file(doc)).slice(offset)) ? '# Toy\n' : undefined,
      paths: async (reader, { doc, offset }, _options, pause) => {
        const text = textOf(reader.file(doc));
        if (/\bslow\b/.test(text)) await this.#slowly(pause);
        const word = /\bcard\b/.exec(text.slice(offset));
        return word ? pathGraphOf({ doc, start: offset + word.index, end: offset + word.index + 4 }) : undefined;
      },
      explain: async (reader, { doc, offset }, { profile }, pause) => {
        await pause();
        const text = textOf(reader.file(doc));
        const word = [...text.matchAll(/\b(?:value(?:-card)?|plain(?:-card)?)\b/g)].find(
          ({ 0: { length }, index }) => index <= offset && offset <= index + length,
        );
        if (!word) return undefined;
        const at = { doc, start: word.index, end: word.index + word[0].length };
        return {
          at,
          computed: word[0].startsWith('value'),
          atKey: false,
          onlyBelow: false,
          explanation: {
            what: 'value',
            text: word[0],
            at,
            moreOutcomes: 0,
            parts: [],
            outcomes: [
              {
                result: { state: 'known', text: 'a`b', literal: true },
                when: [],
                byDefault: true,
                from: [{ what: 'default', name: `[${profile}]`, at }],
              },
            ],
          },
          decisions: [
            {
              rule: 'toy-high',
              title: 'Toys are good',
              profile: 'strict',
              verdicts: [{ what: 'not-applicable' }],
              here: [{ what: 'not-applicable' }],
              read: [],
              assumed: [],
            },
          ],
        };
      },
      configuration: (reader, doc, root, settings) => {
        reader.file(`${root}/.stackwarden.yaml`);
        return {
          options: { configuration: DEFAULT_CONFIGURATION, ...effectiveSettings(DEFAULT_CONFIGURATION, settings) },
          findings: [],
          excludes: () => false,
          problems: doc.endsWith('/.stackwarden.yaml')
            ? [{ at: { doc, start: 0, end: 3 }, message: 'There is no such setting.', kind: 'document' }]
            : [],
        };
      },
    });
  }

  machine(): Promise<Machine> {
    const answer = (uri: Uri): FileAnswer => {
      const text = this.files.get(uri);
      return text === undefined ? { kind: 'missing' } : { kind: 'text', text, version: text };
    };
    const below = (folder: Uri): Uri[] => [...this.files.keys()].filter((file) => file.startsWith(`${folder}/`));
    return Promise.resolve({
      reader: (root) => ({
        file: (uri) =>
          root !== undefined && uri.startsWith(root) ? answer(uri) : { kind: 'refused', reason: 'is outside the root' },
        head: answer,
        folder: (uri) => below(uri).filter((file) => !file.slice(uri.length + 1).includes('/')),
        data: () => null,
      }),
      rootOf: (file) => file.slice(0, file.lastIndexOf('/')),
      candidates: (folder) =>
        below(folder)
          .filter((file) => /\.(yaml|json)$/.test(file))
          .sort(),
    });
  }

  /** Lets the analysis of slow documents finish from now on. */
  release(): void {
    this.#released = true;
    this.#release?.();
  }

  async #slowly(pause: () => Promise<void>): Promise<void> {
    const released = new Promise<void>((resolve) => {
      this.#release = resolve;
    });
    try {
      while (!this.#released) {
        await Promise.race([released, new Promise((resolve) => setTimeout(resolve, 5))]);
        await pause();
      }
      this.slow.push('finished');
    } catch (error) {
      this.slow.push('cancelled');
      throw error;
    }
  }
}

/** A path from the internet to a toy. */
function pathGraphOf(at: Span): PathGraph {
  const passed = { state: 'open', when: 'when it rains' } as const;
  return {
    subject: { label: 'Toy', detail: 'A::B::Toy' },
    leads: 'to',
    nodes: [
      { id: 'internet', label: 'Internet', detail: '', role: 'outside', state: 'open', when: '' },
      { id: 'n1', label: 'Toy', detail: 'A::B::Toy', role: 'target', state: 'open', when: '', at },
    ],
    edges: [{ id: 'e0', from: 'internet', to: 'n1', state: 'open', steps: [{ text: 'Toy is public', ...passed, at }] }],
    paths: [
      { from: 'internet', to: 'n1', traffic: 'TCP port 1', ...passed, edges: ['e0'], limits: ['a key'], missing: [] },
    ],
    missing: [],
  };
}

function analysis(doc: Uri, reader: Reader, options: AnalysisOptions, used: Set<Uri>): DocumentAnalysis {
  const text = textOf(reader.file(doc));
  if (/\bcrash\b/.test(text)) throw new TypeError(`cannot read ${text}`);
  if (!/\btoy\b/.test(text)) return { doc, format: 'none', reason: 'no toy', problems: [], findings: [] };
  const findings: Finding[] = [];
  const folder = doc.slice(0, doc.lastIndexOf('/'));
  for (const match of text.matchAll(/\bbad-(critical|high|medium|low|info)(-maybe)?\b/g)) {
    const at = { doc, start: match.index, end: match.index + match[0].length };
    if (match[2] && options.certainty === 'certain') continue;
    if (match[1] === 'low' && options.profile === 'essential') continue;
    findings.push(
      finding(at, match[1] as Severity, match[2] ? 'possible' : 'certain', `${match[0]} is bad.`, [
        fixOf('Do better', false, at, 'better', match[1] === 'critical' ? 'replace' : undefined),
        fixOf('Be good', true, at, 'good'),
      ]),
    );
  }
  for (const match of text.matchAll(/\b(uses|lists) (\S+)/g)) {
    const at = { doc, start: match.index, end: match.index + match[1]!.length };
    const other = `${folder}/${match[2]!}`;
    if (match[1] === 'lists') {
      used.add(folder);
      const listed = reader.folder(folder);
      if (typeof listed !== 'string' && listed.includes(other))
        findings.push(finding(at, 'high', 'certain', 'It is there.', []));
      continue;
    }
    used.add(other);
    const open = textOf(reader.file(other)).indexOf('open');
    if (open >= 0)
      findings.push({
        ...finding(at, 'high', 'certain', 'It uses something open.', []),
        related: [{ at: { doc: other, start: open, end: open + 4 }, message: 'It is open here.' }],
      });
  }
  const halfway = text.indexOf('halfway');
  return {
    doc,
    format: 'cloudformation',
    reason: 'a toy',
    findings,
    problems:
      halfway < 0
        ? []
        : [{ at: { doc, start: halfway, end: halfway + 7 }, message: 'It goes no further.', kind: 'syntax' }],
  };
}

function finding(
  at: Span,
  severity: Severity,
  certainty: Finding['certainty'],
  message: string,
  fixes: readonly LoweredFix[],
): Finding {
  return {
    rule: `toy-${severity}`,
    severity,
    certainty,
    topic: 'operations',
    message,
    at,
    ...(severity === 'info' ? { tag: 'unnecessary' } : {}),
    resource: null,
    resourceType: null,
    subjects: [],
    path: '',
    canonicalPath: '',
    valueHash: fingerprintOf(message),
    valueText: undefined,
    decidedBy: undefined,
    when: [],
    aliases: {},
    controls: {},
    related: [],
    fingerprint: message,
    suppressed: null,
    fixes,
    refused: fixes.length > 0 ? [] : [{ title: 'Be good', safe: true, reason: 'It is not a toy.' }],
    profile: 'recommended',
  };
}

function fixOf(title: string, safe: boolean, at: Span, newText: string, impact?: Impact): LoweredFix {
  return { title, safe, ...(impact ? { impact } : {}), edits: [{ doc: at.doc, range: at, newText }] };
}

function textOf(answer: FileAnswer): string {
  return answer.kind === 'text' ? answer.text : '';
}

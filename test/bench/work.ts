/** Counts what an analysis does with documents that are measured. The numbers are the same on every machine. */
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { analyze } from '../../server/src/engine/analyze.ts';
import type { Analysis, AnalysisOptions, Work } from '../../server/src/engine/analysis.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { stepsOf, type Steps } from '../kit/steps.ts';
import { documentNamed } from './documents/catalogue.ts';
import { EditedText } from './measure/edits.ts';

/** The documents whose work is counted: one of each format, and conditions. */
export const COUNTED = [
  'cloudformation-yaml-60k',
  'cloudformation-json-60k',
  'sam-yaml-60k',
  'terraform-hcl-60k',
  'terraform-json-60k',
  'conditions-50',
  'plan-500k',
] as const;

/** The versions of a document whose analyses are counted, and those before, which the server knows already. */
interface Versions {
  readonly known: readonly string[];
  readonly counted: readonly string[];
}

/** How many edits of an author are counted, after some that are not. */
const EDITS_OF_AUTHOR = 10;
const EDITS_BEFORE = 2;

/** Edits whose work is counted. */
const EDITS = {
  /** Letters in descriptions, settings that are turned on and off, and new lines. */
  'edits of': (text: string): Versions => {
    const edited = new EditedText(text);
    const versions = Array.from({ length: EDITS_BEFORE + EDITS_OF_AUTHOR }, () => {
      edited.next();
      return edited.text();
    });
    return { known: versions.slice(0, EDITS_BEFORE), counted: versions.slice(EDITS_BEFORE) };
  },
  /** A longer name of a resource in the middle. */
  'a longer name in': (text: string): Versions => longer(text, text.indexOf('Name', text.length / 2)),
  /** Another literal in the first condition. */
  'another condition in': (text: string): Versions => longer(text, text.indexOf('prod', text.indexOf('Conditions'))),
} satisfies Record<string, (text: string) => Versions>;

function longer(text: string, at: number): Versions {
  return { known: [text], counted: [`${text.slice(0, at)}x${text.slice(at)}`] };
}

type Edited = keyof typeof EDITS;

const TEMPLATES = ['cloudformation-yaml-60k', 'cloudformation-json-60k', 'sam-yaml-60k'] as const;

/** The edits that are counted, with the document. */
export const COUNTED_EDITS: readonly (readonly [edited: Edited, name: string])[] = [
  ...[...TEMPLATES, 'terraform-hcl-60k', 'terraform-json-60k'].map((name) => ['edits of', name] as const),
  ...TEMPLATES.flatMap((name) => [['a longer name in', name] as const, ['another condition in', name] as const]),
];

const OPTIONS: AnalysisOptions = { profile: 'strict', certainty: 'possible', configuration: DEFAULT_CONFIGURATION };

/** What is counted of a document. */
export interface Counts {
  readonly findings: number;
  /** Calls of rules on resources, policies and stacks. */
  readonly ruleCalls: number;
  /** Nodes and expressions that were evaluated. */
  readonly evaluations: number;
  /** How often maps were asked, mostly by operations with scenarios, in thousands. */
  readonly lookups: number;
  /** How many items of lists were looked at, in thousands. */
  readonly visits: number;
  /** How many items were added to lists, in thousands. */
  readonly added: number;
  /** How many characters were searched, in thousands. */
  readonly scanned: number;
}

/** What an analysis says of a document as a whole. */
export interface DocumentOutcome {
  readonly format: string;
  readonly problems: readonly string[];
  readonly incomplete: readonly string[];
}

/** What was said of the documents whose analysis was counted. */
const outcomes = new Map<string, DocumentOutcome>();

/** What is said of a document, which is not analyzed again if its analysis was counted. */
export function documentOutcome(name: string, analysis: () => Analysis): DocumentOutcome {
  return outcomes.get(name) ?? saidBy(analysis());
}

function saidBy({ documents, incomplete }: Analysis): DocumentOutcome {
  const { format, problems } = documents[0]!;
  return {
    format,
    problems: problems.map(({ message }) => message),
    incomplete: incomplete.map(({ reason }) => reason),
  };
}

/** Counts the analysis of a document; what data is made into is kept before, so the first analysis does not count. */
export function countsOf(name: string): Counts {
  const { extension, make } = documentNamed(name);
  const uri = `file:///b/${extension.startsWith('.tf') ? 'main' : 'a'}${extension}`;
  const files = new Map([[uri, make()]]);
  const look = (): ReturnType<typeof analyze> => {
    const cache = new ParseCache();
    return analyze(collect(memoryReader(files), [uri], OPTIONS, cache), OPTIONS, cache);
  };
  outcomes.set(name, saidBy(look()));
  let done: ReturnType<typeof analyze> | undefined;
  const steps = stepsOf(() => {
    done = look();
  });
  return countsIn(done!, done!.work, steps);
}

/** Counts the analyses of a document after edits, which know the version before. */
export function countsOfEdits(edited: Edited, name: string): Counts {
  const { extension, make } = documentNamed(name);
  const uri = `file:///b/main${extension}`;
  const { known, counted } = EDITS[edited](make());
  const cache = new ParseCache({ edits: true });
  const look = (text: string): Analysis => {
    const files = new Map([[uri, text]]);
    return analyze(collect(memoryReader(files), [uri], OPTIONS, cache), OPTIONS, cache);
  };
  for (const version of known) look(version);
  const done: Analysis[] = [];
  const steps = stepsOf(() => {
    for (const version of counted) done.push(look(version));
  });
  const sum = (count: keyof Work): number => done.reduce((all, { work }) => all + work[count], 0);
  return countsIn(done.at(-1)!, { ruleCalls: sum('ruleCalls'), evaluations: sum('evaluations') }, steps);
}

function countsIn({ documents }: Analysis, work: Work, { lookups, visits, added, scanned }: Steps): Counts {
  const thousands = (count: number): number => Math.round(count / 1000);
  return {
    findings: documents[0]!.findings.length,
    ...work,
    lookups: thousands(lookups),
    visits: thousands(visits),
    added: thousands(added),
    scanned: thousands(scanned),
  };
}

/** Counts what an analysis does with documents that are measured. The numbers are the same on every machine. */
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { analyze } from '../../server/src/engine/analyze.ts';
import type { Analysis, AnalysisOptions, Work } from '../../server/src/engine/analysis.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { stepsOf } from '../kit/steps.ts';
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

/** The documents whose edits are counted as well. */
export const COUNTED_EDITS = ['terraform-hcl-60k', 'terraform-json-60k'] as const;

/** The number of edits that are counted, after some that are not. */
const EDITS = 10;

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
  /** How many characters were searched, in thousands. */
  readonly scanned: number;
}

/** The documents whose work after an edit is counted. */
export const EDITED = ['cloudformation-yaml-60k', 'cloudformation-json-60k', 'sam-yaml-60k'] as const;

/** What is counted of the analysis after an edit, which knows the version before. */
export interface EditCounts {
  /** After an edit of a resource. */
  readonly resource: Pick<Counts, 'ruleCalls' | 'evaluations'>;
  /** After an edit of a condition. */
  readonly condition: Pick<Counts, 'ruleCalls' | 'evaluations'>;
}

/** Counts the analyses after a longer name in the middle of a document, and after another literal in its first condition. */
export function editCountsOf(name: string): EditCounts {
  const { extension, make } = documentNamed(name);
  const uri = `file:///b/a${extension}`;
  const text = make();
  const cache = new ParseCache({ edits: true });
  const workOf = (version: string): EditCounts['resource'] => {
    const collected = collect(memoryReader(new Map([[uri, version]])), [uri], OPTIONS, cache);
    return analyze(collected, OPTIONS, cache).work;
  };
  workOf(text);
  const at = text.indexOf('Name', text.length / 2);
  const condition = text.indexOf('Conditions');
  const literal = text.indexOf('prod', condition);
  const edited = (place: number): EditCounts['resource'] => {
    const work = workOf(`${text.slice(0, place)}x${text.slice(place)}`);
    workOf(text);
    return work;
  };
  return { resource: edited(at), condition: edited(literal) };
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
  look();
  let done: ReturnType<typeof analyze> | undefined;
  const { lookups, visits, scanned } = stepsOf(() => {
    done = look();
  });
  return countsIn(done!, done!.work, { lookups, visits, scanned });
}

/** Counts the analyses of several versions of a document that is edited as by an author. */
export function countsOfEdits(name: string): Counts {
  const { extension, make } = documentNamed(name);
  const uri = `file:///b/main${extension}`;
  const text = new EditedText(make());
  const cache = new ParseCache({ edits: true });
  const edit = (): Analysis => {
    text.next();
    const files = new Map([[uri, text.text()]]);
    return analyze(collect(memoryReader(files), [uri], OPTIONS, cache), OPTIONS, cache);
  };
  for (let i = 0; i < EDITS; i++) edit();
  const done: Analysis[] = [];
  const steps = stepsOf(() => {
    for (let i = 0; i < EDITS; i++) done.push(edit());
  });
  const sum = (count: keyof Work): number => done.reduce((all, { work }) => all + work[count], 0);
  return countsIn(done.at(-1)!, { ruleCalls: sum('ruleCalls'), evaluations: sum('evaluations') }, steps);
}

function countsIn(
  { documents }: Analysis,
  work: Work,
  { lookups, visits, scanned }: Pick<Counts, 'lookups' | 'visits' | 'scanned'>,
): Counts {
  const thousands = (count: number): number => Math.round(count / 1000);
  return {
    findings: documents[0]!.findings.length,
    ...work,
    lookups: thousands(lookups),
    visits: thousands(visits),
    scanned: thousands(scanned),
  };
}

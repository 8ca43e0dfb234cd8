/** Counts what an analysis does with documents that are measured. The numbers are the same on every machine. */
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { analyze } from '../../server/src/engine/analyze.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { collect } from '../../server/src/engine/run.ts';
import { memoryReader } from '../kit/memory-reader.ts';
import { stepsOf } from '../kit/steps.ts';
import { documentNamed } from './documents/catalogue.ts';

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
  const thousands = (count: number): number => Math.round(count / 1000);
  return {
    findings: done!.documents[0]!.findings.length,
    ...done!.work,
    lookups: thousands(lookups),
    visits: thousands(visits),
    scanned: thousands(scanned),
  };
}

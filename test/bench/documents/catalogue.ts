/** The documents that are measured, by name. All are made from a seed, so that they are the same in each run. */
import { plan } from '../terraform-records.ts';
import { cloudFormation, smallTemplate } from './cloudformation.ts';
import { entangledConditions, independentConditions } from './conditions.ts';
import { sam, smallSam } from './sam.ts';
import { terraform } from './terraform.ts';

export interface BenchDocument {
  /** The name, which is also the name of its file, without ending. */
  readonly name: string;
  /** How the file ends. */
  readonly extension: string;
  /** The language ID that editors give it. */
  readonly language: string;
  readonly make: () => string;
}

const YAML = { extension: '.yaml', language: 'yaml' } as const;
const JSON_FILE = { extension: '.json', language: 'json' } as const;
const HCL = { extension: '.tf', language: 'terraform' } as const;
const TF_JSON = { extension: '.tf.json', language: 'json' } as const;

/**
 * The resources of large documents are few and long, since a template has at most 500 of them; in JSON templates fewer
 * fit.
 */
const LARGE = { yaml: { detail: 4 }, json: { detail: 3 }, terraform: { detail: 4, mostResources: 500 } } as const;

/** The most resources of a SAM template that become no more than 500, which is the most that CloudFormation deploys. */
const WRITTEN = 167;

export const DOCUMENTS: readonly BenchDocument[] = [
  { name: 'cloudformation-yaml-6k', ...YAML, make: () => smallTemplate('yaml') },
  { name: 'cloudformation-yaml-35k', ...YAML, make: () => cloudFormation(35_000, 'yaml') },
  { name: 'cloudformation-yaml-60k', ...YAML, make: () => cloudFormation(60_000, 'yaml') },
  { name: 'cloudformation-yaml-1m', ...YAML, make: () => cloudFormation(1_000_000, 'yaml', LARGE.yaml) },
  { name: 'cloudformation-json-35k', ...JSON_FILE, make: () => cloudFormation(35_000, 'json') },
  { name: 'cloudformation-json-60k', ...JSON_FILE, make: () => cloudFormation(60_000, 'json') },
  { name: 'cloudformation-json-1m', ...JSON_FILE, make: () => cloudFormation(1_000_000, 'json', LARGE.json) },
  { name: 'sam-yaml-6k', ...YAML, make: () => smallSam('yaml') },
  { name: 'sam-yaml-35k', ...YAML, make: () => sam(35_000, 'yaml') },
  { name: 'sam-yaml-60k', ...YAML, make: () => sam(60_000, 'yaml') },
  { name: 'sam-yaml-330k', ...YAML, make: () => sam(1_000_000, 'yaml', { ...LARGE.yaml, mostResources: WRITTEN }) },
  { name: 'sam-yaml-1m', ...YAML, make: () => sam(1_000_000, 'yaml', LARGE.yaml) },
  { name: 'sam-json-60k', ...JSON_FILE, make: () => sam(60_000, 'json') },
  { name: 'terraform-hcl-6k', ...HCL, make: () => terraform(6_000, 'hcl') },
  { name: 'terraform-hcl-35k', ...HCL, make: () => terraform(35_000, 'hcl') },
  { name: 'terraform-hcl-60k', ...HCL, make: () => terraform(60_000, 'hcl') },
  { name: 'terraform-json-35k', ...TF_JSON, make: () => terraform(35_000, 'json') },
  { name: 'terraform-json-60k', ...TF_JSON, make: () => terraform(60_000, 'json') },
  { name: 'terraform-hcl-1m', ...HCL, make: () => terraform(1_000_000, 'hcl', LARGE.terraform) },
  { name: 'terraform-json-1m', ...TF_JSON, make: () => terraform(1_000_000, 'json', LARGE.terraform) },
  { name: 'terraform-json-1m-1500', ...TF_JSON, make: () => terraform(1_000_000, 'json') },
  { name: 'conditions-50', ...YAML, make: () => independentConditions(50) },
  { name: 'conditions-100', ...YAML, make: () => independentConditions(100) },
  { name: 'conditions-200', ...YAML, make: () => independentConditions(200) },
  { name: 'conditions-entangled-50', ...YAML, make: () => entangledConditions(50) },
  { name: 'plan-500k', ...JSON_FILE, make: () => plan(500_000) },
  { name: 'plan-5m', ...JSON_FILE, make: () => plan(5_000_000) },
  { name: 'plan-50m', ...JSON_FILE, make: () => plan(50_000_000) },
];

/** A document by its name. */
export function documentNamed(name: string): BenchDocument {
  const found = DOCUMENTS.find((document) => document.name === name);
  if (!found) throw new Error(`There is no document ${name}.`);
  return found;
}

/** Many small templates of different content, as in a workspace: each with a name and text. */
export function manyTemplates(count: number): readonly (readonly [name: string, text: string])[] {
  return Array.from({ length: count }, (_, index) => {
    const seed = index + 100;
    return index % 5 === 4
      ? [`service${String(index)}.yaml`, smallSam('yaml', seed)]
      : [`stack${String(index)}.yaml`, smallTemplate('yaml', seed)];
  });
}

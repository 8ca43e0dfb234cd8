/**
 * The formats of documents, with the properties that other layers use. `formats/readers/readers.ts` defines how each
 * format is recognized and read.
 */
import { flatMap } from '../base/flat-map.ts';

export interface FormatTraits {
  /** The name for users. */
  readonly label: string;
  /** The language of its expressions, references and addresses. */
  readonly family: 'cloudformation' | 'terraform' | 'policy';
  /** Whether its expressions include pseudo parameters for the partition, Region and account of the stack. */
  readonly pseudoParameters: boolean;
  /** Whether a transform generates further resources from those in a document. */
  readonly generatesResources: boolean;
  /**
   * The nature of a document: a `source` that people edit, the `plan` that a tool creates from a source, or the
   * `record` of existing resources. Plans and records are not edited. They contain sensitive values next to others,
   * often on one line.
   */
  readonly content: 'source' | 'plan' | 'record';
  /** The files that form one stack: one document, or all documents of its directory. */
  readonly unit: 'document' | 'directory';
  /** Whether it has resources; a policy file has none. */
  readonly hasResources: boolean;
  /** Its inputs, for users; undefined if it has none. */
  readonly inputs: 'Parameters' | 'Variables' | undefined;
  /** Whether its documents can include others, which are checked where they are included. */
  readonly includes: boolean;
  /** The file name endings of its documents; `*` matches any text without a slash. */
  readonly endings: readonly string[];
  /** The file name endings of other files that its findings can depend on. */
  readonly dependencies?: readonly string[];
  /** The language ids of its documents in editors. */
  readonly languageIds: readonly string[];
}

const YAML_OR_JSON = {
  endings: ['yaml', 'yml', 'json', 'template'],
  languageIds: ['yaml', 'json', 'jsonc', 'cloudformation', 'template'],
} as const;
const JSON_ONLY = { endings: ['json'], languageIds: ['json', 'jsonc'] } as const;

const TRAITS = {
  cloudformation: {
    label: 'CloudFormation',
    family: 'cloudformation',
    pseudoParameters: true,
    generatesResources: false,
    content: 'source',
    unit: 'document',
    hasResources: true,
    inputs: 'Parameters',
    includes: true,
    ...YAML_OR_JSON,
  },
  sam: {
    label: 'SAM',
    family: 'cloudformation',
    pseudoParameters: true,
    generatesResources: true,
    content: 'source',
    unit: 'document',
    hasResources: true,
    inputs: 'Parameters',
    includes: true,
    ...YAML_OR_JSON,
  },
  terraform: {
    label: 'Terraform',
    family: 'terraform',
    pseudoParameters: false,
    generatesResources: false,
    content: 'source',
    unit: 'directory',
    hasResources: true,
    inputs: 'Variables',
    includes: true,
    endings: ['tf', 'tofu', 'json'],
    languageIds: ['terraform', 'opentofu', 'json', 'jsonc'],
    dependencies: ['tfvars', 'tftpl'],
  },
  'terraform-plan': {
    label: 'Terraform plan',
    family: 'terraform',
    pseudoParameters: false,
    generatesResources: false,
    content: 'plan',
    unit: 'document',
    hasResources: true,
    inputs: 'Variables',
    includes: false,
    ...JSON_ONLY,
  },
  'terraform-state': {
    label: 'Terraform state',
    family: 'terraform',
    pseudoParameters: false,
    generatesResources: false,
    content: 'record',
    unit: 'document',
    hasResources: true,
    inputs: undefined,
    includes: false,
    ...JSON_ONLY,
    endings: ['json', 'tfstate', 'tfstate.backup', 'tfstate.*.backup'],
  },
  'iam-policy': {
    label: 'IAM policy',
    family: 'policy',
    pseudoParameters: false,
    generatesResources: false,
    content: 'source',
    unit: 'document',
    hasResources: false,
    inputs: undefined,
    includes: false,
    ...YAML_OR_JSON,
  },
} as const satisfies Readonly<Record<string, FormatTraits>>;

/** A format that is checked. */
export type CheckedFormat = keyof typeof TRAITS;

/** The format of a document; `none` if it is not checked. */
export type Format = CheckedFormat | 'none';

/** The traits of each format, in the order of lists. */
export const FORMATS: ReadonlyMap<Format, FormatTraits> = new Map(
  Object.entries(TRAITS) as [CheckedFormat, FormatTraits][],
);

/** The formats with a trait, in the order of lists. */
export function formatsWith(has: (traits: FormatTraits) => boolean): readonly Format[] {
  return flatMap([...FORMATS], ([format, traits]) => (has(traits) ? [format] : []));
}

/** The traits of a format; undefined for `none`. */
export function traitsOf(format: Format): FormatTraits | undefined {
  return FORMATS.get(format);
}

/** The name of a format for users. */
export function formatLabel(format: Format): string {
  return traitsOf(format)?.label ?? 'Not checked';
}

/** Whether a document is a template of CloudFormation or SAM. */
export function isTemplate(format: Format): boolean {
  return traitsOf(format)?.family === 'cloudformation';
}

/** Whether a document is a configuration, plan or state of Terraform. */
export function isTerraform(format: Format): boolean {
  return traitsOf(format)?.family === 'terraform';
}

/** Whether expressions of a format can name the partition, Region and account of the stack by pseudo parameters. */
export function hasPseudoParameters(format: Format): boolean {
  return traitsOf(format)?.pseudoParameters === true;
}

/** Whether resources of a format can be generated from others, which have the logical IDs. */
export function generatesResources(format: Format): boolean {
  return traitsOf(format)?.generatesResources === true;
}

/** Whether a document is an IAM policy, which has no resource. */
export function isPolicyFile(format: Format): boolean {
  return traitsOf(format)?.family === 'policy';
}

/** Whether tools write the documents of a format, so that people do not edit them: plans and states. */
export function isToolOutput(format: Format): boolean {
  const content = traitsOf(format)?.content;
  return content === 'plan' || content === 'record';
}

/**
 * Whether documents of a format form a module. Callers that are not read can set its variables to other values, which
 * also determine which resources exist.
 */
export function isModule(format: Format): boolean {
  return isTerraform(format) && !isToolOutput(format);
}

/** The patterns of files that are searched for documents. */
export const CANDIDATE_FILES: readonly string[] = patternsOf(flatMap([...FORMATS.values()], ({ endings }) => endings));

/** The endings of files that findings can depend on. Findings in records depend on no other files. */
const WATCHED_ENDINGS: readonly string[] = flatMap(
  [...FORMATS.values()].filter(({ content }) => content !== 'record'),
  ({ endings, dependencies = [] }) => [...endings, ...dependencies],
);

/** The patterns of files that findings can depend on. */
export const WATCHED_FILES: readonly string[] = patternsOf(WATCHED_ENDINGS);

/** Whether the name of a file matches `WATCHED_FILES`. */
export function isWatchedFile(name: string): boolean {
  return WATCHED_ENDINGS.some((ending) => name.endsWith(`.${ending}`));
}

/** Glob patterns for file name endings: one for all literal endings, and one for each other ending. */
function patternsOf(endings: readonly string[]): readonly string[] {
  const distinct = [...new Set(endings)];
  const literal = distinct.filter((ending) => !ending.includes('*'));
  return [
    `**/*.{${literal.join(',')}}`,
    ...distinct.filter((ending) => ending.includes('*')).map((ending) => `**/*.${ending}`),
  ];
}

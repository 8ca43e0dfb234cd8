import type { Uri } from '../base/span.ts';
import { nameOf } from '../base/uri.ts';
import type { Format } from '../model/format.ts';
import { parse } from '../syntax/parse.ts';
import { valueOf, type Node, type Tree } from '../syntax/tree.ts';
import { isUnmistakable } from './cloudformation/parameter-file.ts';
import { ORG_FORMATION_VERSION } from './cloudformation/org-formation.ts';
import type { Detection } from './format.ts';
import { isYamlPolicy, policyIn } from './iam/shape.ts';
import { isStateBackup } from './terraform-state/backup.ts';

/** Parses the beginning of a document. */
export type ReadHead = (doc: Uri, text: string, language: 'json' | undefined) => Tree;

/** The maximum number of UTF-16 code units used for detection. */
export const HEAD = 65_536;

/**
 * Detects the format of a document from its name and the first 64 KiB of its text, or all of it with `whole`. Terraform
 * formats are detected by name alone, the others by their first keys.
 */
export function detect(doc: Uri, head: string, read: ReadHead = parse, whole = false): Detection {
  const name = nameOf(doc);
  const text = whole ? head : head.slice(0, HEAD);
  if (/^\.(.*\.)?(tf|tofu)\.json$/.test(name))
    return json('none', 'Terraform ignores files whose names start with a dot');
  if (/\.(tf|tofu)\.json$/.test(name)) return json('terraform-json', 'its name ends in .tf.json');
  if (/\.(tftest|tofutest|tfquery|tfmock)\.json$/.test(name))
    return json('none', 'Terraform tests, queries and mocks define no resources');
  if (/\.tfvars\.json$/.test(name)) return json('none', 'variable values, which are read with the directory');
  if (isStateBackup(doc))
    return json('terraform-state', 'its name ends in .tfstate.backup, so only secrets are checked');
  if (/\.tfstate$/.test(name)) return json('terraform-state', 'its name ends in .tfstate');
  if (/\.(tf|tofu|hcl)$/.test(name))
    return json('none', 'Terraform HCL is not read; use "terraform show -json" on a plan');
  // https://developer.hashicorp.com/terraform/language/functions/templatefile: the name that such templates should
  // have.
  if (/\.tftpl$/.test(name)) return json('none', 'a Terraform template, which is read through templatefile');
  // Pages and programs quote templates, and are none.
  if (/\.(md|markdown|mdx|rst|adoc|html?|[cm]?[jt]sx?|py|rb|go|java|cs|sh)$/i.test(name))
    return json('none', 'its file type is not supported');
  const first = /^\ufeff?\s*(?:(?:\/\/|#)[^\n]*(?:\n\s*|$))*(\S)?/.exec(text)?.[1];
  // Behind a license of 64 KiB there may be anything.
  if (first === undefined) return { ...json('none', 'it is empty'), more: true };
  if (text.includes('\u0000')) return json('none', 'it is not text');
  if (/\.json$/i.test(name)) return byKeys(read(doc, text, 'json'), text, name);
  if (first === '{') return { ...byKeys(read(doc, text, undefined), text, name), language: undefined };
  return yaml(text);
}

function json(format: Format, reason: string): Detection {
  return { format, reason, language: 'json' };
}

const AWS_TYPE = /["']?Type["']?\s*:\s*["']?(?:Custom|\w+::\w+)::\w/;
const ORG_FORMATION = new RegExp(`["']?AWSTemplateFormatVersion["']?\\s*:\\s*["']?${ORG_FORMATION_VERSION}`);
const SERVERLESS = /AWS::Serverless-2016-10-31/;
const VALUES = 'parameter values, which are read with the template that they are for';
/** The first lines of a parameter list or a stack deployment file. */
const VALUES_YAML = /^(?:-\s+["']?ParameterKey["']?\s*:|["']?template-file-path["']?\s*:)/m;
const SERVERLESS_TYPE = /["']?Type["']?\s*:\s*["']?AWS::Serverless::\w/;

function byKeys(tree: Tree, text: string, name: string): Detection {
  const root = tree.roots[0];
  const has = (key: string): boolean => valueOf(root, key) !== undefined;
  if (has('@level'))
    return json('none', 'a log of "terraform plan -json"; use "terraform show -json" on the saved plan');
  if (isUnmistakable(root)) return { ...json('none', VALUES), parameterFile: true };
  if (root?.kind !== 'map') return json('none', 'no supported format starts like this');
  if (has('format_version')) {
    if (has('planned_values') || has('resource_changes') || has('configuration')) return plan(root);
    if (has('values')) return shownState(root);
    return json('none', has('provider_schemas') ? 'the schemas of Terraform providers' : 'neither a plan nor a state');
  }
  if (has('terraform_version') && (has('lineage') || has('serial')))
    return json('terraform-state', 'terraform_version and serial');
  if (has('encryption_version') && has('lineage')) return json('terraform-state', 'lineage and encryption_version');
  return template(has, text) ?? policy(root, name) ?? { ...json('none', NO_FORMAT), ...mayBeTemplate(has) };
}

const NO_FORMAT = 'no supported format has these keys';

/**
 * The top-level sections of a template, some of which come long before its resources.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
const SECTIONS: readonly string[] = [
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Globals',
  'Hooks',
  'Outputs',
  'Resources',
];

/** Whether a document with these keys can turn out to be a template. */
function mayBeTemplate(has: (key: string) => boolean): Pick<Detection, 'more'> {
  return SECTIONS.some(has) ? { more: true } : {};
}

/** https://developer.hashicorp.com/terraform/internals/json-format: a new major version may mean something else. */
function majorOf(root: Node): number {
  const version = valueOf(root, 'format_version');
  return version?.kind === 'scalar' ? Number(version.value.split('.')[0]) : 0;
}

function plan(root: Node): Detection {
  const major = majorOf(root);
  return major > 1
    ? json('none', `plan format version ${major} is not supported`)
    : json('terraform-plan', 'format_version and resource_changes');
}

function shownState(root: Node): Detection {
  const major = majorOf(root);
  return major > 1
    ? json('none', `state format version ${major} is not supported`)
    : json('terraform-state', 'format_version and values');
}

function template(has: (key: string) => boolean, text: string): Detection | undefined {
  if (SERVERLESS.test(text) && has('Transform')) return json('sam', 'the transform AWS::Serverless-2016-10-31');
  // Without the transform CloudFormation refuses such a template, so it is one that is not finished.
  if (has('Resources') && SERVERLESS_TYPE.test(text))
    return json('sam', 'Resources with AWS::Serverless types, but no transform');
  if (has('AWSTemplateFormatVersion') && ORG_FORMATION.test(text))
    return { ...json('cloudformation', 'AWSTemplateFormatVersion of org-formation'), more: true };
  if (has('Resources') && AWS_TYPE.test(text))
    return { ...json('cloudformation', 'Resources with AWS types'), more: true };
  if (has('AWSTemplateFormatVersion')) return { ...json('cloudformation', 'AWSTemplateFormatVersion'), more: true };
  return undefined;
}

function policy(root: Node, name: string): Detection | undefined {
  const found = policyIn(root, name);
  return found && json('iam-policy', found.reason);
}

/**
 * YAML is not parsed to be recognized: the keys that matter are at the start of a line, after the indentation of the
 * first one.
 */
function yaml(written: string): Detection {
  const indent = indentOf(written);
  const text = indent === 0 ? written : written.replace(new RegExp(`^ {${indent}}`, 'gm'), '');
  const has = (key: string): boolean => new RegExp(`^\\ufeff?["']?${key}["']?\\s*:`, 'm').test(text);
  const found = template(has, text);
  if (found) return { ...found, language: 'yaml' };
  if (isYamlPolicy(text))
    return { format: 'iam-policy', reason: 'Statement and the policy language version', language: 'yaml' };
  if (VALUES_YAML.test(text)) return { format: 'none', reason: VALUES, language: 'yaml', parameterFile: true };
  if (has('apiVersion') && has('kind')) return { format: 'none', reason: 'a Kubernetes manifest', language: 'yaml' };
  return { format: 'none', reason: NO_FORMAT, language: 'yaml', ...mayBeTemplate(has) };
}

/** The number of spaces before the first line that is neither empty, nor a comment, a directive or the start of a document. */
function indentOf(text: string): number {
  for (const line of text.matchAll(/^( *)(\S?)(.*)$/gm)) {
    const [, spaces = '', first = '', rest = ''] = line;
    if (first === '' || first === '#' || first === '%' || (first === '-' && rest.startsWith('--'))) continue;
    return spaces.length;
  }
  return 0;
}

/**
 * Policies of `aws_iam_policy_document` that no resource of the configuration uses. They are module outputs, arguments
 * of modules that are not read, or not used yet, and are checked like policy files.
 */
import { flatMap } from '../../base/flat-map.ts';
import type { NewReference } from '../../model/edit.ts';
import type { Range, Uri } from '../../base/span.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { ResourcePart, Resource } from '../../model/resource.ts';
import { itemsOf, member } from '../../model/navigate.ts';
import type { Address, Leaf } from '../../model/value.ts';
import type { TreeEdit } from '../../syntax/tree-edit.ts';
import type { Tree } from '../../syntax/tree.ts';
import { attachmentOfStatements, statementOf } from '../iam/kind.ts';
import { refusal, type Refusal } from '../lowering.ts';
import type { ReferenceWriter } from '../new-node.ts';
import { policyDocument } from '../policy-document.ts';
import { PolicyHost } from '../policy-host.ts';
import { lowerValueEdit, type ValueEdit } from '../value-edits.ts';
import { labelsOf, namedBlocks } from './bodies.ts';
import { dataAttribute, type DataSource } from './data-sources.ts';
import { lowerPolicySourceEdit } from './lower-policy-source.ts';
import type { TerraformResource } from './resource.ts';
import { escapedTemplate, nativeAttribute, referencesIn, templateStringText } from './written-value.ts';

const TYPE = 'aws_iam_policy_document';

/** A data source with its block. */
export interface PlacedSource {
  readonly part: ResourcePart;
  /** Its arguments, evaluated on demand. */
  source(): DataSource;
}

/** The places of a directory whose references to a policy document do not count as uses. */
interface Outside {
  /** Whether these are the outputs, because it is the root module. */
  readonly outputs: boolean;
  /** Whether these are the arguments of a module, because it is not read. */
  unread(module: string): boolean;
}

/** The policy documents of a directory without references in its files, other than those that lead outside. */
export function unusedDocuments(
  files: readonly Tree[],
  sources: readonly PlacedSource[],
  outside: Outside,
): readonly PlacedSource[] {
  const documents = sources.filter(({ part }) => part.nativeType === TYPE);
  if (documents.length === 0) return [];
  const used = new Set(flatMap(files, (file) => namedIn(file, outside)));
  return documents.filter(({ part }) => !used.has(part.address.slice(part.address.lastIndexOf('data.'))));
}

/** The policy documents that a file refers to, except where that leads outside. */
function namedIn({ text, roots }: Tree, { outputs, unread }: Outside): readonly Address[] {
  const places: readonly Range[] = [
    ...(outputs ? labelsOf(roots[0]).filter(({ name }) => name === 'output') : []),
    ...flatMap(namedBlocks(roots[0], 'module'), ({ name, body }) => (unread(name) ? [body] : [])),
  ];
  return [...text.matchAll(/\bdata\.aws_iam_policy_document\.[\p{L}\p{N}_-]+/gu)]
    .filter(({ index }) => !places.some(({ start, end }) => start <= index && index < end))
    .map(([address]) => address);
}

/** The policies of data sources, with the kind that their elements and names suggest. */
export function policiesOf(sources: readonly PlacedSource[], services: ReadonlySet<string>): readonly PolicyDocument[] {
  return flatMap(sources, ({ part, source }) => {
    const value = dataAttribute(source(), 'json', { use: part.nameAt, steps: [], edit: 'none' });
    if (!value) return [];
    const statements = itemsOf(member(value, 'Statement')).items;
    const seen = statements.map((item) => statementOf(item.value));
    const name = part.address.split('.').at(-1)!;
    const { suggests: _, ...attachment } = attachmentOfStatements(seen, [folderOf(part.doc), name], services);
    // The name of a folder is not specific to one of its documents.
    const { suggests } = attachmentOfStatements(seen, [name], services);
    return [
      policyDocument(
        { ...attachment, ...(suggests && suggests !== attachment.kind ? { suggests } : {}), path: '' },
        new PolicySource(part),
        part.when,
        value,
      ),
    ];
  });
}

function folderOf(doc: Uri): string {
  return doc.split('/').at(-2) ?? '';
}

/** The host of an unused policy: the data source itself. */
class PolicySource extends PolicyHost {
  constructor(part: ResourcePart) {
    super(part, 'terraform', false, () => []);
  }

  protected lowerInPolicy(edit: ValueEdit, leaf: Leaf): readonly TreeEdit[] | Refusal {
    const named = 'value' in edit ? edit.value : edit.op === 'splitStatement' ? edit.statements : null;
    if (!referencesIn(named).every(({ to }) => this.address.startsWith('data.') && isNameable(to)))
      return refusal('the module instance to refer to is ambiguous');
    return lowerPolicySourceEdit(edit, leaf, REFERENCES, undefined) ?? lowerValueEdit(edit, leaf, REFERENCES);
  }
}

/** Whether an address identifies a single resource of the configuration: it has one instance and is not in a module. */
function isNameable({ address }: Resource): boolean {
  return /^[\p{L}_][\p{L}\p{N}_-]*\.[\p{L}_][\p{L}\p{N}_-]*$/u.test(address);
}

const REFERENCES: ReferenceWriter = {
  withinText: true,
  literal: escapedTemplate,
  reference: interpolated,
  text: (text) => templateStringText(text, interpolated),
};

function interpolated({ to, attribute }: NewReference): string {
  return `\${${to.address}.${nativeAttribute(to as TerraformResource, attribute)}}`;
}

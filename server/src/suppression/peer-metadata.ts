/** Suppressions of other tools in the metadata of templates and resources, as their documentation describes them. */
import { flatMap } from '../base/flat-map.ts';
import { inert } from '../base/inert.ts';
import { isTemplate, type Format } from '../model/format.ts';
import type { SuppressedRule, Suppression, SuppressionTool } from '../model/suppression.ts';
import { resolved, valueOf, type Node, type Tree } from '../syntax/tree.ts';
import { unquotedRange, metadataIn, textIn, type Metadata } from './metadata-suppressions.ts';
import { limitedTo, spanIn } from './places.ts';
import { withoutNode } from './removal.ts';

/** Where a tool keeps the IDs of the checks that it does not report. */
interface Place {
  readonly tool: SuppressionTool;
  /** The keys below the metadata. */
  readonly path: readonly string[];
  /** The members of an entry with the id and the reason; entries are ids if undefined. */
  readonly entry?: { readonly id: string; readonly reason: string };
  /** Whether it also counts in the metadata of the template, for all resources. */
  readonly inTemplate: boolean;
  /** The member with the findings of the rule that an entry is about; all of them if it is missing. */
  readonly findings?: string;
}

const PLACES: readonly Place[] = [
  // https://www.checkov.io/7.Scan%20Examples/CDK.html
  { tool: 'checkov', path: ['checkov', 'skip'], entry: { id: 'id', reason: 'comment' }, inTemplate: false },
  // https://github.com/stelligent/cfn_nag#per-resource-rule-suppression
  { tool: 'cfn_nag', path: ['cfn_nag', 'rules_to_suppress'], entry: { id: 'id', reason: 'reason' }, inTemplate: false },
  // https://github.com/cdklabs/cdk-nag#suppressing-a-rule: suppressions of a stack are in the metadata of its template.
  {
    tool: 'cdk_nag',
    path: ['cdk_nag', 'rules_to_suppress'],
    entry: { id: 'id', reason: 'reason' },
    inTemplate: true,
    findings: 'applies_to',
  },
  // https://github.com/aws-cloudformation/cfn-lint#metadata
  { tool: 'cfn-lint', path: ['cfn-lint', 'config', 'ignore_checks'], inTemplate: true },
  // https://github.com/aws-cloudformation/aws-guard-rules-registry/blob/main/docs/Guard-Rules-Dev-Guide.md
  { tool: 'guard', path: ['guard', 'SuppressedRules'], inTemplate: false },
];

/** Texts without which a document has none of this metadata: the longest name of each path, as the rarest. */
export const METADATA_MARKS: readonly string[] = PLACES.map(({ path }) =>
  path.reduce((longest, name) => (name.length > longest.length ? name : longest)),
);

/** The suppressions of other tools in the metadata of a document. */
export function peerMetadata(tree: Tree, format: Format): readonly Suppression[] {
  if (!isTemplate(format)) return [];
  return flatMap(metadataIn(tree, format), (metadata) =>
    flatMap(
      PLACES.filter(({ inTemplate }) => inTemplate || metadata.isResource),
      (place) => at(tree, metadata, place),
    ),
  );
}

function at(tree: Tree, metadata: Metadata, place: Place): readonly Suppression[] {
  let node: Node | undefined = resolved(metadata.node);
  for (const key of place.path) node = valueOf(node, key);
  return node?.kind === 'list' ? flatMap(node.items, ({ value }) => entryAt(tree, metadata, place, value)) : [];
}

function entryAt(tree: Tree, { scope }: Metadata, place: Place, entry: Node): readonly Suppression[] {
  const id = place.entry ? valueOf(resolved(entry), place.entry.id) : entry;
  const name = id && textIn(id);
  if (name === undefined) return [];
  const reasonNode = place.entry && valueOf(resolved(entry), place.entry.reason);
  const reason = inert((reasonNode && textIn(reasonNode)) ?? '').trim();
  const own = {
    tool: place.tool,
    kind: 'metadata',
    at: spanIn(tree, entry),
    rules: [{ name: inert(name), at: spanIn(tree, unquotedRange(id!)) } satisfies SuppressedRule],
    ...(reason ? { reason } : {}),
    removal: () => withoutNode(tree, entry),
  } as const;
  const findings = place.findings === undefined ? undefined : valueOf(resolved(entry), place.findings);
  if (!findings) return [{ ...own, scope }];
  return flatMap(findings.kind === 'list' ? findings.items : [], (item) => {
    const value = findingValue(item.value);
    return value === undefined ? [] : [{ ...own, scope: limitedTo(value, scope, tree) }];
  });
}

/**
 * The value of a finding of cdk-nag, such as `Action::s3:*` or `Resource::*`. An expression that matches findings is an
 * object, and has none. https://github.com/cdklabs/cdk-nag#suppressing-a-rule
 */
function findingValue(node: Node): string | undefined {
  const text = textIn(node);
  const separator = text?.indexOf('::') ?? -1;
  return separator < 0 ? undefined : text!.slice(separator + 2);
}

/** The quick fixes that suppress a finding: in the document and in the configuration. */
import { CONFIGURATION_FILE } from '../base/configuration-file.ts';
import { flatMap } from '../base/flat-map.ts';
import type { Uri } from '../base/span.ts';
import type { Reader } from '../base/snapshot.ts';
import { decoded } from '../base/uri.ts';
import type { Configuration } from '../config/configuration.ts';
import { findConfiguration } from '../config/find-configuration.ts';
import { inert } from '../base/inert.ts';
import type { Finding } from '../model/finding.ts';
import { isMadeByCdk } from '../formats/cloudformation/cdk.ts';
import { isGenerated } from '../formats/generated.ts';
import { isGeneratedFile } from '../formats/terraform/cdktf.ts';
import { isTemplate, isTerraform, type Format } from '../model/format.ts';
import { configurationEntry } from '../suppression/configuration-entry.ts';
import { ruleOffEdit } from '../suppression/rule-entry.ts';
import { resourceName, resourceWith } from '../suppression/resources.ts';
import type { RefusedSuppression, SuppressionEdit } from '../suppression/suppression-edit.ts';
import { ParseCache } from './parse-cache.ts';
import { writeSuppression } from '../suppression/write-suppression.ts';
import { parse } from '../syntax/parse.ts';
import type { Tree } from '../syntax/tree.ts';

/** A finding that can be suppressed. */
export interface Suppressible extends Pick<Finding, 'rule' | 'at' | 'resource' | 'valueText'> {
  readonly format: Format;
}

/** An edit that suppresses a finding, with a title for a menu. */
export interface SuppressionOffer extends SuppressionEdit {
  readonly title: string;
  readonly doc: Uri;
  /** The text of the document before the edit. */
  readonly text: string;
  /** Whether the file does not exist. */
  readonly creates: boolean;
}

/**
 * The suppressions of a finding that can be written, from the narrowest to the widest. An editor requests offers for
 * each line that the cursor is on, so the trees of the last analysis are used again.
 */
export function suppressionOffers(
  reader: Reader,
  root: Uri,
  { inlineSuppressions }: Configuration,
  finding: Suppressible,
  cache: ParseCache = new ParseCache(),
): readonly SuppressionOffer[] {
  if (finding.format === 'none' || finding.rule.startsWith(ABOUT_SUPPRESSIONS)) return [];
  const inline = inlineSuppressions ? inDocument(reader, finding, cache) : [];
  return [...inline, ...inConfiguration(reader, root, finding)];
}

/** The rules about suppressions, whose findings are resolved by changing these. */
const ABOUT_SUPPRESSIONS = 'suppression-';

function inDocument(
  reader: Reader,
  { rule, at, format }: Suppressible,
  cache: ParseCache,
): readonly SuppressionOffer[] {
  const answer = reader.file(at.doc);
  if (answer.kind !== 'text') return [];
  const { text, version } = answer;
  const tree = cache.tree(at.doc, version, () => parse(at.doc, text));
  if (isGeneratedText(tree, format)) return [];
  const pair = resourceWith(tree, format, at);
  const resource = pair && inert(resourceName(tree, format, pair));
  const edits = {
    line: writeSuppression(tree, format, at, rule, 'line'),
    resource: writeSuppression(tree, format, at, rule, 'resource'),
    file: writeSuppression(tree, format, at, rule, 'file'),
  };
  const offers: readonly (readonly [string, SuppressionEdit | RefusedSuppression])[] = [
    // What is the resource as a whole is called so.
    ...(sameEdit(edits.line, edits.resource) ? [] : [[`Ignore ${rule} here`, edits.line] as const]),
    [`Ignore ${rule} on ${resource ?? ''}`, edits.resource],
    [`Ignore ${rule} in this file`, edits.file],
  ];
  return flatMap(offers, ([title, edit]) =>
    'refused' in edit ? [] : [{ ...edit, title, doc: at.doc, text, creates: false }],
  );
}

/** Whether a tool writes a document, so that a suppression in it would be lost. */
export function isGeneratedText(tree: Tree, format: Format): boolean {
  if (isTemplate(format)) return isGenerated(tree.doc) || tree.roots.some(isMadeByCdk);
  return isTerraform(format) && isGeneratedFile(tree);
}

function sameEdit(one: SuppressionEdit | RefusedSuppression, other: SuppressionEdit | RefusedSuppression): boolean {
  if ('refused' in one || 'refused' in other) return false;
  return one.range.start === other.range.start && one.newText === other.newText;
}

/** The changes of the configuration file of the document, which is made in the root if there is none. */
function inConfiguration(
  reader: Reader,
  root: Uri,
  { rule, at, resource, valueText }: Suppressible,
): readonly SuppressionOffer[] {
  const found = findConfiguration(reader, at.doc, root);
  const doc = found?.doc ?? `${root.replace(/\/$/, '')}/${CONFIGURATION_FILE}`;
  const folder = doc.slice(0, -CONFIGURATION_FILE.length);
  if (!at.doc.startsWith(folder) || (found && found.answer.kind !== 'text')) return [];
  const text = found?.answer.kind === 'text' ? found.answer.text : '';
  const tree = parse(doc, text, 'yaml');
  const edit = configurationEntry(tree, {
    rule,
    paths: [pathPattern(decoded(at.doc.slice(folder.length)))],
    ...(resource === null ? {} : { resources: [resource] }),
    ...(valueText === undefined ? {} : { value: valueText }),
  });
  const offers: readonly (readonly [string, SuppressionEdit | RefusedSuppression])[] = [
    [`Ignore ${rule} in ${CONFIGURATION_FILE}`, edit],
    [`Disable rule ${rule} in ${CONFIGURATION_FILE}`, ruleOffEdit(tree, rule)],
  ];
  return flatMap(offers, ([title, one]) => ('refused' in one ? [] : [{ ...one, title, doc, text, creates: !found }]));
}

/**
 * A pattern in the syntax of `.gitignore` that matches one file. A slash at the beginning keeps it from files in other
 * folders.
 */
function pathPattern(path: string): string {
  const literal = path.replace(/[\\*?[\]]/g, '\\$&');
  return literal.includes('/') ? literal : `/${literal}`;
}

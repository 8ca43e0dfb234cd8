import { resolved, valueOf, type MapNode, type Node } from '../../../syntax/tree.ts';
import { argumentList, callOf, plainText } from '../call.ts';
import { isTable, isValidName, type DefinedNames } from './names.ts';
import { REJECTED, type ReportProblem } from './report.ts';
import type { Visit } from './walk.ts';

/**
 * Lookups of missing mapping keys. CloudFormation evaluates lookups in both branches of Fn::If.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
 */
export function checkLookup({ call, place }: Visit, names: DefinedNames, report: ReportProblem): void {
  const { mappings } = names;
  if (call.name !== 'Fn::FindInMap' || !mappings || place.attribute === 'Metadata') return;
  const [mapNode, topNode, secondNode, ...options] = argumentList(call) ?? [];
  if (!mapNode || !topNode || !secondNode || options.length > 0) return;
  const name = plainText(mapNode);
  if (name === undefined) return;
  const mapping = mappings.get(name);
  if (!mapping) {
    if (isValidName(name))
      report(mapNode, `There is no mapping named ${name} in Mappings. ${REJECTED}; define it or correct the name.`, {
        kind: 'mapping',
        name,
      });
    return;
  }
  const table = resolved(mapping.value);
  if (!isTable(table)) return;
  const top = keyOf(topNode);
  const second = keyOf(secondNode);
  const row = top === undefined ? undefined : names.keysOf(table).get(top);
  if (top !== undefined && !row) {
    if (isValidName(top))
      report(topNode, `The mapping ${name} has no key ${top}. ${REJECTED}; add it or correct the key.`);
    return;
  }
  const below = row ? resolved(row) : table;
  if (second === undefined || !isValidName(second) || !isTable(below)) return;
  if (row && !names.keysOf(below).has(second))
    report(
      secondNode,
      `The key ${top} of the mapping ${name} has no key ${second}. ${REJECTED}; add it or correct the key.`,
    );
  if (!row && names.keysBelow(below)?.has(second) === false)
    report(secondNode, `No key of the mapping ${name} has a key ${second}. ${REJECTED}; add it or correct the key.`);
}

/** A literal key. Boolean words have several spellings as keys. */
function keyOf(node: Node): string | undefined {
  const key = plainText(node);
  return key !== undefined && /^(?:true|false|y|yes|n|no|on|off|null)$/i.test(key) ? undefined : key;
}

/**
 * Mappings that do not have exactly two levels. Values are strings or lists of strings.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html
 */
export function checkMappings(template: MapNode, report: ReportProblem): void {
  const section = valueOf(template, 'Mappings');
  if (section?.kind !== 'map' || callOf(section)) return;
  for (const { key, value, name } of section.pairs) {
    const table = resolved(value);
    if (isMacro(table, name)) continue;
    if (table?.kind !== 'map') {
      if (!isEmpty(table))
        report(key, `The mapping ${name} is not a map of keys to maps. ${REJECTED}; give it two levels of keys.`);
      continue;
    }
    for (const pair of table.pairs) {
      const row = resolved(pair.value);
      if (isMacro(row, pair.name)) continue;
      if (row?.kind !== 'map') {
        if (!isEmpty(row))
          report(
            pair.key,
            `The key ${pair.name} of the mapping ${name} has a value instead of a map. ${REJECTED}; give it a map of keys to values.`,
          );
        continue;
      }
      for (const cell of row.pairs) {
        const content = resolved(cell.value);
        if (content?.kind === 'map' && !isMacro(content, cell.name) && !callOf(content))
          report(
            cell.key,
            `The key ${cell.name} is the third level of the mapping ${name}. ${REJECTED}; a mapping has two levels of keys.`,
          );
      }
    }
  }
}

function isMacro(node: Node | undefined, key: string): boolean {
  return key === '<<' || key.startsWith('Fn::') || (node !== undefined && callOf(node) !== undefined);
}

function isEmpty(node: Node | undefined): boolean {
  return !node || (node.kind === 'scalar' && node.empty);
}

/**
 * Function calls in sections without function support.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function checkFixedSection({ call, node, place: { section } }: Visit, report: ReportProblem): void {
  if (
    (section !== 'Mappings' && section !== 'Parameters') ||
    call.name === 'Fn::Transform' ||
    call.name === 'Condition'
  )
    return;
  report(node, `${call.name} is not supported in ${section}. ${REJECTED}; write the value itself.`);
}

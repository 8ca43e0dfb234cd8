import { placeholdersIn } from '../../base/placeholders.ts';
import { table, type Table } from '../../base/table.ts';
import { choice, leaves, mapLeaves, MAX_BRANCHES, member, unknown } from '../../model/navigate.ts';
import type { EditPlace, Origin, Value } from '../../model/value.ts';
import { resolved, type Node } from '../../syntax/tree.ts';
import { jsonOf, originOf, usedAt } from '../located.ts';
import { concatenated, type TextPiece } from '../text.ts';
import { unclosedIn } from './unclosed.ts';
import { unevaluated, type FunctionCall } from './function-call.ts';
import { argumentList, argumentText, callOf, type IntrinsicCall } from './call.ts';
import { withDynamicReferences } from './dynamic-reference.ts';
import type { Template } from './evaluate.ts';
import { whyUnknown, type ValueIntrinsic } from './intrinsics.ts';
import { joinDocument } from './join-document.ts';
import { cidr, join, length, select, splitString } from './list-functions.ts';
import { textOfIteration } from './loop-text.ts';
import { refsWithin } from './refs-of.ts';
import { looksLikeJson, subDocument, type Substitute } from './sub-document.ts';
import { base64, toJsonString } from './text-functions.ts';

type Evaluator = (call: FunctionCall) => Value;

/**
 * The value of a call of an intrinsic function. If it is not evaluated, the result is unknown, with the values that it
 * depends on.
 */
export function callValue(template: Template, call: IntrinsicCall, node: Node, origin: Origin, edit: EditPlace): Value {
  const evaluator = EVALUATORS[call.name];
  const request = { template, call, node, origin, edit };
  return evaluator ? evaluator(request) : unevaluated(request, whyUnknown(call.name) ?? 'function');
}

const EVALUATORS: Table<Evaluator> = table({
  Ref: ref,
  'Fn::Base64': base64,
  'Fn::Cidr': cidr,
  'Fn::FindInMap': findInMap,
  'Fn::GetAtt': getAtt,
  'Fn::If': ifFunction,
  'Fn::Join': join,
  'Fn::Length': length,
  'Fn::Select': select,
  'Fn::Split': splitString,
  'Fn::Sub': sub,
  'Fn::ToJsonString': toJsonString,
} satisfies Readonly<Record<ValueIntrinsic, Evaluator>>);

function ref({ template, call, node, origin, edit }: FunctionCall): Value {
  const written = argumentText(call);
  if (written === undefined) return unknown(origin, 'syntax');
  const bound = boundValue(template, written, origin);
  if (bound) return bound;
  const name = textOfIteration(written, template.bindings);
  if (name === 'AWS::NoValue') return { state: 'absent', origin: { ...origin, edit }, open: false };
  const parameter = template.parameterValue(name, node, origin.key);
  if (parameter) return parameter;
  const to = template.addressOf(name);
  return to === undefined ? unknown(origin, 'syntax') : { state: 'reference', origin: { ...origin, edit }, to };
}

/** The value of a loop identifier in this iteration. */
function boundValue({ bindings }: Template, identifier: string, origin: Origin): Value | undefined {
  const text = bindings.texts.get(identifier);
  return text === undefined
    ? undefined
    : {
        state: 'known',
        origin: { ...origin, edit: 'shared', steps: bindings.steps },
        raw: text,
        quoted: true,
        value: text,
      };
}

function getAtt({ template, call, node, origin, edit }: FunctionCall): Value {
  const parts = argumentList(call);
  const text = parts ? undefined : argumentText(call);
  const dotted = text === undefined ? undefined : splitAtDot(textOfIteration(text, template.bindings));
  const first = dotted ? dotted[0] : template.text(parts?.[0]);
  if (first === undefined) return unknown(origin, 'syntax');
  if (dotted) return attributeOf(template, first, dotted[1], origin);
  const [, attributeNode] = parts ?? [];
  // The language extensions allow a parameter as the attribute name.
  const attribute = attributeNode ? template.evaluate(attributeNode, undefined, edit) : undefined;
  return attribute
    ? mapLeaves(attribute, (leaf) =>
        attributeOf(template, first, leaf.state === 'known' ? leaf.raw : undefined, origin),
      )
    : attributeOf(template, first, undefined, originOf(template.tree, node));
}

function splitAtDot(text: string): readonly [first: string, rest: string | undefined] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)];
}

const OUTPUTS = 'Outputs.';

function attributeOf(template: Template, name: string, attribute: string | undefined, origin: Origin): Value {
  if (attribute !== undefined && template.modules.has(name)) {
    const [inside, rest] = splitAtDot(attribute);
    return attributeOf(template, `${name}.${inside}`, rest, origin);
  }
  const to = template.addressOf(name);
  if (to === undefined) return unknown(origin, 'syntax');
  if (attribute === undefined || attribute === '') return unknown(origin, 'function', [to]);
  const output = attribute.startsWith(OUTPUTS) ? template.output(name, attribute.slice(OUTPUTS.length)) : undefined;
  if (output)
    return usedAt(output, origin.use, origin.key, {
      what: 'stack',
      name: `${name}.${attribute}`,
      at: output.origin.use,
    });
  return { state: 'reference', origin, to, attribute };
}

function ifFunction({ template, call, origin, edit }: FunctionCall): Value {
  const [condition, yes, no] = argumentList(call) ?? [];
  const name = template.text(condition);
  if (!condition || name === undefined || !yes || !no) return unknown(origin, 'syntax');
  const truth = template.conditions.named(name);
  // A condition that depends on itself is neither true nor false.
  if (!truth.yes.satisfiable() && !truth.no.satisfiable()) return unknown(origin, 'syntax');
  const branch = (node: Node): Value => template.evaluate(node, origin.key, edit);
  return choice(origin, [
    { guard: truth.yes, value: branch(yes) },
    { guard: truth.no, value: branch(no) },
  ]);
}

function sub({ template, call, node, origin, edit }: FunctionCall): Value {
  const list = argumentList(call);
  const written = list ? template.text(list[0]) : argumentText(call);
  if (written === undefined) return unknown(origin, 'syntax');
  const text = textOfIteration(written, template.bindings);
  const own = list?.[1] ? template.evaluate(list[1], undefined, edit) : undefined;
  const substitute: Substitute = (part, at) => substitutedText(template, part, node, at, own);
  const value = substitute(text, origin);
  const textNode = resolved(list ? list[0] : call.argument);
  if (textNode?.kind !== 'scalar' || !looksLikeJson(text)) return value;
  let document: Value | undefined;
  const read = (): Value | undefined =>
    text === written
      ? subDocument(template.tree, textNode, origin.key, edit, substitute)
      : joinDocument({ template, items: [node], delimiter: '', key: origin.key, edit });
  return jsonOf(value, () => (document ??= read()));
}

function substitutedText(template: Template, text: string, node: Node, origin: Origin, own: Value | undefined): Value {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const placeholder of placeholdersIn(text)) {
    const inside = placeholder.inside.trim();
    pieces.push(
      text.slice(from, placeholder.start),
      inside.startsWith('!') ? `\${${inside.slice(1)}}` : substituted(template, inside, node, origin, own),
    );
    from = placeholder.end;
  }
  const open = unclosedIn(text.slice(from));
  // The missing brace is reported as a problem of the template, so the string itself is not reported.
  const rest =
    open && isNamed(template, open.name, node, origin, own)
      ? [text.slice(from, from + open.at), unknown(origin, 'syntax')]
      : [text.slice(from)];
  return withDynamicReferences(concatenated(origin, [...pieces, ...rest]));
}

function isNamed(template: Template, name: string, node: Node, origin: Origin, own: Value | undefined): boolean {
  return (
    (own?.state === 'object' && own.entries.some((entry) => entry.key === name)) ||
    template.parameterValue(name, node, origin.key) !== undefined ||
    template.addressOf(name) !== undefined
  );
}

/** The value of a placeholder, given the node of its string. */
export function placeholderValue(template: Template, node: Node, name: string): Value {
  // A scalar in the short form is not an argument list, although it can be an item of one.
  const list = node.parent?.kind === 'list' && !callOf(node) ? node.parent : undefined;
  const own = list?.items[0]?.value === node && list.items[1] ? template.evaluate(list.items[1].value) : undefined;
  const origin = originOf(template.tree, node);
  return boundValue(template, name, origin) ?? substituted(template, name, node, origin, own);
}

function substituted(template: Template, name: string, node: Node, origin: Origin, own: Value | undefined): Value {
  if (own?.state === 'object' && own.entries.some((entry) => entry.key === name)) return member(own, name);
  const parameter = template.parameterValue(name, node, origin.key);
  if (parameter) return parameter;
  const [first, attribute] = splitAtDot(name);
  // Resources that SAM generates have names with a dot, as do resources in modules.
  const whole =
    attribute === undefined || (template.modules.has(first) && attribute.includes('.'))
      ? undefined
      : template.addressOf(name);
  const to = whole ?? template.addressOf(first);
  if (to === undefined) return unknown(origin, 'syntax');
  return whole !== undefined || attribute === undefined
    ? { state: 'reference', origin, to }
    : attributeOf(template, first, attribute, origin);
}

function findInMap({ template, call, node, origin, edit }: FunctionCall): Value {
  const [mapNode, topNode, secondNode, options] = argumentList(call) ?? [];
  if (!mapNode || !topNode || !secondNode) return unevaluated({ template, call, node, origin, edit }, 'function');
  const given = options ? template.evaluate(options, undefined, edit) : undefined;
  // AWS::NoValue as the default removes the property:
  // https://github.com/aws-cloudformation/cfn-lint/issues/3396
  const fallback =
    given?.state === 'object' && given.entries.some(({ key }) => key === 'DefaultValue')
      ? member(given, 'DefaultValue')
      : undefined;
  const missing = fallback
    ? usedAt(fallback, origin.use, origin.key, { what: 'mapping', name: 'the default value', at: fallback.origin.use })
    : unknown(origin, 'function');
  const at = (holder: Value, keyNode: Node, then: (value: Value, key: string) => Value): Value =>
    choice(
      origin,
      leaves(template.comparing.evaluate(keyNode, undefined, edit)).map(({ guard, value }) => {
        if (value.state !== 'known') return { guard, value: unknown(origin, 'function', refsWithin(value)) };
        const found = member(holder, value.raw);
        // A mapping row is written in the template, so the scenario that selects it is reached.
        return {
          guard: guard.selected(),
          value:
            found.state === 'absent'
              ? found.open
                ? unknown(origin, 'transform')
                : missing
              : then(found, value.origin.secret ? 'a secret key' : value.raw),
        };
      }),
    );
  // The language extensions allow functions as the name of the mapping.
  return mapLeaves(template.comparing.evaluate(mapNode, undefined, edit), (leaf) => {
    if (leaf.state !== 'known') return unknown(origin, 'function', refsWithin(leaf));
    const rows = template.mapping(leaf.raw);
    // The default is for keys that a mapping does not have. Without the mapping, CloudFormation rejects the template.
    if (rows?.kind !== 'map') return unknown(origin, 'function');
    let found = 0;
    return at(template.evaluate(rows, undefined, 'shared'), topNode, (row, top) =>
      found > MAX_BRANCHES
        ? unknown(origin, 'budget')
        : at(row, secondNode, (cell, second) => {
            found++;
            return usedAt(cell, origin.use, origin.key, {
              what: 'mapping',
              name: `${leaf.raw}.${top}.${second}`,
              at: cell.origin.use,
            });
          }),
    );
  });
}

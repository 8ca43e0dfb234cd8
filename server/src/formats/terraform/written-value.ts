/** Canonical values in Terraform's syntax: native names, references as interpolations. */
import { flatMap } from '../../base/flat-map.ts';
import { ownEntry, putEntry } from '../../base/table.ts';
import { NewCopy, NewPseudo, NewReference, NewText, type ResourceEdit, type NewValue } from '../../model/edit.ts';
import { Encoded, type NewNode } from '../../syntax/tree-edit.ts';
import { pairOf } from '../../syntax/tree.ts';
import { refusal, type Refusal } from '../lowering.ts';
import { newNode, type ReferenceWriter } from '../new-node.ts';
import { nativeScalar, type AttributeBinding, type Binding, type Bindings, type FanOver } from './mapping.ts';
import type { NativeResource } from './native.ts';
import type { TerraformResource } from './resource.ts';

export interface TerraformWriter extends ReferenceWriter {
  /** Whether JSON text is written as an expression that generates it. */
  readonly encodes: boolean;
}

/** The syntax of references in the body of a resource. */
export function writerFor(from: TerraformResource): TerraformWriter {
  const expression = (to: NewReference): string => `\${${expressionFor(to, from)}}`;
  return {
    encodes: from.made.native.place?.tree.language === 'hcl',
    withinText: true,
    literal: escapedTemplate,
    reference: expression,
    text: (text) => templateStringText(text, expression),
  };
}

/** A text within a template string. Terraform has no pseudo parameters, so these get their replacement. */
export function templateStringText({ pieces }: NewText, interpolated: (reference: NewReference) => string): string {
  return pieces
    .map((piece) =>
      typeof piece === 'string'
        ? escapedTemplate(piece)
        : piece instanceof NewPseudo
          ? piece.otherwise
          : interpolated(piece),
    )
    .join('');
}

/** Why a value that an edit refers to cannot be referenced in the body of a resource; undefined if it can. */
export function unnameable(edit: ResourceEdit, from: TerraformResource): Refusal | undefined {
  const named =
    'value' in edit
      ? edit.value
      : edit.op === 'splitStatement'
        ? edit.statements
        : edit.op === 'addResource'
          ? edit.properties
          : null;
  for (const { to } of referencesIn(named)) {
    const { native } = (to as TerraformResource).made;
    if (moduleOf(native) !== moduleOf(from.made.native))
      return refusal('it would refer to a resource in another module');
    if (!isIdentifier(native.name))
      return refusal('the resource name is not an identifier, so references are not possible');
    if (native !== from.made.native && mentions(native, from.made.native))
      return refusal(`${to.displayName} depends on this resource, so the reference would create a cycle`);
    if (instanceKey(native, from.made.native) === undefined)
      return refusal(`the instance is ambiguous: ${to.family} it means`);
  }
  return undefined;
}

/** Whether the source of one resource refers to another. */
function mentions({ place }: NativeResource, { type, name }: NativeResource): boolean {
  if (!place) return false;
  const text = place.tree.text.slice(place.body.start, place.body.end);
  return text
    .split(`${type}.${name}`)
    .slice(1)
    .some((rest) => !/^[\w-]/.test(rest));
}

/** All references in a new value, at any depth. A copied value has none, because it is written as its source text. */
export function referencesIn(value: NewValue): readonly NewReference[] {
  if (value instanceof NewReference) return [value];
  if (value instanceof NewText) return value.references;
  if (value instanceof NewCopy) return [];
  return typeof value === 'object' && value !== null
    ? flatMap(Object.values(value), (inner) => referencesIn(inner))
    : [];
}

/** `aws_s3_bucket.b.arn`, with the instance key if the resource has several instances. */
function expressionFor({ to, attribute }: NewReference, from: TerraformResource): string {
  const { made } = to as TerraformResource;
  return `${made.native.type}.${made.native.name}${instanceKey(made.native, from.made.native) ?? ''}.${nativeAttribute(to as TerraformResource, attribute)}`;
}

/** The native attribute for a CloudFormation attribute. */
export function nativeAttribute({ made }: TerraformResource, attribute: string | undefined): string {
  return ownEntry(made.source?.attributes, attribute ?? 'Ref') ?? 'id';
}

/**
 * The index of a reference to an instance of another resource: the own key if both have the same repetition, otherwise
 * the key of the instance; undefined if ambiguous.
 */
function instanceKey(to: NativeResource, from: NativeResource): string | undefined {
  const repeated = repetitionKey(to);
  if (repeated === '') return '';
  if (to === from || repeatsAlike(from, to)) return repeated;
  // The quotes of a string key cannot be written in a JSON string here.
  return /\[\d+\]$/.exec(to.address)?.[0];
}

/** The index of the same instance from a block with the same repetition; empty for a single instance. */
export function repetitionKey({ place }: NativeResource): string {
  if (place && pairOf(place.body, 'for_each')) return '[each.key]';
  return place && pairOf(place.body, 'count') ? '[count.index]' : '';
}

/** Whether a resource has one instance per instance of another, with the same keys. */
function repeatsAlike(one: NativeResource, other: NativeResource): boolean {
  const [own, theirs] = [repetitionText(one), repetitionText(other)];
  if (own === undefined || theirs === undefined || repetitionKey(one) !== repetitionKey(other)) return false;
  const address = `${other.type}.${other.name}`;
  return [theirs, `"\${${address}}"`, `"\${length(${address})}"`, address, `length(${address})`].includes(own);
}

function repetitionText({ place }: NativeResource): string | undefined {
  const pair = place && (pairOf(place.body, 'for_each') ?? pairOf(place.body, 'count'));
  return pair && place.tree.text.slice(pair.value.start, pair.value.end);
}

/** The module prefix of an address, without keys: `module.a.`; empty in the root module. */
export function moduleOf({ family, type, name }: NativeResource): string {
  const own = `${type}.${name}`;
  return family.endsWith(own) ? family.slice(0, -own.length) : '';
}

/**
 * Whether a string is a valid identifier.
 * https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers
 */
export function isIdentifier(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name);
}

/**
 * A string with template markers escaped.
 * https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function escapedTemplate(text: string): string {
  return text.replaceAll(/[$%]\{/g, (marker) => marker[0]! + marker);
}

/** A canonical value in Terraform's syntax at a place; undefined if its attributes cannot represent all of it. */
export function nativeValue(
  value: NewValue,
  binding: Binding | FanOver | undefined,
  writer: TerraformWriter,
): NewNode | undefined {
  if (
    binding === undefined ||
    typeof binding === 'string' ||
    value instanceof NewReference ||
    value instanceof NewText ||
    value instanceof NewCopy
  )
    return newNode(value, writer);
  if ('over' in binding) return membersOf(value, binding, writer);
  if (value === null || typeof value !== 'object')
    return 'value' in binding && !('map' in binding) ? undefined : newNode(nativeScalar(binding, value), writer);
  if ('from' in binding) return attributeOf(value, binding, writer);
  if ('list' in binding) return binding.list.length === 1 ? nativeValue(value, binding.list[0], writer) : undefined;
  if (Array.isArray(value)) {
    if (!('each' in binding) || binding.fan || binding.json || binding.lists) return undefined;
    return everyOf(value.map((item: NewValue) => objectOf(item, binding.properties, writer)));
  }
  return 'properties' in binding && !('each' in binding) && !('has' in binding)
    ? objectOf(value, binding.properties, writer)
    : undefined;
}

/**
 * List items with a single property in CloudFormation, as Terraform's list of values. A list of values is unchanged.
 */
function membersOf(value: NewValue, { to }: FanOver, writer: TerraformWriter): NewNode | undefined {
  if (!Array.isArray(value)) return newNode(value, writer);
  return everyOf(
    value.map((item: NewValue) => {
      if (
        item === null ||
        typeof item !== 'object' ||
        item instanceof NewReference ||
        item instanceof NewText ||
        item instanceof NewCopy ||
        Array.isArray(item)
      )
        return newNode(item, writer);
      const [[name, value] = [], ...others] = Object.entries<NewValue>(item);
      return name === to && others.length === 0 ? newNode(value!, writer) : undefined;
    }),
  );
}

function attributeOf(
  value: NewValue,
  { json, pairs, wrap, values }: AttributeBinding,
  writer: TerraformWriter,
): NewNode | undefined {
  if (pairs) return undefined;
  if (wrap) return Array.isArray(value) && value.length === 1 ? newNode(value[0] as NewValue, writer) : undefined;
  if (values) return undefined;
  const written = newNode(value, writer);
  // JSON text in a JSON string has fewer escapes than an expression that generates it, and needs no further syntax.
  return !json ? written : writer.encodes ? new Encoded(written) : JSON.stringify(written);
}

function objectOf(value: NewValue, bindings: Bindings, writer: TerraformWriter): NewNode | undefined {
  if (
    value === null ||
    typeof value !== 'object' ||
    Array.isArray(value) ||
    value instanceof NewReference ||
    value instanceof NewText ||
    value instanceof NewCopy
  )
    return undefined;
  const written: Record<string, NewNode> = {};
  for (const [name, inner] of Object.entries<NewValue>(value)) {
    const binding = ownEntry(bindings, name);
    const native = binding === undefined ? undefined : nativeValue(inner, binding, writer);
    if (binding === undefined || native === undefined) return undefined;
    const path = pathOf(binding);
    if (path !== '') writeAt(written, path.split('.'), native);
    else if (typeof native === 'object' && native !== null && !Array.isArray(native)) Object.assign(written, native);
    else return undefined;
  }
  return written;
}

function writeAt(object: Record<string, NewNode>, [first, ...rest]: readonly string[], value: NewNode): void {
  if (rest.length === 0) putEntry(object, first!, value);
  else
    writeAt(
      putEntry(object, first!, { ...(ownEntry(object, first!) as Record<string, NewNode> | undefined) }) as Record<
        string,
        NewNode
      >,
      rest,
      value,
    );
}

function everyOf(values: readonly (NewNode | undefined)[]): readonly NewNode[] | undefined {
  return values.includes(undefined) ? undefined : (values as readonly NewNode[]);
}

/** The attribute or block of a binding; empty for the enclosing body. */
function pathOf(binding: Binding): string {
  if (typeof binding === 'string') return binding;
  if ('from' in binding) return typeof binding.from === 'string' ? binding.from : binding.from[0]!;
  if ('list' in binding) return pathOf(binding.list[0]!);
  if ('each' in binding) return binding.each;
  return 'in' in binding ? (binding.in ?? '') : '';
}

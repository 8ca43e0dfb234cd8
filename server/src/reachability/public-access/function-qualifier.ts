/**
 * Which version or alias of a function something names. A permission applies only to requests with the same ARN.
 * https://docs.aws.amazon.com/lambda/latest/dg/using-aliases.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { all, judgement, NO, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import { never } from '../../model/quantified.ts';
import type { Edge, Resource } from '../../model/resource.ts';
import type { Leaf, Value } from '../../model/value.ts';

/** A function, a version or an alias, as something names it. */
export interface QualifiedFunction {
  /** The address of the alias, if a reference names it. */
  readonly alias?: string;
  /**
   * The name of the alias or the number of the version; empty for the function as a whole, undefined if it is not
   * known.
   */
  readonly qualifier: string | undefined;
}

/**
 * What a value names.
 * @param owner The function or alias to which it leads.
 * @param via The value that names it, alone or in an ARN.
 * @param beside The property for the qualifier, if there is one.
 */
export function qualifiedBy(owner: Resource, via: Value, beside?: Value): QualifiedFunction {
  if (owner.type === 'AWS::Lambda::Alias')
    return { alias: owner.address, qualifier: textOf(soleLeaf(owner.get('Name'))) };
  const own = beside && soleLeaf(beside);
  if (!beside || own?.state === 'absent') return { qualifier: qualifierIn(soleLeaf(via)) };
  return { ...(own?.state === 'reference' ? { alias: own.to } : {}), qualifier: textOf(own) };
}

/** Whether two values name the same version or alias of a function. */
export function haveSameQualifier(one: QualifiedFunction, other: QualifiedFunction): Judgement {
  if (one.alias !== undefined && one.alias === other.alias) return YES;
  if (one.qualifier === undefined || other.qualifier === undefined) return UNKNOWABLE;
  return one.qualifier === other.qualifier ? YES : NO;
}

/** A permission for a function, or for a version or alias of it. */
export interface FunctionPermissionEdge extends Edge {
  readonly names: QualifiedFunction;
}

/** The permissions for a function and its versions and aliases, or for an alias and its function. */
export function permissionsFor(owner: Resource): readonly FunctionPermissionEdge[] {
  if (owner.type !== 'AWS::Lambda::Alias')
    return [
      ...directPermissions(owner, 'function-permissions', YES),
      ...flatMap(owner.related('function-aliases').edges, ({ resource: alias, when }) =>
        directPermissions(alias, 'alias-permissions', judgement(when)),
      ),
    ];
  return [
    ...directPermissions(owner, 'alias-permissions', YES),
    ...flatMap(owner.related('function-of-alias').edges, ({ resource: fn, when }) =>
      directPermissions(fn, 'function-permissions', judgement(when)),
    ),
  ];
}

function directPermissions(
  owner: Resource,
  kind: 'alias-permissions' | 'function-permissions',
  within: Judgement,
): readonly FunctionPermissionEdge[] {
  return owner.related(kind).edges.map(({ resource, when, via }) => ({
    resource,
    via,
    when: all(within, judgement(when)),
    // CloudFormation has the qualifier in the name of the function only.
    names: qualifiedBy(owner, via, resource.argument?.('qualifier')),
  }));
}

/** Those of some permissions that are for one version or alias. */
export function permissionsWith(
  permissions: readonly FunctionPermissionEdge[],
  names: QualifiedFunction,
): readonly Edge[] {
  return permissions
    .map((edge): Edge => ({
      ...edge,
      via: edge.via,
      when: all(judgement(edge.when), haveSameQualifier(edge.names, names)),
    }))
    .filter(({ when }) => !never(when));
}

function soleLeaf(value: Value): Leaf | undefined {
  const [first, ...others] = leaves(value);
  return others.length === 0 ? first?.value : undefined;
}

function textOf(leaf: Leaf | undefined): string | undefined {
  if (leaf?.state === 'reference') return leaf.leadsTo && textOf(soleLeaf(leaf.leadsTo));
  return leaf?.state === 'known' ? literal(leaf.raw) : undefined;
}

/** Stands for a placeholder in a text. */
const UNKNOWN_TEXT = '\0';

const INVOCATIONS = '/invocations';

/** The qualifier after the name of a function, in the name alone, an ARN, or the URI of an integration. */
function qualifierIn(leaf: Leaf | undefined): string | undefined {
  if (leaf?.state === 'reference') return /^qualified/i.test(leaf.attribute ?? '') ? undefined : '';
  if (leaf?.state !== 'known' && leaf?.state !== 'template') return undefined;
  const text =
    leaf.state === 'known'
      ? leaf.raw
      : leaf.pieces.map((one) => (typeof one === 'string' ? one : UNKNOWN_TEXT)).join('');
  const inUri = text.endsWith(INVOCATIONS)
    ? text.slice(text.lastIndexOf('/functions/') + 11, -INVOCATIONS.length)
    : text;
  const parts = inUri.split(':');
  // `arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME:QUALIFIER`, or from `function` on, or only the name.
  const at = parts.lastIndexOf('function');
  return literal(parts.slice(at + 1)[1] ?? '');
}

/**
 * A text without placeholders and stage variables, and that is not the latest version, which has no permissions of its
 * own.
 */
function literal(text: string): string | undefined {
  return text.includes(UNKNOWN_TEXT) || text.includes('$') ? undefined : text;
}

import type { Output, Parameter, Resource, ResourceAttribute } from './resource.ts';
import type { Value } from './value.ts';

/** A value to write. References use the syntax of the document's format. */
export type NewValue =
  | string
  | number
  | boolean
  | null
  | readonly NewValue[]
  | NewObject
  | NewReference
  | NewText
  | NewCopy;

export interface NewObject {
  readonly [key: string]: NewValue;
}

/** A reference to another resource of the stack, or to an attribute of it under its CloudFormation name. */
export class NewReference {
  readonly to: Resource;
  readonly attribute: string | undefined;

  constructor(to: Resource, attribute?: string) {
    this.to = to;
    this.attribute = attribute;
  }
}

/** A deployment value that a format can have an expression for: the account, the Region or the partition. */
export class NewPseudo {
  /** The name of CloudFormation's pseudo parameter. */
  readonly name: 'AWS::AccountId' | 'AWS::Partition' | 'AWS::Region';
  /** The text to write if the format has no equivalent. */
  readonly otherwise: string;

  constructor(name: NewPseudo['name'], otherwise: string) {
    this.name = name;
    this.otherwise = otherwise;
  }
}

/** A string with references: the ARN of a bucket and a path below it. */
export class NewText {
  readonly pieces: readonly (string | NewReference | NewPseudo)[];

  constructor(...pieces: readonly (string | NewReference | NewPseudo)[]) {
    this.pieces = pieces;
  }

  get references(): readonly NewReference[] {
    return this.pieces.filter((piece) => piece instanceof NewReference);
  }
}

/** A copy of the source text of a value, or of its key, in the same document, including functions and references. */
export class NewCopy {
  readonly from: Value;
  readonly key: string | undefined;

  constructor(from: Value, key?: string) {
    this.from = from;
    this.key = key;
  }
}

/** Sets a property, including missing parents; replaces an existing value. */
export interface SetEdit {
  readonly op: 'set';
  readonly resource: Resource;
  /** The canonical path; `[]` after lists, where `item` selects the item: `CacheBehaviors[].ViewerProtocolPolicy`. */
  readonly path: string;
  readonly value: NewValue;
  /** The item of the last list in the path that receives the property. */
  readonly item?: Value;
}

/** Replaces a value that a rule read: one branch, one item, one string of a policy. */
export interface ReplaceEdit {
  readonly op: 'replace';
  readonly resource: Resource;
  readonly target: Value;
  readonly value: NewValue;
}

/** Replaces a part of a string with an expression of the format; the rest, including functions around it, is kept. */
export interface ReplacePartEdit {
  readonly op: 'replacePart';
  readonly resource: Resource;
  /** The string. */
  readonly target: Value;
  /** The range of the part in the resolved string. The part and the text before it are literals. */
  readonly start: number;
  readonly end: number;
  readonly word: NewPseudo;
}

/** Removes a property or an item. */
export interface RemoveEdit {
  readonly op: 'remove';
  readonly resource: Resource;
  readonly target: Value;
  /** Set if a property with comments about it is not to be removed. */
  readonly unlessCommented?: true;
}

export interface RenameKeyEdit {
  readonly op: 'renameKey';
  readonly resource: Resource;
  /** The value under the key. */
  readonly target: Value;
  readonly name: string;
}

/** Sets a member of an object: the version of a policy document. */
export interface AddMemberEdit {
  readonly op: 'addMember';
  readonly resource: Resource;
  /** The object. */
  readonly target: Value;
  readonly key: string;
  readonly value: NewValue;
}

/** Adds an item at the end of a list, or after one of its items; creates an absent list if its path is given. */
export interface InsertItemEdit {
  readonly op: 'insertItem';
  readonly resource: Resource;
  /** The canonical path of the list. */
  readonly path?: string;
  /** The list, or a single value that represents a list of one. */
  readonly list: Value;
  readonly value: NewValue;
  /** The item after which it is inserted. */
  readonly behind?: Value;
}

/** Removes one item of a list. Removing the last item removes the list. */
export interface RemoveItemEdit {
  readonly op: 'removeItem';
  readonly resource: Resource;
  readonly target: Value;
  /** Set if its content is repeated elsewhere. An item with comments about it is then not removed. */
  readonly unlessCommented?: true;
}

/** Adds a resource next to another one, in the same document and under the same conditions. */
export interface AddResourceEdit {
  readonly op: 'addResource';
  readonly beside: Resource;
  readonly type: string;
  /** The name of the new resource, made unique if necessary: `{base}Policy`. */
  readonly name: string;
  readonly properties: NewObject;
}

/**
 * Replaces a literal secret with a new input of the stack that is marked as secret: a NoEcho parameter, a sensitive
 * variable.
 */
export interface GiveSecretEdit {
  readonly op: 'giveSecret';
  readonly resource: Resource;
  readonly target: Value;
  /** The name of the input in CloudFormation's style, made unique if necessary: `DbPassword`. */
  readonly name: string;
}

/** Replaces one statement with several, in the same document. */
export interface SplitStatementEdit {
  readonly op: 'splitStatement';
  readonly resource: Resource;
  readonly target: Value;
  readonly statements: readonly NewObject[];
}

/** Adds a condition to a statement, in its existing condition block. */
export interface MergeConditionEdit {
  readonly op: 'mergeCondition';
  readonly resource: Resource;
  /** The statement. */
  readonly target: Value;
  readonly operator: string;
  readonly key: string;
  readonly value: NewValue;
}

/** Sets an attribute of a resource of a template, beside its properties. */
export interface SetAttributeEdit {
  readonly op: 'setAttribute';
  readonly resource: Resource;
  readonly name: ResourceAttribute;
  readonly value: string;
}

/** Marks an input of the stack as secret (NoEcho, sensitive), removes its default, or both. */
export interface ChangeInputEdit {
  readonly op: 'changeInput';
  readonly input: Parameter;
  readonly secret?: true;
  readonly withoutDefault?: true;
}

/** Removes an output of a template, and the section if it has no other. */
export interface RemoveOutputEdit {
  readonly op: 'removeOutput';
  readonly output: Output;
}

/** A change outside of resources. */
export type StackEdit = ChangeInputEdit | RemoveOutputEdit;

/** A change of a resource, or beside it. */
export type ResourceEdit =
  | SetEdit
  | ReplaceEdit
  | ReplacePartEdit
  | RemoveEdit
  | RenameKeyEdit
  | InsertItemEdit
  | RemoveItemEdit
  | AddResourceEdit
  | GiveSecretEdit
  | SplitStatementEdit
  | MergeConditionEdit
  | AddMemberEdit
  | SetAttributeEdit;

/** A change in canonical terms, as proposed by rules. */
export type Edit = ResourceEdit | StackEdit;

/**
 * What a deployment of a change can do to a resource that exists: make another one and delete this one, or make it
 * unavailable for a while. It depends on the values, the state and the format whether it does.
 */
export type Impact = 'replace' | 'interrupt';

/** A fix that a user can choose. All its edits are applied, or none, unless they are independent. */
export interface Fix {
  readonly title: string;
  /** No replacement, no interruption, no cost, no name or choice to make, and no known principal loses access. */
  readonly safe: boolean;
  readonly edits: readonly Edit[];
  /** Whether the edits are independent; those that are not applicable are omitted. */
  readonly each?: true;
  readonly uncovers?: Uncovers;
  /** Set if its deployment can replace or interrupt a resource. The title states it too. */
  readonly impact?: Impact;
}

/**
 * The findings that a fix can uncover in the changed statement. `part`: the statement allows or denies a part of what
 * it did before, or the same in fewer words, so more precise findings of equal or lower severity can appear. `effect`:
 * a statement without effect gains one, so any finding about it can appear.
 */
export type Uncovers = 'part' | 'effect';

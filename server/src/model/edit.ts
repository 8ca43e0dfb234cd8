import type { Resource } from './resource.ts';
import type { Value } from './value.ts';

/** A value to write. References are written in the author's own format. */
export type NewValue =
  string | number | boolean | null | readonly NewValue[] | NewObject | NewReference | NewText | NewCopy;

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

/** What a format may have a word for: the account, the Region or the partition that a template is deployed to. */
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

/** A text with references in it: the ARN of a bucket and what is below it. */
export class NewText {
  readonly pieces: readonly (string | NewReference | NewPseudo)[];

  constructor(...pieces: readonly (string | NewReference | NewPseudo)[]) {
    this.pieces = pieces;
  }

  get references(): readonly NewReference[] {
    return this.pieces.filter((piece) => piece instanceof NewReference);
  }
}

/** A copy of the source text of a value, or of a key of it, in the same document: functions, references and all. */
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
  /** The canonical path; `[]` after lists, where `item` says which item is meant: `CacheBehaviors[].ViewerProtocolPolicy`. */
  readonly path: string;
  readonly value: NewValue;
  /** The item of the last list in the path that gets the property. */
  readonly item?: Value;
}

/** Writes another value in place of one that a rule read: one branch, one item, one string of a policy. */
export interface ReplaceEdit {
  readonly op: 'replace';
  readonly resource: Resource;
  readonly target: Value;
  readonly value: NewValue;
}

/** Writes a word of the format in place of a part of a text; the rest stays as written, functions around it too. */
export interface ReplacePartEdit {
  readonly op: 'replacePart';
  readonly resource: Resource;
  /** The text. */
  readonly target: Value;
  /** Where the part begins and ends in what the text resolves to. It and what precedes it are written out. */
  readonly start: number;
  readonly end: number;
  readonly word: NewPseudo;
}

/** Removes a property or an item. */
export interface RemoveEdit {
  readonly op: 'remove';
  readonly resource: Resource;
  readonly target: Value;
}

export interface RenameKeyEdit {
  readonly op: 'renameKey';
  readonly resource: Resource;
  /** The value under the key. */
  readonly target: Value;
  readonly name: string;
}

/** Writes a member of an object that stands somewhere: the version of a policy document. */
export interface AddMemberEdit {
  readonly op: 'addMember';
  readonly resource: Resource;
  /** The object. */
  readonly target: Value;
  readonly key: string;
  readonly value: NewValue;
}

/**
 * Adds an item to the end of a list, or after one of its items; a list that is absent is written when its path is
 * given.
 */
export interface InsertItemEdit {
  readonly op: 'insertItem';
  readonly resource: Resource;
  /** The canonical path of the list. */
  readonly path?: string;
  /** The list, or one value that stands for a list of one. */
  readonly list: Value;
  readonly value: NewValue;
  /** The item that it goes after. */
  readonly behind?: Value;
}

/** Removes one item of a list. The list is removed with its last item. */
export interface RemoveItemEdit {
  readonly op: 'removeItem';
  readonly resource: Resource;
  readonly target: Value;
  /** What it says is still said elsewhere, so that comments about it may not go with it, nor stay above something else. */
  readonly unlessCommented?: true;
}

/** Adds a resource beside another one, in the same document and under the same circumstances. */
export interface AddResourceEdit {
  readonly op: 'addResource';
  readonly beside: Resource;
  readonly type: string;
  /** What the new resource is called, made unique if it is taken: `{base}Policy`. */
  readonly name: string;
  readonly properties: NewObject;
}

/** Replaces one statement by several, for the same document. */
export interface SplitStatementEdit {
  readonly op: 'splitStatement';
  readonly resource: Resource;
  readonly target: Value;
  readonly statements: readonly NewObject[];
}

/** Adds a condition to a statement, into the block that is there. */
export interface MergeConditionEdit {
  readonly op: 'mergeCondition';
  readonly resource: Resource;
  /** The statement. */
  readonly target: Value;
  readonly operator: string;
  readonly key: string;
  readonly value: NewValue;
}

/** A change in canonical terms, as rules propose it. */
export type Edit =
  | SetEdit
  | ReplaceEdit
  | ReplacePartEdit
  | RemoveEdit
  | RenameKeyEdit
  | InsertItemEdit
  | RemoveItemEdit
  | AddResourceEdit
  | SplitStatementEdit
  | MergeConditionEdit
  | AddMemberEdit;

/** A change that a user can choose. All its edits are made, or none, unless each stands for itself. */
export interface Fix {
  readonly title: string;
  /** No replacement, no interruption, no cost, no name or choice to make, and no known principal loses access. */
  readonly safe: boolean;
  readonly edits: readonly Edit[];
  /** Each edit is right without the others; those that cannot be written are left out. */
  readonly each?: true;
  readonly uncovers?: Uncovers;
}

/**
 * What a fix may bring to light in a statement of the policy that it changes, and that other rules then say. `part`: the statement allows or denies a part of what it
 * did, or the same in fewer words, of which something more exact and no graver is to be said. `effect`: what had no effect has one, so whatever is wrong
 * about it shows.
 */
export type Uncovers = 'part' | 'effect';

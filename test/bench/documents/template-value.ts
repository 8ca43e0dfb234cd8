/**
 * Values of CloudFormation templates as data, with intrinsic functions in their full form, and helpers that write them
 * briefly.
 */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };
export type Body = Readonly<Record<string, Value>>;

export const Ref = (name: string): Value => ({ Ref: name });
export const GetAtt = (resource: string, attribute: string): Value => ({ 'Fn::GetAtt': [resource, attribute] });
export const Sub = (text: string, variables?: Body): Value => ({ 'Fn::Sub': variables ? [text, variables] : text });
export const Join = (separator: string, parts: readonly Value[]): Value => ({ 'Fn::Join': [separator, parts] });
export const If = (condition: string, yes: Value, no: Value): Value => ({ 'Fn::If': [condition, yes, no] });
export const FindInMap = (map: string, first: Value, second: Value): Value => ({
  'Fn::FindInMap': [map, first, second],
});
export const Select = (index: number, list: Value): Value => ({ 'Fn::Select': [index, list] });
export const Split = (separator: string, text: Value): Value => ({ 'Fn::Split': [separator, text] });
export const ImportValue = (name: Value): Value => ({ 'Fn::ImportValue': name });
export const GetAZs: Value = { 'Fn::GetAZs': '' };
export const Base64 = (text: Value): Value => ({ 'Fn::Base64': text });
export const Equals = (left: Value, right: Value): Value => ({ 'Fn::Equals': [left, right] });
export const And = (...conditions: readonly Value[]): Value => ({ 'Fn::And': conditions });
export const Or = (...conditions: readonly Value[]): Value => ({ 'Fn::Or': conditions });
export const Not = (condition: Value): Value => ({ 'Fn::Not': [condition] });
export const Condition = (name: string): Value => ({ Condition: name });

export const REGION: Value = Ref('AWS::Region');
export const ACCOUNT: Value = Ref('AWS::AccountId');
export const NO_VALUE: Value = Ref('AWS::NoValue');

/** The key of a comment, which stands where the key would; JSON has no comments, so it is left out there. */
export const COMMENT = '#';
export const isComment = (key: string): boolean => key.startsWith(COMMENT);

export const isMap = (value: Value): value is Body => typeof value === 'object' && !Array.isArray(value);

/** An ARN in the account and Region of the stack. */
export const arn = (service: string, resource: string): Value =>
  Sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

export interface StatementParts {
  readonly Sid?: string;
  readonly Effect?: 'Allow' | 'Deny';
  readonly Principal?: Value;
  readonly Action: Value;
  readonly Resource?: Value;
  readonly Condition?: Value;
}

/** A statement with its members in the usual order. */
export function statement({
  Sid,
  Effect = 'Allow',
  Principal,
  Action,
  Resource,
  Condition: condition,
}: StatementParts): Body {
  return {
    ...(Sid === undefined ? {} : { Sid }),
    Effect,
    ...(Principal === undefined ? {} : { Principal }),
    Action,
    ...(Resource === undefined ? {} : { Resource }),
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

export const policy = (...statements: readonly StatementParts[]): Body => ({
  Version: '2012-10-17',
  Statement: statements.map(statement),
});

/** The trust policy of an AWS service. */
export const trust = (service: string, condition?: Value): Body =>
  policy({
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    ...(condition === undefined ? {} : { Condition: condition }),
  });

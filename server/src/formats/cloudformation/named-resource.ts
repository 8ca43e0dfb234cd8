/** The names that references have. */
import type { Range } from '../../base/span.ts';
import { argumentList, argumentText, plainText, type IntrinsicCall } from './call.ts';

/** A name in a call, and its place. */
export interface NamedReference {
  readonly name: string;
  readonly at: Range;
}

/** The resource or parameter in a Ref. */
export function refNamed(call: IntrinsicCall): NamedReference | undefined {
  const name = argumentText(call);
  return name === undefined ? undefined : { name, at: call.argument };
}

/** The resource in a Fn::GetAtt. */
export function getAttNamed(call: IntrinsicCall): NamedReference | undefined {
  const list = argumentList(call);
  if (list) {
    const name = plainText(list[0]);
    return name === undefined ? undefined : { name, at: list[0]! };
  }
  const text = argumentText(call);
  return text === undefined ? undefined : { name: text.split('.', 1)[0]!, at: call.argument };
}

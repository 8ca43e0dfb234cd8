import { isComment, isMap, type Value } from './template-value.ts';

/** A template in JSON, indented as the AWS console does, without its comments. */
export function writeJson(value: Value, indent: number | undefined = 2): string {
  return `${JSON.stringify(withoutComments(value), null, indent)}\n`;
}

function withoutComments(value: Value): Value {
  if (Array.isArray(value)) return (value as readonly Value[]).map(withoutComments);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (isComment(key) ? [] : [[key, withoutComments(member)] as const])),
  );
}

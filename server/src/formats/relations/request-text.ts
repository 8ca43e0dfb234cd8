/** The names of resources in the requests that integrations of APIs send to AWS services. */
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { UnknownPiece, Value } from '../../model/value.ts';

/**
 * The parameters of requests that name what they are about; the others are its content, such as `Name` of an execution.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
 * https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecord.html
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
const NAME_KEYS =
  'tablename|eventbusname|deliverystreamname|streamname|streamarn|topicarn|targetarn|queueurl|statemachinearn';

const NAME_KEY = new RegExp(`^(?:${NAME_KEYS})$`, 'i');
const NAME_ENTRY = new RegExp(String.raw`(?<!\w)(?:${NAME_KEYS})"?\s*[:=]\s*"([^"\\]+)"`, 'gi');

/** The strings in a request in JSON that name what it is about. */
export function namedIn(text: string): readonly string[] {
  return [...text.matchAll(NAME_ENTRY)].map(([, name]) => name!);
}

/** Whether a reference in a request is a name of its own, and not part of a longer one or of the content. */
export function isNamed(pieces: readonly (string | UnknownPiece)[], index: number): boolean {
  const [before, after] = [pieces[index - 1], pieces[index + 1]];
  const isPart = (text: string | UnknownPiece | undefined, end: RegExp): boolean =>
    text !== undefined && (typeof text !== 'string' || end.test(text));
  return !isPart(before, /[\w.-]$/) && !isPart(after, /^[\w-]/) && !isContent(pieces.slice(0, index));
}

/** Whether what follows is in the string of a member that names nothing, or in a string within a string. */
function isContent(before: readonly (string | UnknownPiece)[]): boolean {
  const text = before.map((piece) => (typeof piece === 'string' ? piece : '*')).join('');
  const start = text.lastIndexOf('"');
  if (start < 0) return false;
  if (text[start - 1] === '\\') return true;
  const member = memberBefore(text.slice(0, start));
  return member !== undefined && !NAME_KEY.test(member);
}

/** The name of the member of JSON whose value follows a text, if it ends with one. */
function memberBefore(text: string): string | undefined {
  const assigned = text.trimEnd();
  const name = assigned.endsWith(':') ? assigned.slice(0, -1).trimEnd() : '';
  return name.endsWith('"') ? name.slice(name.lastIndexOf('"', name.length - 2) + 1, -1) : undefined;
}

/** Whether an entry of templates by content type, of parameters or of a request can name what a request is about. */
export function canName(name: string, value: Value): boolean {
  return (
    /[/$]/.test(name) ||
    NAME_KEY.test(name.split('.').at(-1)!) ||
    leaves(value).some(({ value: leaf }) => hasMembers(leaf))
  );
}

function hasMembers(value: Value): boolean {
  return (
    value.state === 'object' ||
    (value.state === 'list' && itemsOf(value).items.some((item) => item.value.state === 'object'))
  );
}

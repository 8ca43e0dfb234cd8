/** The text edits of completions: in the syntax of the place, within its quotes, escaped for the surrounding string. */
import { flatMap } from '../base/flat-map.ts';
import type { Range } from '../base/span.ts';
import type { Cursor } from './cursor.ts';
import type { SnippetPlaceholder, Offer, OfferPiece, ValueForm } from './offer.ts';

/** How a place supports interpolation. */
export type Dialect =
  /** No interpolation. */
  | 'plain'
  /** CloudFormation's functions, in the place of the text. */
  | 'functions'
  /** The variables of a text that goes through `Fn::Sub`. */
  | 'sub'
  /** Terraform's templates. */
  | 'template';

/** The document's names for partition, Region and account: addresses of data sources in Terraform. */
export interface OwnNames {
  readonly partition?: string;
  readonly region?: string;
  readonly account?: string;
}

/** The replacement of a range of the document. */
export interface CompletionEdit {
  readonly range: Range;
  readonly pieces: readonly (string | SnippetPlaceholder)[];
  /** The text that clients filter by while the user types. */
  readonly filter: string;
}

/**
 * The edit for an offer; undefined if the place does not support it. In JSON, the edit includes the quotes: editors
 * have their own JSON completions that do so, and they rank the item with the longer matching prefix first.
 */
export function editOf(offer: Offer, cursor: Cursor, dialect: Dialect, names: OwnNames): CompletionEdit | undefined {
  if (cursor.language !== 'json' || cursor.inText || cursor.quote === '') return editAt(offer, cursor, dialect, names);
  const {
    quote,
    closed,
    range: { start, end },
  } = cursor;
  const edit = editAt(
    offer,
    { ...cursor, quote: '', closed: false, range: { start: start - 1, end: end + (closed ? 1 : 0) } },
    dialect,
    names,
  );
  return edit && { ...edit, filter: `${quote}${edit.filter}` };
}

function editAt(
  { written, label }: Offer,
  cursor: Cursor,
  dialect: Dialect,
  names: OwnNames,
): CompletionEdit | undefined {
  switch (written.as) {
    case 'text':
      return textEdit(written.pieces, label, cursor, dialect, names);
    case 'entry':
      return entryEdit(written.name, written.shape, label, cursor, dialect, names);
    case 'object':
      return whole(['{', ...entry([written.name], written.shape, { ...cursor, flow: true }), '}'], label, cursor);
  }
}

function textEdit(
  pieces: readonly OfferPiece[],
  label: string,
  cursor: Cursor,
  dialect: Dialect,
  names: OwnNames,
): CompletionEdit | undefined {
  const [only] = pieces;
  // In HCL, an ARN is a reference without a template around it.
  if (cursor.language === 'hcl' && pieces.length === 1 && typeof only === 'object' && 'arnOf' in only)
    return whole([`${only.arnOf}.${only.attribute ?? 'arn'}`], label, cursor);
  const made = pieces.some((piece) => typeof piece === 'object' && !('blank' in piece));
  if (dialect !== 'functions' || !made) return within(filled(pieces, dialect, names), label, cursor);
  const yaml = cursor.language === 'yaml';
  if (pieces.length === 1 && typeof only === 'object' && 'arnOf' in only) {
    const { arnOf, attribute } = only;
    if (yaml)
      return whole([attribute === undefined ? `!Ref ${arnOf}` : `!GetAtt ${arnOf}.${attribute}`], label, cursor);
    return whole(
      [
        attribute === undefined
          ? `{"Ref": ${JSON.stringify(arnOf)}}`
          : `{"Fn::GetAtt": [${JSON.stringify(arnOf)}, ${JSON.stringify(attribute)}]}`,
      ],
      label,
      cursor,
    );
  }
  const text = filled(pieces, 'sub', names);
  return whole(yaml ? ["!Sub '", ...text, "'"] : ['{"Fn::Sub": "', ...text, '"}'], label, cursor);
}

/** The pieces of a text in the syntax of the dialect. */
function filled(
  pieces: readonly OfferPiece[],
  dialect: Dialect,
  names: OwnNames,
): readonly (string | SnippetPlaceholder)[] {
  return pieces.map((piece): string | SnippetPlaceholder => {
    if (typeof piece === 'string' || 'blank' in piece) return piece;
    if ('arnOf' in piece)
      return dialect === 'template'
        ? `\${${piece.arnOf}.${piece.attribute ?? 'arn'}}`
        : `\${${piece.arnOf}${piece.attribute === undefined ? '' : `.${piece.attribute}`}}`;
    if (dialect === 'sub') return `\${AWS::${PSEUDO[piece.own]}}`;
    const name = dialect === 'template' ? names[piece.own] : undefined;
    return name !== undefined ? `\${${name}}` : piece.own === 'partition' ? 'aws' : { blank: WORD[piece.own] };
  });
}

const PSEUDO = { partition: 'Partition', region: 'Region', account: 'AccountId' } as const;
const WORD = { region: 'Region', account: 'Account' } as const;

/** A text within the existing quotes, or with quotes if it needs them. */
function within(
  pieces: readonly (string | SnippetPlaceholder)[],
  label: string,
  cursor: Cursor,
): CompletionEdit | undefined {
  const { quote, closed, language } = cursor;
  const plain = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.blank)).join('');
  if (quote !== '')
    return encoded(
      [...pieces.map((piece) => (typeof piece === 'string' ? inQuotes(piece, quote) : piece)), closed ? '' : quote],
      cursor.range,
      label,
      cursor,
    );
  if (language !== 'yaml')
    return encoded(
      ['"', ...pieces.map((piece) => (typeof piece === 'string' ? inQuotes(piece, '"') : piece)), '"'],
      cursor.range,
      label,
      cursor,
    );
  // A text that continues after its colon is not complete yet.
  const isOpen = typeof pieces.at(-1) === 'object';
  const isPlain =
    /^[\w/$][^\r\n\t]*$/.test(plain) &&
    !/: | #|\s$/.test(plain) &&
    (isOpen || !plain.endsWith(':')) &&
    !(cursor.flow && /[,[\]{}]/.test(plain)) &&
    !/^\d{4}-\d\d-\d\d$|^(?:true|false|null|yes|no|on|off)$|^[\d.]+$/i.test(plain);
  const written = isPlain
    ? pieces
    : ["'", ...pieces.map((piece) => (typeof piece === 'string' ? inQuotes(piece, "'") : piece)), "'"];
  return encoded([dash(cursor), ...written], cursor.range, label, cursor);
}

function inQuotes(text: string, quote: '"' | "'"): string {
  return quote === '"' ? JSON.stringify(text).slice(1, -1) : text.replaceAll("'", "''");
}

/** An item of a list that was started without its dash. */
function dash({ dash: is, isKey }: Cursor): string {
  return is === 'missing' && isKey ? '- ' : '';
}

/** A replacement of the text including its quotes. */
function whole(
  pieces: readonly (string | SnippetPlaceholder)[],
  label: string,
  cursor: Cursor,
): CompletionEdit | undefined {
  const { quote, closed, range } = cursor;
  const start = range.start - (quote === '' ? 0 : 1);
  return encoded([dash(cursor), ...pieces], { start, end: range.end + (closed ? 1 : 0) }, `${quote}${label}`, cursor);
}

function entryEdit(
  name: readonly OfferPiece[],
  shape: ValueForm,
  label: string,
  cursor: Cursor,
  dialect: Dialect,
  names: OwnNames,
): CompletionEdit | undefined {
  const { quote, closed, separated, range, language, inBody } = cursor;
  const written = filled(name, dialect === 'functions' ? 'plain' : dialect, names);
  const [first = ''] = written;
  const isBare =
    language === 'hcl' && quote === '' && written.length === 1 && typeof first === 'string' && /^\w+$/.test(first);
  const open = quote !== '' || language === 'yaml' || isBare ? '' : '"';
  if (separated) return encoded([open, ...written, quote !== '' && !closed ? quote : open], range, label, cursor);
  if (inBody !== undefined && typeof shape === 'object' && 'entries' in shape)
    // A block that shares its line with another one cannot have blocks.
    return inBody === 'own line'
      ? encoded([...written, ...body(shape.entries, cursor)], range, label, cursor)
      : undefined;
  const close = quote !== '' ? quote : open;
  return encoded(
    [open, ...written, close, ...behind(shape, cursor)],
    { start: range.start, end: range.end + (closed ? 1 : 0) },
    label,
    cursor,
  );
}

/** The separator after a key, and the text after it. */
function behind(shape: ValueForm, cursor: Cursor): readonly (string | SnippetPlaceholder)[] {
  const { language, flow, column } = cursor;
  if (language === 'yaml' && !flow) {
    const below = `\n${' '.repeat(column + 2)}`;
    if (shape === 'list') return [`:${below}- `, { blank: '' }];
    if (shape === 'statements') return [`:${below}- Effect: `, { blank: 'Allow' }];
    if (shape === 'object') return [`:${below}`, { blank: '' }];
  }
  return [language === 'hcl' ? ' = ' : ': ', ...value(shape, cursor)];
}

/** The body of a block, with its equals signs aligned. */
function body(
  entries: readonly (readonly [string, ValueForm])[],
  cursor: Cursor,
): readonly (string | SnippetPlaceholder)[] {
  const indent = ' '.repeat(cursor.column);
  const width = Math.max(...entries.map(([name]) => name.length));
  return [
    ' {',
    ...flatMap(entries, ([name, shape]) => [`\n${indent}  ${name.padEnd(width)} = `, ...value(shape, cursor)]),
    `\n${indent}}`,
  ];
}

function value(shape: ValueForm, cursor: Cursor): readonly (string | SnippetPlaceholder)[] {
  const quote = cursor.language === 'yaml' ? '' : '"';
  if (shape === 'text') return [quote, { blank: '' }, quote];
  if (shape === 'list') return [`[${quote}`, { blank: '' }, `${quote}]`];
  if (shape === 'object') return ['{', { blank: '' }, '}'];
  if (shape === 'statements') return ['[{', ...entry(['Effect'], { text: 'Allow' }, cursor), { blank: '' }, '}]'];
  if ('text' in shape)
    return [quote === '' && /^[\d*]/.test(shape.text) ? `'${shape.text}'` : `${quote}${shape.text}${quote}`];
  return [
    '{',
    ...flatMap(shape.entries, ([name, inner], index) => [
      ...(index > 0 ? [', '] : []),
      ...entry([name], inner, cursor),
    ]),
    '}',
  ];
}

function entry(name: readonly string[], shape: ValueForm, cursor: Cursor): readonly (string | SnippetPlaceholder)[] {
  const quote = cursor.language === 'json' ? '"' : '';
  return [`${quote}${name.join('')}${quote}`, cursor.language === 'hcl' ? ' = ' : ': ', ...value(shape, cursor)];
}

/** The edit in the document. */
function encoded(
  pieces: readonly (string | SnippetPlaceholder)[],
  range: Range,
  filter: string,
  cursor: Cursor,
): CompletionEdit | undefined {
  const written: (string | SnippetPlaceholder)[] = [];
  for (const piece of pieces) {
    if (piece === '') continue;
    const one = typeof piece === 'string' ? cursor.encode(piece, range.start) : piece;
    if (one === undefined) return undefined;
    written.push(one);
  }
  // Clients compare with the text of the document.
  return { range: cursor.outer(range), pieces: written, filter: cursor.encode(filter, range.start) ?? filter };
}

/** The edit text for clients that support snippets, with numbered placeholders. */
export function asSnippet(pieces: readonly (string | SnippetPlaceholder)[]): string {
  let number = 0;
  const escaped = (text: string): string => text.replace(/[\\$}]/g, '\\$&');
  return pieces
    .map((piece) =>
      typeof piece === 'string'
        ? escaped(piece)
        : piece.blank === ''
          ? `$${++number}`
          : `\${${++number}:${escaped(piece.blank)}}`,
    )
    .join('');
}

/** The edit text for clients without snippet support. */
export function asText(pieces: readonly (string | SnippetPlaceholder)[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.blank)).join('');
}

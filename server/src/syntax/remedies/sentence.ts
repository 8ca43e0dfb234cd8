/** What the parser's reasons mean, for people who write templates. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^nesting exceeded/, 'This is nested too deeply to be read.'],
  [/^tab characters/, 'YAML is indented with spaces; here is a tab.'],
  [
    /deficient indentation/,
    'This must be indented more than the key that it belongs to, or something above is not closed.',
  ],
  [/bad indentation/, 'The indentation of this fits neither what is above nor what is below.'],
  [/expected ':'|multiline key/, 'This is neither a key with a colon nor a value of the line above.'],
  [/within a (?:single|double) quoted scalar/, 'A quote is not closed.'],
  [/within a flow collection/, 'A bracket is not closed.'],
  [/missed comma/, 'A comma is missing, or a quote or bracket is not closed.'],
  [/found ','/, 'This comma is one too many.'],
  [/whitespace character is expected/, 'A space is missing behind the colon.'],
  [/line break is expected|of a block scalar|identifier/, 'Behind | or > the text begins on the next line.'],
  [/tag/i, 'This tag cannot be read.'],
  [/anchor|alias/, 'This anchor or alias cannot be read.'],
  [/directive|YAML version/, 'This directive cannot be read.'],
  [/end of the stream or a document separator/, 'This does not belong to the document above.'],
];

/** One sentence about why the parser stopped. */
export function sentence(reason: string): string {
  return SENTENCES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'This cannot be read as YAML.';
}

/** Messages for the parser's errors. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^nesting exceeded/, 'Nesting is too deep.'],
  [/^tab characters/, 'YAML requires spaces for indentation, not tabs.'],
  [
    /deficient indentation/,
    'This must be indented more than its parent key, or a quote or bracket above is not closed.',
  ],
  [/bad indentation/, 'The indentation matches neither the lines above nor the lines below.'],
  [/expected ':'|multiline key/, 'This is neither a key with a colon nor part of the line above.'],
  [/within a (?:single|double) quoted scalar/, 'Unclosed quote.'],
  [/within a flow collection/, 'Unclosed bracket.'],
  [/missed comma/, 'Missing comma, or unclosed quote or bracket.'],
  [/found ','/, 'Unexpected comma.'],
  [/whitespace character is expected/, 'Missing space after the colon.'],
  [/line break is expected|of a block scalar|identifier/, 'After | or >, the text must start on the next line.'],
  [/tag/i, 'Invalid tag.'],
  [/anchor|alias/, 'Invalid anchor or alias.'],
  [/directive|YAML version/, 'Invalid directive.'],
  [/end of the stream or a document separator/, 'Unexpected content after the document.'],
];

/** The message for a parser error. */
export function sentence(reason: string): string {
  return SENTENCES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'Invalid YAML.';
}

/**
 * Tokens in fixtures. They have the formats of real ones, so hosts of repositories and secret scanners reject files
 * with them. The first character of each is therefore written as its fullwidth form, which has the same length and is
 * replaced when a fixture is read.
 */
import { AWS_KEY_ID, TOKEN_FORMATS, tokensIn, type FoundToken } from '../../server/src/model/token.ts';

/** How far fullwidth forms are from ASCII. */
const FULLWIDTH = 0xfee0;

/** The formats that no vendor registers. */
const GENERIC: ReadonlySet<string> = new Set(['a JSON Web Token', 'a private key', 'a URL with a password']);

const REGISTERED = [...TOKEN_FORMATS.filter(({ name }) => !GENERIC.has(name)), AWS_KEY_ID];

/** The text of a fixture as it is analyzed. */
export function withTokens(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULLWIDTH));
}

/** The text of a fixture as it is written. */
export function withoutTokens(text: string): string {
  return replaced(text, (token) => String.fromCharCode(token.charCodeAt(0) + FULLWIDTH) + token.slice(1));
}

/** A text to be shown, with the end of each token masked. */
export function withMaskedTokens(text: string): string {
  return replaced(text, (token) => {
    const shown = Math.max(4, token.length - 20);
    return token.slice(0, shown) + '*'.repeat(token.length - shown);
  });
}

function replaced(text: string, replacement: (token: string) => string): string {
  let result = text;
  for (const { start, end } of registeredTokens(text))
    result = result.slice(0, start) + replacement(text.slice(start, end)) + result.slice(end);
  return result;
}

/** The tokens that a scanner looks for. The example key of AWS's documentation is known to be none. */
function registeredTokens(text: string): readonly FoundToken[] {
  return [...tokensIn(text, REGISTERED)].filter(({ format, example }) => !(example && format === AWS_KEY_ID));
}

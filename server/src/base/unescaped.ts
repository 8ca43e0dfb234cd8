/**
 * A text with numeric JSON and YAML escapes decoded. Escaped escapes are decoded too, so that JSON in strings is
 * covered: an extra name costs one small file, a missing name the data of a service.
 */
export function unescaped(text: string): string {
  return ESCAPE.test(text)
    ? text.replace(ESCAPES, (written, ...digits: (string | undefined)[]) => {
        const code = Number.parseInt(
          digits.slice(0, 3).find((one) => one !== undefined)!,
          16,
        );
        return code <= 0x10ffff ? String.fromCodePoint(code) : written;
      })
    : text;
}

const ESCAPE = /\\[uUx][0-9a-fA-F]{2}/;
const ESCAPES = /(?<!\\)\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8}))/g;

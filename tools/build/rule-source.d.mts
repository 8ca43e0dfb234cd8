/** See `rule-source.mjs`. */
export const TEXTS: readonly string[];
export function withoutTexts(path: string, source: string): string;

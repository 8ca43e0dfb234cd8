import { LineIndex } from '../base/line-index.ts';
import type { Range, Uri } from '../base/span.ts';
import { writtenSecrets } from '../formats/secret-places.ts';
import type { Finding } from '../model/finding.ts';
import { parse } from '../syntax/parse.ts';

/** A shorter text occurs in other words. */
const SHORTEST = 8;

/** The ranges of findings that are not shown. */
export function secretFindings(findings: readonly Finding[]): readonly Finding['at'][] {
  return findings.filter(({ secret }) => secret).map((finding) => finding.at);
}

/**
 * A function that returns whether a line of a text has a secret: a credential, one of the given ranges, or one of the
 * given texts. It takes the zero-based line number and the line.
 */
export function secretLines(
  doc: Uri,
  text: string,
  places: readonly Range[],
  texts: readonly string[],
): (line: number, text: string) => boolean {
  // In a patch, a carriage return is part of its line.
  const index = new LineIndex(text.replaceAll('\r', ' '));
  const lines = new Set<number>();
  for (const { start, end } of [...writtenSecrets(parse(doc, text)), ...places]) {
    const last = index.positionAt(Math.max(start, end - 1)).line;
    for (let { line } = index.positionAt(start); line <= last; line++) lines.add(line);
  }
  const distinct = texts.filter((one) => one.length >= SHORTEST);
  return (line, written) => lines.has(line) || distinct.some((one) => written.includes(one));
}

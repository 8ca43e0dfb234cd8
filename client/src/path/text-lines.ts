/** Lines of text in a drawing, whose fonts are not known. */

/** The widths of characters relative to the font size. They are those of wide fonts, so that no line gets wider. */
const WIDTHS: readonly (readonly [characters: RegExp, width: number])[] = [
  [/[ijl.,:;'|!()[\]{} ]/, 0.36],
  [/[frt/\\"*-]/, 0.44],
  [/[mwMW@%]/, 0.95],
  [/[A-Z_&+=<>~#$]/, 0.74],
  [/[ -~]/, 0.6],
  [/[\u00A1-\u024F]/, 0.75],
];

/** Ideographs, emoji and others. */
const OTHER = 1.15;

const widthOfCharacter = (character: string): number =>
  WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? OTHER;

/** The width of a text, at most. */
export function textWidth(text: string, size: number): number {
  return Array.from(text).reduce((sum, character) => sum + widthOfCharacter(character), 0) * size;
}

/**
 * Breaks a text into lines between words, and words that are too long after their separators or within.
 * @param most The maximum number of lines; the last one ends in an ellipsis if there are more.
 */
export function linesOf(text: string, width: number, size: number, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text, width, size)) {
    if (line !== '' && textWidth((line + piece).trimEnd(), size) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), ellipsis(lines[most - 1]!, width, size)];
}

/** Words with the spaces after them, each at most as wide as a line. */
function piecesOf(text: string, width: number, size: number): readonly string[] {
  return (text.match(/\S+\s*|\s+/g) ?? []).flatMap((word) =>
    textWidth(word.trimEnd(), size) <= width
      ? [word]
      : (word.match(/[^./:_-]*[./:_-]+\s*|[^./:_-]+/g) ?? []).flatMap((part) => cut(part, width, size)),
  );
}

function cut(part: string, width: number, size: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of part) {
    if (piece !== '' && textWidth(piece + character, size) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

function ellipsis(line: string, width: number, size: number): string {
  const characters = Array.from(line);
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, size) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/**
 * Pages as they are packed. Most pictures show the editor in which the page is open, and cost more than all the text.
 */
import { dirname, join } from 'node:path/posix';

/** The text of a page without the pictures that are not packed. A picture is a paragraph of its own. */
export function withoutPictures(page: string, text: string, isPacked: (path: string) => boolean): string {
  return text.replaceAll(/^!\[[^\]]*\]\(([^)\s]+)\)\n\n?/gm, (picture, path: string) =>
    /^[a-z]+:/.test(path) || isPacked(join(dirname(page), path)) ? picture : '',
  );
}

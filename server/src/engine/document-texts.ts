import { flatMap } from '../base/flat-map.ts';
import type { Uri } from '../base/span.ts';
import type { Detection } from '../formats/format.ts';
import type { DocumentText } from '../rules/document-check.ts';
import type { Documents } from './documents.ts';
import { namedTexts } from './named-texts.ts';

/** The texts of the supported named documents. */
export function documentTexts(documents: Documents, detected: ReadonlyMap<Uri, Detection>): readonly DocumentText[] {
  return flatMap([...detected], ([doc, { format, language }]): readonly DocumentText[] => {
    const answer = format === 'none' ? undefined : documents.snapshot.file(doc);
    if (answer?.kind !== 'text') return [];
    const at: DocumentText['at'] = ({ start, end }) => ({
      state: 'absent',
      open: false,
      origin: { use: { doc, start, end }, steps: [], edit: 'none' },
    });
    const secretAt: DocumentText['secretAt'] = (range) => {
      const value = at(range);
      return { ...value, origin: { ...value.origin, secret: true } };
    };
    const named = (): ReturnType<DocumentText['named']> => {
      const tree = documents.tree(doc, language);
      return tree ? namedTexts(tree) : [];
    };
    return [{ doc, format, text: answer.text, at, secretAt, named }];
  });
}

/** Templates that are edited: those of fixtures, and several of them in one document. */
import type { Session } from './increments.ts';
import { ownInputs } from './inputs.ts';

/** A template in its first version. */
export interface TemplateSession extends Session {
  readonly versions: readonly string[];
}

/** The templates of the fixtures, and several of them in one document. */
export function templates(): readonly TemplateSession[] {
  const own = ownInputs()
    .filter(({ texts, doc }) => texts.size === 1 && /\.(?:yaml|yml|json)$/.test(doc))
    .map(({ doc, texts }): TemplateSession => ({ doc, texts, versions: [texts.get(doc)!] }))
    .filter(({ versions: [text] }) => /\bResources\b/.test(text!));
  const blocks = own.map(({ versions: [text] }) => text!).filter((text) => /^Resources:\n {2}\w+:/m.test(text));
  const several = blocks.flatMap((_, index): readonly TemplateSession[] => {
    // Neighbors have the same resources, so these come from all over.
    const text = index % 4 === 0 ? united(SEVERAL.map((nth) => blocks[(index + nth) % blocks.length]!)) : undefined;
    const doc = `file:///case/several${index}.yaml`;
    return text === undefined ? [] : [{ doc, texts: new Map([[doc, text]]), versions: [text] }];
  });
  return [...own, ...several];
}

const SEVERAL = [0, 1, 331, 997];

/** Whether a session edits a SAM template. */
export function isSam({ versions: [text] }: TemplateSession): boolean {
  return /AWS::Serverless-2016-10-31/.test(text!);
}

/** One template with the resources of several, whose other sections are those of the first. */
function united(texts: readonly string[]): string {
  const resources = texts.map((text, index) => {
    const section = /^Resources:\n((?: .*\n|\n|#.*\n)*)/m.exec(`${text}\n`)![1]!;
    const names = [...section.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name!);
    // Types and properties can have the same names.
    const uses = new RegExp(
      `(?<=^ {2}|!Ref |!GetAtt |[$][{]|Ref: |GetAtt: \\[|DependsOn: )(?:${names.join('|')})\\b`,
      'gm',
    );
    return section.replaceAll(uses, (name) => `${name}${index}`);
  });
  return `${texts[0]!.replace(/^Resources:\n(?: .*(?:\n|$)|\n|#.*\n)*/m, '').trimEnd()}\nResources:\n${resources.join('')}`.trimStart();
}

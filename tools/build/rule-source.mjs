/** The texts of a rule for people, which the build keeps apart from its code: an analysis does not need them. */

/**
 * The facts for lists, pages and explanations, and those from which others follow, with what stands for them in the
 * code: forms derive facts from required ones. `server/src/host/built-rules.ts` has the same list.
 */
const IN_CODE = {
  title: "  title: '',\n",
  why: "  why: '',\n",
  remedy: "  remedy: '',\n",
  keywords: '',
  sources: '  sources: {},\n',
  accessed: '',
  judged: '',
  unset: '',
};

export const TEXTS = Object.keys(IN_CODE);

/** Such a fact, as oxfmt writes it: on one line, from the next line on, or up to a closing bracket. */
const TEXT = new RegExp(
  `^ {2}(${TEXTS.join('|')}):(?: .*[^{[(]\\n|\\n(?: {4}.*\\n)+| .*[{[(]\\n(?: {4}.*\\n|\\n)* {2}[)\\]}]+,\\n)`,
  'gm',
);

/** A rule in a form that derives the problem from the title. */
const IN_FORM = /^export default (?:setting|item|attribute|list|companion)Rule\(/;
const PROBLEM = /^ {2}problem:/m;

/**
 * The source of a rule without its texts, except a title of which its messages are made. Throws if one is written in
 * another form.
 */
export function withoutTexts(path, source) {
  const start = source.search(/^export default\b/m);
  if (start < 0) throw new Error(`${path} exports no rule`);
  // Other objects of the module have facts with the same names.
  const length = source.slice(start).search(/^\}/m);
  const rule = source.slice(start, length < 0 ? undefined : start + length);
  const keepsTitle = IN_FORM.test(rule) && !PROBLEM.test(rule);
  const code = rule.replaceAll(TEXT, (text, name) => (name === 'title' && keepsTitle ? text : IN_CODE[name]));
  const unread = TEXTS.find((name) => new RegExp(`^ {2}${name}\\b`, 'm').test(rule.replaceAll(TEXT, '')));
  if (unread !== undefined) throw new Error(`${path}: cannot find where "${unread}" ends`);
  return source.slice(0, start) + code + source.slice(start + rule.length);
}

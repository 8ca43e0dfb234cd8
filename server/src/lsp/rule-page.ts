/** Where the pages of the rules are published; each is named after its rule. */
export const RULE_PAGES = 'https://github.com/stackwarden/stackwarden/blob/main/docs/rules/';

export function rulePage(rule: string): string {
  return `${RULE_PAGES}${rule}.md`;
}

/** The options of rules, which a configuration can set. */

/** An option: what it does, and the form of its value. */
export type RuleOption = {
  /** What it does, as a sentence for its page. */
  readonly description: string;
} & (
  | { /** A list of TCP port numbers. */ readonly type: 'ports' }
  /** An integer within bounds. */
  | { readonly type: 'number'; readonly minimum: number; readonly maximum: number; readonly example: number }
  /** A list of strings. */
  | { readonly type: 'texts'; readonly example: string }
);

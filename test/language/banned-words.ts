/** Words that users do not search for, and the words of AWS's, HashiCorp's and Security Hub's pages. */
export interface BannedWord {
  readonly pattern: RegExp;
  readonly instead: string;
  /** Set if only strings of sources are affected, because comments use the word in another sense. */
  readonly only?: 'string';
}

export const BANNED_WORDS: readonly BannedWord[] = [
  { pattern: /\b(?:everybody|everyone)\b/i, instead: 'anyone, the public, all principals' },
  { pattern: /\bwhoever\b/i, instead: 'anyone who, a principal that' },
  { pattern: /\b(?:somebody|someone)\b/i, instead: 'a user, an attacker, an author' },
  { pattern: /\bnobody\b/i, instead: 'no one, no principal, not' },
  { pattern: /\b(?:lets?|letting) (?:\w+ ){0,3}in\b/i, instead: 'allows, grants access' },
  { pattern: /\ba star\b|\bstars\b|\blone star\b/i, instead: 'a wildcard, *' },
  { pattern: /\b(?:comes?|came|coming) to\b/i, instead: 'resolves to, is' },
  { pattern: /\bwork(?:ed|s|ing)? (?:\w+ ){0,3}out\b/i, instead: 'evaluates, computes' },
  { pattern: /\bput in\b(?! order)/i, instead: 'interpolated' },
  { pattern: /\bholes?\b/, instead: 'placeholder' },
  { pattern: /\b(?:an?|each|every|this|whole) texts?\b(?! file)/i, instead: 'string, template string', only: 'string' },
  { pattern: /\bcircles?\b/i, instead: 'cycle' },
  { pattern: /\bturns? of a loop\b/i, instead: 'iteration' },
  { pattern: /\btemplates? within (?:a|another) template\b/i, instead: 'nested stack' },
  { pattern: /\b(?:polic(?:y|ies)|keys?) of AWS\b/i, instead: 'AWS managed policy, AWS owned key' },
  { pattern: /\btakes? (?:no )?(?:such )?resources?\b/i, instead: 'supports resource-level permissions' },
  { pattern: /\bcan(?:not)? be limited\b/i, instead: 'supports resource-level permissions, can be restricted' },
  { pattern: /\breads? the data of (?:each|every|all)\b/i, instead: 'data exfiltration' },
  { pattern: /\bwrong things?\b/i, instead: 'misconfiguration, finding' },
  { pattern: /\bwho owns what\b/, instead: "the shared responsibility model, AWS's responsibility" },
  { pattern: /\bhas a part in\b/i, instead: 'contributes to' },
  { pattern: /\bthere is no (?:setting|place)\b/i, instead: 'Unknown setting' },
  { pattern: /\bwhat is (?:there|written|said|found)\b/i, instead: 'the value, the finding' },
  { pattern: /(?<!there )\b(?:is|are) no (?!longer|such|t\b)\w/i, instead: 'is not a' },
  { pattern: /\bfor ever\b/i, instead: 'never expires, permanently' },
  { pattern: /\btold apart\b/i, instead: 'distinguished' },
  { pattern: /\bwho may\b/i, instead: 'who is allowed to, principals that can' },
  { pattern: /\bcarried out\b/i, instead: 'applied' },
  { pattern: /\b(?:stands?|stood) (?:written|there|in|beside|above|at|for nothing|alone)\b/i, instead: 'is, is in' },
  { pattern: /\bto the letter\b/i, instead: 'exactly' },
  { pattern: /\bhands? (?:it |them )?on\b/i, instead: 'passes, returns, exports' },
  { pattern: /\bgives? itself more\b/i, instead: 'escalates privileges' },
  { pattern: /\ban(?:d|y) more than AWS takes\b|\bthan AWS takes\b/i, instead: 'exceeds the quota' },
  { pattern: /\bonce more\b(?! is\b)/i, instead: 'again' },
  { pattern: /\bkeep(?:s)? \w+ out\b/i, instead: 'deny' },
  { pattern: /\bsays? (?:of|for|to) (?:what|which|whom)\b/i, instead: 'states, defines' },
  { pattern: /\bwhom\b/i, instead: 'which principals' },
  { pattern: /\banew\b/i, instead: 'again' },
  { pattern: /\ball the same\b/i, instead: 'still' },
  { pattern: /\bwhat is missing to know\b/i, instead: 'the missing information' },
  { pattern: /\bfull stop\b/i, instead: 'period' },
  {
    pattern: /\b(?:licences?|recognis\w*|organis\w*|colours?|behaviours?|analys(?:e|ed|es|ing)\b)/i,
    instead: 'American spelling',
  },
  { pattern: /\bas well\b(?! as)/i, instead: 'also, too; in a related place: the same applies to' },
  { pattern: /\b(?<!\.)outsiders?\b(?!\.|:)/i, instead: 'external principal' },
  { pattern: /\badmits\b/i, instead: 'allows, accepts', only: 'string' },
  {
    pattern:
      /\b(?:pages?|examples?|rules|web ACLs|shares|servers|services|defaults?|access levels) of (?:AWS|Amazon|ACM|Terraform)\b/i,
    instead: 'AWS page, AWS WAF web ACL, AWS service, the default of the provider',
  },
  { pattern: /\b(?:an?|the|its|each|every|other|one|all|same) regions?\b/, instead: 'Region' },
  { pattern: /\bmischief|\bintruder\b|\bevil\b/i, instead: 'attacker' },
];

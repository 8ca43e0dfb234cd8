/** Where a path starts: with anyone on the internet, or with other AWS accounts. */
export type Outside = 'internet' | 'other-accounts';

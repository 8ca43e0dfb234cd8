import type { Profile, Severity } from '../../model/finding.ts';
import { UNKNOWABLE, YES } from '../../model/judgement.ts';
import { TOKEN_FORMATS, tokensOf } from '../../model/token.ts';
import { defineRule } from '../rule.ts';

/** Formats whose tokens have limited use do not belong in every profile. */
const PROFILE_OF: Readonly<Partial<Record<Severity, { readonly profile: Profile }>>> = {
  medium: { profile: 'recommended' },
  low: { profile: 'strict' },
};

export default defineRule({
  id: 'template-hardcoded-token',
  on: 'document',
  topic: 'secrets',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Templates should not contain hard-coded tokens and private keys',
  keywords: [
    'API key',
    'credentials',
    'leaked secrets',
    'GitHub token',
    'Slack webhook',
    'PEM',
    'JWT',
    'connection string',
    'database URL',
  ],
  why: 'Anyone who has a token has its permissions. Bots find tokens in public repositories within minutes, and the tokens remain in the history.',
  remedy:
    'Revoke the token where it was issued, remove it from the repository history, and read the new one from Secrets Manager or Parameter Store.',
  sources: {
    ...Object.fromEntries(TOKEN_FORMATS.map(({ name, source }) => [source, `The format of ${name}.`])),
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/hardcoded.html':
      'A call to Secrets Manager at run time replaces hard-coded credentials in code.',
  },
  fix: 'none',
  *check(document) {
    for (const { format, start, end, example } of tokensOf(document)) {
      const { name, severity, uncertain, where } = format;
      yield {
        violations: [{ wrong: uncertain ? UNKNOWABLE : YES, at: document.secretAt({ start, end }) }],
        ...(example ? { severity: 'low', profile: 'strict' } : { severity, ...PROFILE_OF[severity] }),
        message: example
          ? `The document contains an example of ${name}. Replace it with a reference to a secret.`
          : `The document contains ${name}. Revoke it ${where}, remove it from the history, and read it from Secrets Manager.`,
      };
    }
  },
});

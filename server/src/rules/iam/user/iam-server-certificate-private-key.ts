import { secretRule } from '../../forms/secret-rule.ts';

export default secretRule({
  id: 'iam-server-certificate-private-key',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'IAM server certificate private keys should not be hard-coded',
  keywords: ['TLS', 'PEM', 'ACM'],
  why: 'Anyone who can read the repository, a backup of it or a build log can impersonate the site of the certificate and intercept its traffic.',
  remedy:
    'Use an ACM certificate; ACM creates and stores the private key. Revoke this certificate, because its key stays in the repository history.',
  sources: { 'AWS::IAM::ServerCertificate': 'PrivateKey is the private key of the certificate, encoded as PEM.' },
  accessed: '2026-11-28',
  secrets: { 'AWS::IAM::ServerCertificate': { path: 'PrivateKey', replaces: true } },
  advice: 'Use an ACM certificate, and revoke this one.',
});

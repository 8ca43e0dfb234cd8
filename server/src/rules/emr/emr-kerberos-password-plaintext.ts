import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'emr-kerberos-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'EMR Kerberos passwords should not be hard-coded',
  keywords: ['Active Directory'],
  why: 'Anyone who can read the repository, a backup of it or a build log can create Kerberos principals, and so run jobs as any user of the cluster.',
  sources: {
    'https://docs.aws.amazon.com/emr/latest/APIReference/API_KerberosAttributes.html':
      'KdcAdminPassword is the password of the kadmin service, which maintains the principals; CrossRealmTrustPrincipalPassword and ADDomainJoinPassword are for a trust with another realm or domain.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::EMR::Cluster': [
      { path: 'KerberosAttributes.KdcAdminPassword', aliases: ['F65'] },
      { path: 'KerberosAttributes.CrossRealmTrustPrincipalPassword', aliases: ['F64'] },
      { path: 'KerberosAttributes.ADDomainJoinPassword', aliases: ['F63'] },
    ],
  },
});

import { listRule } from '../forms/list-rule.ts';

export default listRule({
  id: 'transfer-server-secure-protocols',
  topic: 'encryption-in-transit',
  // FTP works only within a VPC.
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Transfer Family servers should not use FTP',
  keywords: ['SFTP', 'secure protocols', 'unencrypted', 'plaintext'],
  why: 'FTP sends user names, passwords and files in plaintext, so anyone on the network path can read and change them.',
  remedy: 'Remove FTP from Protocols, and use SFTP or FTPS.',
  sources: {
    'AWS::Transfer::Server': 'FTP is unencrypted file transfer; SFTP, FTPS and AS2 are the other protocols.',
    'https://docs.aws.amazon.com/transfer/latest/userguide/create-server-ftp.html':
      'FTP uses clear text; a server with FTP needs an endpoint in a VPC with internal access.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_357'],
  controls: { securityHub: ['Transfer.2'] },
  lists: { 'AWS::Transfer::Server': 'Protocols' },
  mustNotContain: ['FTP'],
  problem: 'accepts unencrypted FTP',
  fix: { cost: 'stops FTP clients' },
});

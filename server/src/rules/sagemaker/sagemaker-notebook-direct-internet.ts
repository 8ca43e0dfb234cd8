import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'sagemaker-notebook-direct-internet',
  topic: 'network-exposure',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'SageMaker notebook instances should not have direct internet access',
  keywords: ['data exfiltration', 'Jupyter', 'VPC'],
  why: 'With direct internet access, code in a notebook can send data to any server, bypassing the controls and logs of your VPC.',
  remedy:
    'Set DirectInternetAccess to Disabled, with a subnet and security groups. Reach the internet through a NAT gateway, and AWS services through VPC endpoints.',
  sources: {
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html':
      'With Disabled, the instance can access only resources in your VPC, and needs a NAT gateway to reach SageMaker.',
    aws_sagemaker_notebook_instance: 'The default is Enabled. Disabled requires a subnet and security groups.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_122', 'SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS'],
  controls: { securityHub: ['SageMaker.1'] },
  settings: { 'AWS::SageMaker::NotebookInstance': 'DirectInternetAccess' },
  forbidden: ['Enabled'],
  absent: 'unsafe',
  advice: 'Set {setting} to Disabled, with a subnet and security groups of your VPC.',
});

import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'stepfunctions-state-machine-logging',
  topic: 'logging',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-29',
  title: 'Step Functions state machines should have logging enabled',
  keywords: ['sfn', 'SAM', 'execution history', 'Express Workflows'],
  why: 'Step Functions keeps no execution history for Express workflows. For Standard workflows, it is not in CloudWatch Logs, where you can retain and monitor it.',
  remedy:
    'Set the level to ERROR or ALL and add a log group as destination. The role of the state machine needs permission to write to it.',
  sources: {
    'AWS::StepFunctions::StateMachine.LoggingConfiguration':
      'LoggingConfiguration says which events are logged and where; the level is OFF by default.',
    'config:step-functions-state-machine-logging-enabled': 'A state machine without logging is noncompliant.',
    'https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html':
      'Express workflows have no execution history; it has to be logged to CloudWatch Logs. CloudFormation does not enable logging by default.',
  },
  aliases: ['CKV_AWS_285', 'AWS-0119'],
  controls: { securityHub: ['StepFunctions.1'] },
  settings: {
    'AWS::StepFunctions::StateMachine': [
      {
        path: 'LoggingConfiguration.Level',
        onlyIf: { StateMachineType: ['EXPRESS'] },
        severity: 'medium',
        problem: 'does not have logging enabled',
        consequence: 'Express workflows keep no other history.',
      },
      { path: 'LoggingConfiguration.Level', profile: 'strict' },
    ],
  },
  forbidden: ['OFF'],
  absent: 'unsafe',
  advice: 'Set the log level to ERROR or ALL, and a log group.',
});

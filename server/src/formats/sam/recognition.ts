import type { Recognition } from '../format.ts';

const TRANSFORM = /AWS::Serverless-2016-10-31/;
const TYPE = /["']?Type["']?\s*:\s*["']?AWS::Serverless::\w/;

export const SAM_RECOGNITION: Recognition = {
  byKeys: ({ text, has }) => {
    if (TRANSFORM.test(text) && has('Transform'))
      return { format: 'sam', reason: 'the transform AWS::Serverless-2016-10-31' };
    // Without the transform, CloudFormation rejects such a template, so it is assumed to be incomplete.
    return has('Resources') && TYPE.test(text)
      ? { format: 'sam', reason: 'Resources with AWS::Serverless types, but no transform' }
      : undefined;
  },
};

/**
 * A template with a policy whose statements exist by conditions, and allow or deny by others, beside a volume. The
 * scenarios of its findings are combinations of all of them.
 * @param actions The actions of each statement, as YAML.
 */
export function conditionalPolicy(statements: number, actions: readonly string[]): string {
  const names = Array.from({ length: statements }, (_, index) => index);
  const parameters = names.map((name) => `  P${name}: {Type: String, Default: a, AllowedValues: [a, b, c]}\n`);
  const conditions = names.map((name) => `  C${name}: !Equals [!Ref P${name}, b]\n`);
  const written = names.map((name) => {
    const effect = `!If [C${(name + 1) % statements}, Allow, Deny]`;
    return `          - !If
            - C${name}
            - {Effect: ${effect}, Action: [${actions.join(', ')}], Resource: ['*']}
            - !Ref AWS::NoValue
`;
  });
  return `Parameters:
${parameters.join('')}Conditions:
${conditions.join('')}Resources:
  Disk: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1}}
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
${written.join('')}`;
}

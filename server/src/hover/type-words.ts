/** The service in the name of a type: `Cognito` for `AWS::Cognito::UserPool`. */
export function serviceWord(type: string): string {
  return type.split('::')[1] ?? type;
}

/** The noun for a resource type: `log group` for `AWS::Logs::LogGroup`. */
export function typeWord(type: string): string {
  return (type.split('::').at(-1) ?? type)
    .replace(/[a-z0-9](?=[A-Z])|[A-Z](?=[A-Z][a-z])/g, '$& ')
    .replace(/\b([A-Z])(?=[a-z])/g, (letter) => letter.toLowerCase())
    .replace('graph QL', 'GraphQL')
    .replace(/\b(?:acl|api|dns|ip|nat|rest(?= api)|url|vpc|vpn)\b/g, (acronym) => acronym.toUpperCase());
}

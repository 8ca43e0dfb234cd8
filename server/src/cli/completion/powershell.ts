import { flatMap } from '../../base/flat-map.ts';
import { completedCommands, PROGRAM_OPTIONS, type CompletedOption, type Values } from './completed.ts';

/** The completion script for PowerShell 5.1 and later. Without results, PowerShell completes file names. */
export function powershellScript(rules: readonly string[]): string {
  const commands = completedCommands();
  return `# PowerShell completion for stackwarden. Load it with: stackwarden completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName stackwarden -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $rules = @(${rules.map(quoted).join(', ')})
    $commands = [ordered]@{
${commands.map(({ name, description }) => `        ${quoted(name)} = ${quoted(description)}`).join('\n')}
    }
    $options = @{
        '' = ${table(PROGRAM_OPTIONS)}
${commands.map(({ name, options }) => `        ${quoted(name)} = ${table(options)}`).join('\n')}
    }
    $values = @{
${flatMap(commands, ({ name, options }) =>
  flatMap(options, ({ names, values }) =>
    values ? names.map((option) => `        ${quoted(`${name} ${option}`)} = ${list(values)}`) : [],
  ),
).join('\n')}
    }
    $arguments = @{
        '' = @($commands.Keys)
${commands.map(({ name, argument }) => `        ${quoted(name)} = ${argument ? list(argument) : '@()'}`).join('\n')}
    }

    # The words before the cursor, without the program and the word to complete.
    $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | Select-Object -Skip 1 | ForEach-Object { $_.Extent.Text })
    $command = @($words | Where-Object { $_ -notlike '-*' })[0]
    if ($null -eq $command) { $command = '' }
    $previous = if ($words.Count -gt 0) { $words[-1] } else { '' }
    $prefix = ''
    $word = $wordToComplete
    if ($values.ContainsKey("$command $previous")) {
        $found = $values["$command $previous"]
        # Items before the last comma of a list stay.
        if ($word -match '^.*,') { $prefix = $Matches[0]; $word = $word.Substring($prefix.Length) }
    } elseif ($word -like '-*') {
        if (-not $options.ContainsKey($command)) { return }
        $options[$command].GetEnumerator() | Where-Object { $_.Key -clike "$word*" } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_.Key, $_.Key, 'ParameterName', $_.Value)
        }
        return
    } elseif ($arguments.ContainsKey($command)) {
        $found = $arguments[$command]
    } else { return }
    $found | Where-Object { $_ -like "$word*" } | ForEach-Object {
        $text = if ($commands.Contains($_)) { $commands[$_] } else { $_ }
        [System.Management.Automation.CompletionResult]::new("$prefix$_", $_, 'ParameterValue', $text)
    }
}
`;
}

/** The names of options with their descriptions. */
function table(options: readonly CompletedOption[]): string {
  const rows = flatMap(options, ({ names, description }) =>
    names.map((name) => `            ${quoted(name)} = ${quoted(description)}`),
  );
  return rows.length === 0 ? '@{}' : `[ordered]@{\n${rows.join('\n')}\n        }`;
}

function list(values: Values): string {
  switch (values.kind) {
    case 'choices':
      return `@(${values.choices.map(quoted).join(', ')})`;
    case 'command':
      return '@($commands.Keys)';
    case 'rule':
    case 'rules':
      return '$rules';
    case 'directories':
    case 'files':
    case 'other':
      return '@()';
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

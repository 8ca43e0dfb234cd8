#!/usr/bin/env bash
# Runs `stackwarden lint` for action.yml. Inputs arrive in environment variables and are passed on as elements of an array, so no shell evaluates
# them. Options are passed as --name=value, so no value can become another option.
set -euo pipefail

# The text of an error is an annotation of the workflow run: a line break in it would end the command.
fail() {
  local text=${1//'%'/%25}
  text=${text//$'\r'/%0D}
  printf '::error title=Stackwarden::%s\n' "${text//$'\n'/%0A}"
  exit 2
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

[ "$(node --print 'Number(process.versions.node.split(".")[0]) >= 20' 2>/dev/null || true)" = true ] ||
  fail 'Stackwarden needs Node.js 20 or later. Add a step with actions/setup-node before this one.'

# A version of the package that belongs to this version of the action. Tags, ranges, addresses and folders are refused: they name something else
# tomorrow, or another program.
version=${INPUT_VERSION:-$(cd "$here/../.." && node --print 'require("./package.json").version')}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "version must be an exact version such as 1.2.3: $version"

case ${INPUT_SARIF_FILE:-} in *$'\n'* | *$'\r'*) fail 'sarif-file must be one path.' ;; esac
case ${INPUT_SUMMARY:-false} in true | false) ;; *) fail "summary must be true or false: $INPUT_SUMMARY" ;; esac

# The program is installed in a folder of its own, without scripts. The checked-out repository, which can be that of a pull request, decides neither
# by an .npmrc nor by its node_modules what is installed and run.
tool=$RUNNER_TEMP/stackwarden-$version
program=$tool/node_modules/stackwarden/dist/cli.cjs
if [ ! -f "$program" ]; then
  mkdir -p "$tool"
  (
    cd "$tool"
    npm install --prefix . --no-save --ignore-scripts --no-audit --no-fund --loglevel=error "stackwarden@$version"
  ) || fail "stackwarden@$version could not be installed."
fi

options=()
[ -z "${INPUT_PROFILE:-}" ] || options+=("--profile=$INPUT_PROFILE")
[ -z "${INPUT_FAIL_ON:-}" ] || options+=("--fail-on=$INPUT_FAIL_ON")
[ -z "${INPUT_BASELINE:-}" ] || options+=("--baseline=$INPUT_BASELINE")
# Words, without quotes, patterns and variables.
words=()
IFS=$' \t\r\n' read -r -d '' -a words <<<"${INPUT_ARGS:-}" || true
# Bash 3.2, which macOS has, takes an empty array for an unset one.
options+=(${words[@]+"${words[@]}"})
paths=()
while IFS= read -r path; do
  path=${path%$'\r'}
  [ -z "$path" ] || paths+=("$path")
done <<<"${INPUT_PATH:-.}"

directory=${INPUT_WORKING_DIRECTORY:-.}
[ -d "$directory" ] || fail "working-directory is not a directory: $directory"

# One run writes all reports. Files are named from the root of the repository, where the step starts.
options+=("--format=${INPUT_FORMAT:-github}")
if [ -n "${INPUT_SARIF_FILE:-}" ]; then
  mkdir -p -- "$(dirname -- "$INPUT_SARIF_FILE")"
  rm -f -- "$INPUT_SARIF_FILE"
  # On Windows, the shell has other absolute paths than the program. Code scanning does not read suppressions, and
  # would show these findings as open alerts.
  options+=("--output=sarif=$(node --print 'require("node:path").resolve(process.argv[1])' -- "$INPUT_SARIF_FILE")" --exclude-suppressed)
fi
if [ "${INPUT_SUMMARY:-false}" = true ]; then
  summary=$RUNNER_TEMP/stackwarden-summary.md
  rm -f -- "$summary"
  options+=("--output=markdown=$summary")
fi

status=0
(cd -- "$directory" && node "$program" lint ${options[@]+"${options[@]}"} -- ${paths[@]+"${paths[@]}"}) || status=$?

# After a usage error there are no reports.
printf 'exit-code=%s\n' "$status" >>"$GITHUB_OUTPUT"
[ ! -f "${INPUT_SARIF_FILE:-}" ] || printf 'sarif-file=%s\n' "$INPUT_SARIF_FILE" >>"$GITHUB_OUTPUT"
[ ! -f "${summary:-}" ] || cat -- "$summary" >>"$GITHUB_STEP_SUMMARY"
exit "$status"

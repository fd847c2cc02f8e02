# shellcheck shell=bash
# Messages of the scripts. They go to stderr: stdout belongs to the program that a script starts.

say() { printf 'ascribe: %s\n' "$*" >&2; }

# die MESSAGE [MORE…]: the first line says what went wrong, the following ones what to do about it.
die() {
  printf 'ascribe: error: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 2
}

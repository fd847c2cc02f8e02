# shellcheck shell=bash
# The steps of scripts/test: each is timed, a failed one is remembered and the rest is run all the same.

FAILED=''

# step NAME COMMAND…
step() {
  local name=$1 begin=$SECONDS result=ok
  shift
  say "== $name"
  "$@" || result=FAILED
  [ "$result" = ok ] || FAILED="$FAILED${FAILED:+, }$name"
  say "== $name: $result, $((SECONDS - begin)) s"
}

finish() {
  if [ -n "$FAILED" ]; then
    say "failed after $SECONDS s: $FAILED"
    exit 1
  fi
  say "all passed in $SECONDS s"
}

# need_component NAME: a part of the Rust toolchain.
need_component() {
  cargo "${1/rustfmt/fmt}" --version >/dev/null 2>&1 || die "$1 is not installed" "run: rustup component add $1"
}

shell_scripts() {
  local file line
  for file in scripts/* scripts/*/*.sh .ci/*; do
    [ -f "$file" ] || continue
    read -r line <"$file" || true
    case $line in *bash*) echo "$file" ;; esac
  done
}

check_shell() {
  if ! command -v shellcheck >/dev/null; then
    say 'skipped: shellcheck is not installed'
    return 0
  fi
  shell_scripts | tr '\n' '\0' | xargs -0 shellcheck --external-sources
}

# test_python: the unit tests beside the scripts, as far as their packages are installed.
test_python() {
  if ! command -v python3 >/dev/null; then
    say 'skipped: python3 is not installed'
    return 0
  fi
  PYTHONDONTWRITEBYTECODE=1 python3 scripts/lib/python_tests.py scripts/lib scripts/corpus scripts/train
}

test_package() {
  local wanted=${ASCRIBE_TEST_PACKAGE:-}
  if [ -z "$wanted" ] && is_fresh; then wanted=1; fi
  if [ "$wanted" = 1 ]; then
    "$ROOT/scripts/test-package"
  else
    say 'skipped: ASCRIBE_TEST_PACKAGE=1 makes the package and runs it elsewhere'
  fi
}

check_licences() {
  if ! command -v cargo-deny >/dev/null; then
    say 'skipped: cargo-deny is not installed'
    return 0
  fi
  # Advisories need a connection and change by the day: they are for a person to run.
  cargo deny check bans licenses sources
}

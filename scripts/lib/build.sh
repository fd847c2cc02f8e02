# shellcheck shell=bash
# The release build, and when it is needed: cargo itself takes a third of a second to find that nothing has changed,
# comparing times takes a hundredth.

# target_folder: cargo's, absolute, since cargo is started in the project's folder and the caller may be elsewhere.
target_folder() {
  local folder=${CARGO_TARGET_DIR:-$ROOT/target}
  case $folder in
    /*) echo "$folder" ;;
    *) echo "$PWD/$folder" ;;
  esac
}

program_path() { echo "$(target_folder)/release/ascribe"; }

# Its time is that of the last build's start, its text the libtorch that was linked.
stamp_path() { echo "$(target_folder)/release/.ascribe-built"; }

# ensure_program: builds if the sources or libtorch changed since the last build.
ensure_program() {
  ! is_fresh || return 0
  local program stamp
  program=$(program_path)
  stamp=$(stamp_path)
  need_cargo
  need_compiler
  mkdir -p "$(dirname "$program")"
  if [ ! -e "$program" ]; then
    need_disk "$(dirname "$program")" 1500 'the release build'
    say 'building (the first time takes some minutes)'
  fi
  # Written before the build: what is edited while it runs counts as newer.
  echo "$LIBTORCH_IN_USE" >"$stamp.new"
  cargo_here build --release --bin ascribe >&2 || die 'the build failed; the reason stands above'
  [ -x "$program" ] || die "cargo built no $program" 'unset CARGO_BUILD_TARGET, or set CARGO_TARGET_DIR'
  mv "$stamp.new" "$stamp"
}

# is_fresh: whether the program was built with this libtorch after the last change of a source.
is_fresh() {
  local stamp
  stamp=$(stamp_path)
  [ -x "$(program_path)" ] && [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$LIBTORCH_IN_USE" ] || return 1
  # Folders are compared too: their time changes when a file in them goes.
  [ -z "$(cd "$ROOT" && find src build.rs Cargo.toml Cargo.lock .cargo -newer "$stamp" 2>/dev/null)" ]
}

# cargo_here ARGUMENTS…: in the project's folder, where .cargo/config.toml is found, with the target folder settled.
cargo_here() {
  local quiet='' target
  target=$(target_folder)
  # Progress for people, silence for logs; errors and warnings are printed either way.
  [ -t 2 ] || [ "$1" != build ] || quiet=--quiet
  (cd "$ROOT" && CARGO_TARGET_DIR=$target cargo "$@" ${quiet:+"$quiet"})
}

# shellcheck shell=bash
# What must be on the machine before anything is fetched or built. Each check names what is missing and how to get it.

# need_cargo: puts ~/.cargo/bin into PATH where a fresh rustup has not done so in this shell yet.
need_cargo() {
  if ! command -v cargo >/dev/null && [ -x "${CARGO_HOME:-${HOME:-}/.cargo}/bin/cargo" ]; then
    PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH
    export PATH
  fi
  command -v cargo >/dev/null || die 'cargo is not installed' \
    "install Rust $(minimum_rust) or newer from https://rustup.rs, then run this again"
  local found
  found=$(rustc --version 2>/dev/null | awk '{ print $2 }') || found=''
  older_than "${found:-0}" "$(minimum_rust)" || return 0
  die "Rust ${found:-of unknown version} is too old; $(minimum_rust) or newer is needed" 'run: rustup update stable'
}

minimum_rust() { sed -n 's/^rust-version = "\(.*\)"$/\1/p' "$ROOT/Cargo.toml"; }

# older_than FOUND WANTED: compares major.minor.
older_than() {
  awk -v found="$1" -v wanted="$2" 'BEGIN {
    split(found, f, "."); split(wanted, w, ".")
    exit !(f[1] + 0 < w[1] + 0 || (f[1] + 0 == w[1] + 0 && f[2] + 0 < w[2] + 0))
  }'
}

need_compiler() {
  local compiler works=yes
  for compiler in "${CC:-cc}" "${CXX:-c++}"; do
    # CC may carry arguments or a wrapper ("ccache gcc"): the first word must exist.
    command -v "${compiler%% *}" >/dev/null || works=no
  done
  # On macOS cc is always there, and without the tools it only opens a window that offers them.
  if [ "$OS" = macos ] && ! xcode-select -p >/dev/null 2>&1; then works=no; fi
  [ "$works" = yes ] || die 'no C and C++ compiler found (cc, c++); the bindings of libtorch are compiled here' \
    'Debian, Ubuntu: sudo apt install build-essential' \
    'Fedora: sudo dnf install gcc-c++' \
    'macOS: xcode-select --install'
}

need_python() {
  command -v python3 >/dev/null || die 'python3 is not installed; the scripts fetch libtorch and make packages with it' \
    'install Python 3.8 or newer with pip, or set LIBTORCH to a folder with libtorch '"$TORCH_VERSION"
}

need_pip() {
  python3 -m pip --version >/dev/null 2>&1 || die 'python3 has no pip; it downloads the PyTorch wheel' \
    'Debian, Ubuntu: sudo apt install python3-pip' \
    'elsewhere: python3 -m ensurepip --user' \
    'or set ASCRIBE_TORCH_WHEEL to the downloaded wheel, or LIBTORCH to a folder with libtorch '"$TORCH_VERSION"
}

# need_disk FOLDER MEGABYTES WHAT
need_disk() {
  local free
  free=$(df -Pk "$1" | awk 'NR == 2 { print int($4 / 1024) }')
  [ "$free" -ge "$2" ] || die "not enough disk space in $1: $3 needs $2 MB, $free MB are free" \
    'make room there, or choose another place with XDG_CACHE_HOME (libtorch) or CARGO_TARGET_DIR (build)'
}

# shellcheck shell=bash
# libtorch, exactly the version that tch wants: the user's own (LIBTORCH), else one in the cache, else out of the
# PyTorch wheel on PyPI. A folder in the cache is whole: it is put there by one rename when all is done.

# ensure_libtorch: afterwards cargo finds libtorch, through the user's LIBTORCH or through the link .cache/libtorch
# that .cargo/config.toml names. LIBTORCH is not set for the second way, so that a plain `cargo build` sees the same
# environment and compiles nothing again. Sets LIBTORCH_IN_USE.
ensure_libtorch() {
  if [ -n "${LIBTORCH:-}" ]; then
    check_own_libtorch
    LIBTORCH_IN_USE=$LIBTORCH
    return
  fi
  unset LIBTORCH
  LIBTORCH_IN_USE=$ROOT/.cache/libtorch
  local folder version=''
  # The second start comes here and no further.
  if [ -e "$LIBTORCH_IN_USE/build-version" ]; then read -r version <"$LIBTORCH_IN_USE/build-version"; fi
  [ "$version" != "$TORCH_VERSION" ] || return 0
  folder=$(cache_folder)/libtorch-$TORCH_VERSION-$OS-$ARCH
  [ -d "$folder" ] || fetch_libtorch "$folder"
  mkdir -p "$ROOT/.cache"
  ln -sfn "$folder" "$LIBTORCH_IN_USE"
}

cache_folder() {
  [ -n "${XDG_CACHE_HOME:-}${HOME:-}" ] || die 'neither HOME nor XDG_CACHE_HOME is set' \
    'set XDG_CACHE_HOME to the folder that shall keep libtorch'
  echo "${XDG_CACHE_HOME:-$HOME/.cache}/ascribe"
}

check_own_libtorch() {
  local found='' header=$LIBTORCH/include/torch/csrc/api/include/torch/version.h
  [ -e "${LIBTORCH_LIB:-$LIBTORCH}/lib/$(library_name torch_cpu)" ] ||
    die "LIBTORCH is set to $LIBTORCH, but there is no lib/$(library_name torch_cpu) in it" \
      "unset LIBTORCH to have libtorch $TORCH_VERSION fetched, or correct it"
  if [ -e "$LIBTORCH/build-version" ]; then
    found=$(cat "$LIBTORCH/build-version")
  elif [ -e "$header" ]; then
    found=$(sed -n 's/^#define TORCH_VERSION "\(.*\)"$/\1/p' "$header")
  fi
  if [ "${found%%+*}" != "$TORCH_VERSION" ] && [ -z "${LIBTORCH_BYPASS_VERSION_CHECK:-}" ]; then
    die "LIBTORCH is set to $LIBTORCH, which holds version ${found:-unknown}; tch is made for $TORCH_VERSION" \
      "unset LIBTORCH to have libtorch $TORCH_VERSION fetched, or set LIBTORCH_BYPASS_VERSION_CHECK=1 to try it"
  fi
  [ -n "${LIBTORCH_CXX11_ABI:-}" ] || LIBTORCH_CXX11_ABI=$(cxx11_abi)
  export LIBTORCH LIBTORCH_CXX11_ABI
}

# cxx11_abi: 1 if the user's libtorch was built with the newer std::string, as PyTorch's own "cxx11-abi" archives.
cxx11_abi() {
  if [ "$OS" = linux ] && nm -D --defined-only "${LIBTORCH_LIB:-$LIBTORCH}/lib/libc10.so" 2>/dev/null |
    grep '_ZN3c105ErrorC1ENS_14SourceLocationE' | grep -q __cxx11; then
    echo 1
  else
    echo 0
  fi
}

# fetch_libtorch FOLDER
fetch_libtorch() {
  local folder=$1 part
  [ -n "$WHEEL_TAG" ] || die "there is no ready libtorch $TORCH_VERSION for $OS $ARCH" \
    'supported: Linux x86_64, Linux aarch64, macOS arm64' \
    "elsewhere: build libtorch $TORCH_VERSION and set LIBTORCH to its folder"
  ! has_musl || die 'this Linux uses musl; the ready libtorch needs glibc' \
    'use a distribution with glibc (Debian, Ubuntu, Fedora), or set LIBTORCH to a libtorch built for musl'
  # All that the build needs, too: better to hear of it before 800 MB have come down.
  need_cargo
  need_compiler
  need_python
  [ -n "${ASCRIBE_TORCH_WHEEL:-}" ] || need_pip
  mkdir -p "$(dirname "$folder")" || die "could not create $(dirname "$folder")" 'set XDG_CACHE_HOME to a writable folder'
  remove_leftovers "$folder"
  need_disk "$(dirname "$folder")" "$NEEDED_MB" "fetching libtorch $TORCH_VERSION"

  part=$folder.part.$$
  mkdir "$part"
  # shellcheck disable=SC2064  # the folder's name of now is meant
  trap "rm -rf '$part'" EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  fill_part "$part"
  # Another run may have finished in the meantime: os.rename refuses to replace its folder, and that one is as good.
  python3 -c 'import os, sys; os.rename(*sys.argv[1:])' "$part/libtorch" "$folder" 2>/dev/null || [ -d "$folder" ] ||
    die "could not move libtorch to $folder"
  rm -rf "$part"
  trap - EXIT INT TERM
  say "libtorch $TORCH_VERSION is in $folder"
}

# fill_part PART: makes PART/libtorch whole, or dies.
fill_part() {
  local part=$1 wheel=${ASCRIBE_TORCH_WHEEL:-}
  if [ -z "$wheel" ]; then
    mkdir "$part/download"
    download_wheel "$part/download"
    wheel=$(find "$part/download" -name 'torch-*.whl')
  fi
  say 'unpacking libtorch'
  python3 "$ROOT/scripts/lib/unpack_wheel.py" "$wheel" "$WHEEL_SHA256" "$part/libtorch" ||
    die 'could not unpack the PyTorch wheel' 'run this again to download it anew'
  rm -rf "$part/download"
  if [ "$OS-$ARCH" = linux-x86_64 ]; then write_cuda_stubs "$part/libtorch/lib"; fi
}

# download_wheel FOLDER: by pip, which knows the user's proxy, certificates and mirror. Its cache would keep the wheel
# a second time, and its temporary files may be too big for /tmp.
download_wheel() {
  local quiet=''
  [ -t 2 ] || quiet=--quiet
  say "downloading libtorch $TORCH_VERSION with pip (once; up to 800 MB)"
  TMPDIR=$1 PIP_REQUIRE_VIRTUALENV=0 python3 -m pip download ${quiet:+"$quiet"} --disable-pip-version-check \
    --no-cache-dir --no-deps --only-binary=:all: --python-version 311 --platform "$WHEEL_TAG" --dest "$1" \
    "torch==$TORCH_VERSION" >&2 || die 'could not download the PyTorch wheel; the reason stands above' \
    'check the connection, then run this again' \
    'without a connection: fetch the wheel elsewhere and set ASCRIBE_TORCH_WHEEL to it'
}

# remove_leftovers FOLDER: half-finished downloads whose process is gone.
remove_leftovers() {
  local part
  for part in "$1".part.*; do
    [ -d "$part" ] || continue
    kill -0 "${part##*.}" 2>/dev/null || rm -rf "$part"
  done
}

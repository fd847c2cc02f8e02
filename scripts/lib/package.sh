# shellcheck shell=bash
# What a package is made of: the program, the libraries that it needs from libtorch, a model, the registry.

# needed_libraries FILE: the names of the dynamic libraries that it names, one a line.
needed_libraries() {
  if [ "$OS" = macos ]; then
    otool -L "$1" | sed -n 's|^[[:space:]]*@rpath/\([^ ]*\) .*|\1|p'
  else
    readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
  fi
}

# copy_needed FILE FROM TO: copies the libraries that FILE needs, and those that they need, as far as they lie in FROM.
# The others (glibc, libstdc++) are the system's.
copy_needed() {
  local name
  needed_libraries "$1" | while read -r name; do
    [ ! -e "$3/$name" ] || continue
    if [ -e "$2/$name" ]; then
      cp -L "$2/$name" "$3/$name"
      copy_needed "$2/$name" "$2" "$3"
    elif [ "$name" = libgomp.so.1 ]; then
      link_openmp "$2" "$3"
    fi
  done
}

# link_openmp FROM TO: the program may name GCC's OpenMP library, which only machines with a compiler have. The wheels
# carry the same library under a name with a hash; a link to it makes the loader take one for both names.
link_openmp() {
  local library
  for library in "$1"/libgomp-*.so.*; do
    [ -e "$library" ] || continue
    ln -sf "$(basename "$library")" "$2/libgomp.so.1"
  done
}

# forget_build_folder PROGRAM LIB: takes the place of the build machine's libtorch out of the program.
forget_build_folder() {
  if [ "$OS" = macos ]; then
    install_name_tool -delete_rpath "$2" "$1"
    # The change breaks the signature, without which arm64 starts nothing.
    codesign --force --sign - "$1"
  else
    python3 "$ROOT/scripts/lib/forget_rpath.py" "$1"
  fi
}

# default_model: the folder that models/default names; else the one with a manifest whose name, ending in its date,
# sorts last.
default_model() {
  local manifest found=''
  for manifest in "$ROOT"/models/*/manifest.json; do
    [ ! -e "$manifest" ] || found=$(dirname "$manifest")
  done
  [ ! -e "$ROOT/models/default" ] || found=$ROOT/models/$(head -n 1 "$ROOT/models/default")
  echo "$found"
}

program_version() { sed -n '/^version = /{s/^version = "\(.*\)"$/\1/p;q;}' "$ROOT/Cargo.toml"; }

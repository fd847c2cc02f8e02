# shellcheck shell=bash
# The x86_64 wheel is a CUDA build: its libtorch_cpu.so names two CUDA libraries as needed, for the profiler alone.
# Small libraries whose functions all report "no device" satisfy the loader; the CPU never calls them.

# write_cuda_stubs LIB_FOLDER
write_cuda_stubs() {
  local lib=$1 soname scratch
  scratch=$(mktemp -d "$lib/../stubs.XXXXXX")
  for soname in libcupti.so.12 libcudart.so.12; do
    # Not grep -q: it would end early, and readelf's broken pipe would count as "not needed".
    readelf -d "$lib/libtorch_cpu.so" | grep -F "[$soname]" >/dev/null || continue
    # Symbols stand as name@soname, because the originals are versioned; the version script answers to that.
    nm -D --undefined-only "$lib/libtorch_cpu.so" |
      sed -n "s/^.* U \([A-Za-z0-9_]*\)@$soname\$/\1/p" | sort -u >"$scratch/symbols"
    stub_source "$soname" <"$scratch/symbols" >"$scratch/stub.c"
    echo "$soname { global: *; };" >"$scratch/stub.map"
    "${CC:-cc}" -shared -fPIC -O2 -s "-Wl,-soname,$soname" "-Wl,--version-script,$scratch/stub.map" \
      -o "$lib/$soname" "$scratch/stub.c"
  done
  # torch-sys links with -ltorch, which in this wheel would pull in CUDA; an empty library stands in.
  echo 'void ascribe_libtorch_alias(void) {}' >"$scratch/alias.c"
  "${CC:-cc}" -shared -fPIC -O2 -s -Wl,-soname,libtorch.so -o "$lib/libtorch.so" "$scratch/alias.c"
  rm -rf "$scratch"
}

# stub_source SONAME: C source on stdout for the symbols on stdin.
stub_source() {
  local code=999 symbol # CUPTI_ERROR_UNKNOWN
  [ "$1" != libcudart.so.12 ] || code=100 # cudaErrorNoDevice
  while read -r symbol; do
    case $symbol in
      cudaGetErrorString) echo "const char *$symbol(int e) { (void)e; return \"no CUDA in this build\"; }" ;;
      *) echo "int $symbol(void) { return $code; }" ;;
    esac
  done
}

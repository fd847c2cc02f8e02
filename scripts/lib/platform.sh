# shellcheck shell=bash
# Which machine this is, and which PyTorch wheel carries libtorch for it.
# The hashes are those that PyPI states for the three wheels, so that a mirror cannot hand out anything else.

# shellcheck disable=SC2034  # read by the files that source this one
TORCH_VERSION=2.4.0

# detect_platform: sets OS, ARCH, WHEEL_TAG, WHEEL_SHA256, NEEDED_MB; WHEEL_TAG stays empty on other platforms.
# shellcheck disable=SC2034
detect_platform() {
  OS=$(uname -s | tr '[:upper:]' '[:lower:]')
  ARCH=$(uname -m)
  [ "$OS" != darwin ] || OS=macos
  [ "$ARCH" != arm64 ] || ARCH=aarch64
  WHEEL_TAG='' WHEEL_SHA256='' NEEDED_MB=0
  case $OS-$ARCH in
    linux-x86_64)
      WHEEL_TAG=manylinux1_x86_64 NEEDED_MB=2000
      WHEEL_SHA256=e743adadd8c8152bb8373543964551a7cb7cc20ba898dc8f9c0cdbe47c283de0
      ;;
    linux-aarch64)
      WHEEL_TAG=manylinux2014_aarch64 NEEDED_MB=600
      WHEEL_SHA256=7334325c0292cbd5c2eac085f449bf57d3690932eac37027e193ba775703c9e6
      ;;
    macos-aarch64)
      WHEEL_TAG=macosx_11_0_arm64 NEEDED_MB=500
      WHEEL_SHA256=f169b4ea6dc93b3a33319611fcc47dc1406e4dd539844dcbd2dec4c1b96e166d
      ;;
  esac
}

# library_name NAME: what the dynamic library NAME is called here, libtorch_cpu.so or libtorch_cpu.dylib.
library_name() {
  if [ "$OS" = macos ]; then echo "lib$1.dylib"; else echo "lib$1.so"; fi
}

# has_musl: whether this is a Linux (Alpine) whose C library cannot load the wheel's libraries.
has_musl() {
  [ "$OS" = linux ] && { ldd --version 2>&1 || true; } | grep -i musl >/dev/null
}

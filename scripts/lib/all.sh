# shellcheck shell=bash
# Sources the set-up in one go. The script that does so has set ROOT, the project's folder.

# shellcheck source=scripts/lib/say.sh
. "$ROOT/scripts/lib/say.sh"
# shellcheck source=scripts/lib/platform.sh
. "$ROOT/scripts/lib/platform.sh"
# shellcheck source=scripts/lib/tools.sh
. "$ROOT/scripts/lib/tools.sh"
# shellcheck source=scripts/lib/cuda_stubs.sh
. "$ROOT/scripts/lib/cuda_stubs.sh"
# shellcheck source=scripts/lib/libtorch.sh
. "$ROOT/scripts/lib/libtorch.sh"
# shellcheck source=scripts/lib/build.sh
. "$ROOT/scripts/lib/build.sh"
detect_platform

# shellcheck shell=bash
# Chromium, without a window, for the tests of the pages. tests/browser looks in the same places.

has_chromium() {
  local name
  for name in ${ASCRIBE_CHROMIUM:+"$ASCRIBE_CHROMIUM"} chromium chromium-browser google-chrome google-chrome-stable \
    '/Applications/Chromium.app/Contents/MacOS/Chromium' \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    ! command -v "$name" >/dev/null || return 0
  done
  return 1
}

# ensure_chromium: installs Debian's package where that is allowed, as root. Elsewhere the tests that need it fail and
# say what to install; all others run.
ensure_chromium() {
  ! has_chromium || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say 'installing chromium for the tests of the pages'
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } \
      >/dev/null 2>&1 || say 'apt-get could not install chromium'
  fi
  has_chromium || say 'there is no Chromium, so the tests of the pages will fail; Debian, Ubuntu: sudo apt install chromium'
}

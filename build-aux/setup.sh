# Sourced by run and test: installs what is missing, and keeps files the caller's own.
top=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")

say() {
  printf '%s\n' "$*" >&2
}

# install_packages run|test: what build-aux/packages lists for it. With all of it there, neither apt nor the network is
# asked.
install_packages() {
  local package missing=() root=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "This is no Debian: please see to the packages in build-aux/packages yourself."
    return 0
  fi
  for package in $(awk -v what="$1" '!/^#/ { for (i = 2; i <= NF; i++) if ($i == what) print $1 }' \
    "$top/build-aux/packages"); do
    dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  say "Lectern needs these packages, which are not installed yet:"
  say "  ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "To install them, run this as root, or install sudo."
      return 1
    fi
    root=(sudo)
  fi
  say "Installing them with apt-get."
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2 &&
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >&2
}

# Started with sudo, all but the installing is done as the one who called sudo: else root would own the build folder.
leave_sudo() {
  [ "$(id -u)" -eq 0 ] && [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ] || return 0
  [ "$(stat -c %U "$top")" = "$SUDO_USER" ] || return 0
  export XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-/run/user/$SUDO_UID}
  exec sudo -u "$SUDO_USER" --preserve-env=DISPLAY,WAYLAND_DISPLAY,XAUTHORITY,XDG_RUNTIME_DIR,LANG,LC_ALL,LECTERN_CAPTURES \
    "$@"
}

# configure FOLDER OPTION...: sets a build folder up, once.
configure() {
  local folder=$1
  shift
  [ -f "$folder/build.ninja" ] || meson setup "$folder" "$top" "$@" >&2
}

# Functions for scripts that need programs from Debian's or Ubuntu's packages. Source this file, call `need` for each
# thing, then `install_missing` once.

missing_packages=()
missing_lines=()

# need PROGRAM_OR_FILE PACKAGE WHY
need() {
  if command -v "$1" >/dev/null 2>&1 || [ -e "$1" ]; then
    return
  fi
  missing_packages+=("$2")
  missing_lines+=("  $2: $3")
}

# Runs a command as root; asks for a password only where somebody can type one.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif ! command -v sudo >/dev/null 2>&1; then
    echo "This needs root: please run it as root, or install sudo." >&2
    return 1
  elif [ -z "${CI:-}" ] && { : </dev/tty; } 2>/dev/null; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# package_known PACKAGE: whether apt's lists name it.
package_known() {
  apt-cache show "$1" >/dev/null 2>&1
}

# Downloads apt's lists if they do not name these packages.
update_lists_for() {
  local package
  for package in "$@"; do
    if ! package_known "$package"; then
      apt update
      return
    fi
  done
}

# Installs everything that was needed and missing, with one call of apt-get.
install_missing() {
  if [ ${#missing_packages[@]} = 0 ]; then
    return 0
  fi
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "These packages (Debian's names) are missing, and there is no apt-get here to install them:" >&2
    printf '%s\n' "${missing_lines[@]}" "Please install them and run this again." >&2
    return 1
  fi
  echo "Installing with apt-get:"
  printf '%s\n' "${missing_lines[@]}"
  update_lists_for "${missing_packages[@]}" || return 1
  # Outdated lists name files that are no longer there: download the lists and try once more.
  apt install -y --no-install-recommends "${missing_packages[@]}" ||
    { apt update && apt install -y --no-install-recommends "${missing_packages[@]}"; } || return 1
  missing_packages=()
  missing_lines=()
}

# Clang's sanitizers and libFuzzer: on some releases a package named after clang's version, on others a part of clang.
need_clang_runtime() {
  local resources version
  if command -v clang++ >/dev/null 2>&1; then
    resources=$(clang++ -print-resource-dir)
    if compgen -G "$resources/lib/*/libclang_rt.fuzzer*.a" >/dev/null; then
      return
    fi
  fi
  if ! command -v apt-cache >/dev/null 2>&1; then
    return
  fi
  update_lists_for clang || return 1
  version=$(apt-cache depends clang | sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p' | head -n 1)
  if package_known "libclang-rt-$version-dev"; then
    need /missing "libclang-rt-$version-dev" "clang's sanitizers and libFuzzer, for the fuzz targets"
  fi
}

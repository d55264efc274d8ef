# shellcheck shell=sh disable=SC2154 # some variables are set by the caller
# Sourced after prepare.sh, with $venv and $requirements set: make_venv creates that virtual environment from that file,
# unless it exists and was created from the same file.

make_venv() {
  if cmp -s "$requirements" "$venv/requirements.txt"; then return; fi
  python=${PYTHON:-python3}
  command -v "$python" >/dev/null || fail "no Python found: install Python 3.10 or later, or set PYTHON"
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
    fail "$("$python" --version) is too old: Python 3.10 or later is needed; set PYTHON to one"
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "$(command -v "$python") cannot make virtual environments (on Debian: apt install python3-venv); or set PYTHON"
  echo "making ${venv#"$root"/}: pip fetches the packages of ${requirements#"$root"/}" >&2
  rm -rf "$venv"
  "$python" -m venv "$venv" || fail "the virtual environment could not be made"
  if [ -t 2 ]; then
    # What pip does, in place; what it says of errors stays.
    { "$venv/bin/python" -m pip install --disable-pip-version-check --progress-bar off -r "$requirements" ||
      printf '\nPIP FAILED\n'; } | awk '
        /^PIP FAILED/ { failed = 1 }
        { printf "\r%-78.78s", $0 > "/dev/stderr" }
        END { printf "\r%-78s\r", "" > "/dev/stderr"; exit failed }
      ' || fail "the packages of ${requirements#"$root"/} could not be installed"
  else
    "$venv/bin/python" -m pip install -q --disable-pip-version-check -r "$requirements" ||
      fail "the packages of ${requirements#"$root"/} could not be installed"
  fi
  cp "$requirements" "$venv/requirements.txt"
}

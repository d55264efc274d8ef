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
  echo "making ${venv#"$root"/} ..." >&2
  rm -rf "$venv"
  "$python" -m venv "$venv" || fail "the virtual environment could not be made"
  "$venv/bin/python" -m pip install -q --disable-pip-version-check -r "$requirements" ||
    fail "the packages of ${requirements#"$root"/} could not be installed"
  cp "$requirements" "$venv/requirements.txt"
}

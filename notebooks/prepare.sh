# shellcheck shell=sh disable=SC2034,SC2154 # $root comes from who reads this
# Read by start and run: builds the toolkit, makes the virtual environment notebooks/.venv, and sets up its kernel.

. "$root/jshell-scripts/prepare.sh"

venv=$root/notebooks/.venv
requirements=$root/notebooks/requirements.txt

make_venv() {
  python=${PYTHON:-python3}
  command -v "$python" >/dev/null || fail "no Python found: install Python 3.10 or later, or set PYTHON"
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
    fail "$("$python" --version) is too old: Python 3.10 or later is needed; set PYTHON to one"
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "$(command -v "$python") cannot make virtual environments (on Debian: apt install python3-venv); or set PYTHON"
  echo "making notebooks/.venv ..." >&2
  rm -rf "$venv"
  "$python" -m venv "$venv" || fail "the virtual environment could not be made"
  "$venv/bin/python" -m pip install -q --disable-pip-version-check -r "$requirements" ||
    fail "the packages of notebooks/requirements.txt could not be installed"
  mkdir "$venv/jupyter"
  cp "$requirements" "$venv/requirements.txt"
}

mkdir -p notebooks/target
lock notebooks/target/venv.lock
cmp -s "$requirements" "$venv/requirements.txt" || make_venv
unlock

# Nothing of the user's own Jupyter is read or written.
export JUPYTER_CONFIG_DIR="$venv/jupyter/config" JUPYTER_DATA_DIR="$venv/jupyter/data"
export JUPYTER_RUNTIME_DIR="$venv/jupyter/runtime" IPYTHONDIR="$venv/jupyter/ipython"
export JUPYTER_PREFER_ENV_PATH=1

"$venv/bin/python" notebooks/kernel.py "$java_home/bin/java" "$jvm_options" "$class_path"

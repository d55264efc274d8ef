# shellcheck shell=sh disable=SC2034,SC2154 # $root comes from who reads this
# Read by start and run: builds the toolkit, makes the virtual environment notebooks/.venv, and sets up its kernel.

. "$root/jshell-scripts/prepare.sh"
. "$root/jshell-scripts/spark.sh"

venv=$root/notebooks/.venv
requirements=$root/notebooks/requirements.txt
. "$root/jshell-scripts/venv.sh"

mkdir -p notebooks/target
lock notebooks/target/venv.lock
make_venv
mkdir -p "$venv/jupyter"
unlock

# Nothing of the user's own Jupyter is read or written.
export JUPYTER_CONFIG_DIR="$venv/jupyter/config" JUPYTER_DATA_DIR="$venv/jupyter/data"
export JUPYTER_RUNTIME_DIR="$venv/jupyter/runtime" IPYTHONDIR="$venv/jupyter/ipython"
export JUPYTER_PREFER_ENV_PATH=1

"$venv/bin/python" notebooks/kernel.py "$java_home/bin/java" "$jvm_options" "$class_path"

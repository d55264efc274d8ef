"""Runs notebooks in fresh kernels: execute.py [--check] [NAME ...]. Called by `run`, in the virtual environment.

With --check the outputs go to notebooks/target, and are compared with those that are stored: see compare.py. Differences fail
the check on the machine where they were stored; elsewhere, where sums are rounded otherwise, they are only printed.
"""

import argparse
import copy
import os
import re
import sys
import time
from pathlib import Path

import nbformat
from compare import MACHINE, differences, machine
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

NOTEBOOKS = Path(__file__).resolve().parent
ROOT = NOTEBOOKS.parent
TARGET = NOTEBOOKS / "target"
CELL_TIMEOUT_S = 1800


def tidy(notebook):
    """Drops what changes from machine to machine and from run to run, so that diffs stay small."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Java", "language": "java", "name": "java"},
        "language_info": {"name": "java", "file_extension": ".jshell", "mimetype": "text/x-java-source"},
    }
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if not is_empty(output)]


def is_empty(output):
    """Where the line of a test was that is done."""
    return output.output_type == "display_data" and dict(output.data) == {"text/html": ""}


def failed_cell(notebook):
    """Of the first cell that failed, else of the last that was begun: number from 1, first line, error."""
    begun = [(i, c) for i, c in enumerate(notebook.cells, 1) if c.cell_type == "code" and c.execution_count]
    errors = {i: o for i, c in begun for o in c.outputs if o.output_type == "error"}
    if not begun:
        return 1, "", ""
    number, cell = next(((i, c) for i, c in begun if i in errors), begun[-1])
    text = "\n".join([errors[number].evalue, *errors[number].traceback]) if number in errors else ""
    return number, cell.source.strip().split("\n")[0], re.sub(r"\x1b\[[0-9;]*m", "", text).strip()


def clear(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def execute(path, check):
    stored = nbformat.read(path, as_version=4)
    notebook = copy.deepcopy(stored)
    clear(notebook)
    client = NotebookClient(
        notebook,
        kernel_name="java",
        timeout=CELL_TIMEOUT_S,
        startup_timeout=180,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(ROOT)}},
    )
    started = time.monotonic()
    error = None
    try:
        client.execute()
    except CellExecutionError:
        error = "failed"
    except CellTimeoutError:
        error = f"still running after {CELL_TIMEOUT_S} s"
    except (DeadKernelError, RuntimeError) as e:
        error = str(e)
    seconds = time.monotonic() - started
    if error:
        number, line, trace = failed_cell(notebook)
        print(f"{path.name}: cell {number} after {seconds:.0f} s: {error}\n    {line}\n{trace}", file=sys.stderr, flush=True)
    else:
        print(f"{path.name}: {seconds:.0f} s", flush=True)
    tidy(notebook)
    notebook.metadata[MACHINE] = machine()
    target = TARGET / path.relative_to(NOTEBOOKS) if check or error else path
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    nbformat.write(notebook, part)
    part.replace(target)
    stale = differences(stored, notebook) if check and not error else []
    if stale:
        print(f"{path.name}: the outputs are no longer those that are stored:", *stale, sep="\n    ", file=sys.stderr, flush=True)
    elsewhere = stored.metadata.get(MACHINE) != machine()
    if stale and elsewhere:
        print(f"{path.name}: they were stored on {stored.metadata.get(MACHINE)}, where sums are rounded otherwise", file=sys.stderr)
    return not error and (elsewhere or not stale)


def main():
    parser = argparse.ArgumentParser(prog="notebooks/run", description="Runs every notebook, or those named.")
    parser.add_argument("--check", action="store_true", help="leave the stored outputs as they are (as with CI=true)")
    parser.add_argument("names", nargs="*", metavar="NAME")
    args = parser.parse_args()
    stored = [*sorted(NOTEBOOKS.glob("*.ipynb")), *sorted(NOTEBOOKS.glob("class/*.ipynb"))]
    names = {Path(n).stem for n in args.names}
    unknown = names - {p.stem for p in stored}
    if unknown:
        known = ", ".join(p.stem for p in stored)
        sys.exit(f"no notebook {', '.join(sorted(unknown))} in notebooks; there are: {known}")
    check = args.check or os.environ.get("CI") == "true"
    passed = [execute(path, check) for path in stored if not names or path.stem in names]
    sys.exit(0 if all(passed) else 1)


main()

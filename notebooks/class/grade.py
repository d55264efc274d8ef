"""Grades submissions without nbgrader: grade.py SUBMISSION.ipynb ... Called by `grade`, in the virtual environment.

A submission has the name of its lesson, such as `02-table-1.ipynb`, in any folder. Its tests are replaced by those of the
solved notebook, hidden ones included, so that a student cannot change them; then it is run in a fresh kernel. A test that ends
without an error has its points. Answers in words are left to the teacher.
"""

import copy
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from exercises import lessons, read  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
CELL_TIMEOUT_S = 120


def restored(submission, solved):
    """The submission's own solutions among the solved notebook's other cells."""
    given = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in submission["cells"]}
    notebook = copy.deepcopy(solved)
    for cell in notebook["cells"]:
        graded = cell["metadata"].get("nbgrader", {})
        if graded.get("solution"):
            own = given.get(graded["grade_id"])
            cell["source"] = own["source"] if own else []
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def points(notebook):
    """Of each test: its name, its points, those that were got, and why not all."""
    rows = []
    for cell in notebook["cells"]:
        graded = cell["metadata"].get("nbgrader", {})
        if graded.get("grade") and cell["cell_type"] == "code":
            error = next((o for o in cell["outputs"] if o["output_type"] == "error"), None)
            ran = cell["execution_count"] is not None
            got = graded["points"] if ran and not error else 0
            rows.append((graded["grade_id"], graded["points"], got, reason(error, ran)))
    return rows


def reason(error, ran):
    if error:
        return (error.get("evalue") or error.get("ename") or "error").strip().splitlines()[0][:100]
    return "" if ran else "not run"


def executed(notebook):
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    node = nbformat.reads(json.dumps(notebook), as_version=4)
    client = NotebookClient(
        node,
        kernel_name="java",
        timeout=CELL_TIMEOUT_S,
        startup_timeout=180,
        allow_errors=True,
        resources={"metadata": {"path": str(ROOT)}},
    )
    try:
        client.execute()
    except (CellTimeoutError, DeadKernelError, RuntimeError) as e:
        print(f"stopped: {e}".splitlines()[0], file=sys.stderr)
    return node


def main(files):
    known = lessons()
    for file in map(Path, files):
        if file.stem not in known:
            sys.exit(f"{file}: no lesson has this name; there are: {', '.join(known)}")
        rows = points(executed(restored(read(file), read(known[file.stem]))))
        print(f"{file}: {sum(r[2] for r in rows)} of {sum(r[1] for r in rows)} points")
        for name, most, got, why in rows:
            print(f"  {name}: {got} of {most}" + (f" ({why})" if why else ""))


if __name__ == "__main__":
    main(sys.argv[1:])

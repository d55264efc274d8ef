"""Runs lines of Java as the cells of a notebook: drive_cluster.py LINES COMMAND ...

COMMAND starts the kernel; the connection file is added. Prints what the cells print, and ends with 1 if one fails.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

lines, *command = sys.argv[1:]
with tempfile.TemporaryDirectory() as data:
    kernel = Path(data) / "kernels/spark"
    kernel.mkdir(parents=True)
    spec = {"argv": [*command, "{connection_file}"], "display_name": "Spark", "language": "java"}
    (kernel / "kernel.json").write_text(json.dumps(spec))
    os.environ["JUPYTER_DATA_DIR"] = data
    cells = [nbformat.v4.new_code_cell(line) for line in Path(lines).read_text().splitlines()]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, kernel_name="spark", timeout=300, startup_timeout=120).execute()
for cell in notebook.cells:
    for output in cell.outputs:
        print(output.get("text", ""), end="")

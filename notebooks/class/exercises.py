"""Makes exercises with gaps from the solved notebooks of this folder. Called by `exercises`; needs Python only.

exercises.py FOLDER [LESSON ...] writes FOLDER/source, the solved notebooks as nbgrader's `source` wants them, and
FOLDER/release, what students get: the same without solutions, hidden tests, and outputs.

In the solved notebooks a cell's solution stands between the comments `// BEGIN SOLUTION` and `// END SOLUTION`, tests that
students do not see between `// BEGIN HIDDEN TESTS` and `// END HIDDEN TESTS`; the cells have nbgrader's metadata. What is done
here is what nbgrader's own `generate_assignment` does to them.
"""

import copy
import json
import re
import sys
from pathlib import Path

CLASS = Path(__file__).resolve().parent
GAP = "// YOUR CODE HERE"
ESSAY = "YOUR ANSWER HERE"
SOLUTION = ("BEGIN SOLUTION", "END SOLUTION")
HIDDEN = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")


class Malformed(Exception):
    """A notebook whose marks do not match."""


def lessons():
    return {path.stem: path for path in sorted(CLASS.glob("[0-9]*.ipynb"))}


def read(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


def write(path, notebook):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def released(notebook):
    """What students get."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        graded = cell["metadata"].get("nbgrader", {})
        text = "".join(cell["source"])
        if graded.get("solution"):
            without = cut(text, *SOLUTION, GAP, graded["grade_id"])
            text = without if without != text else (ESSAY if cell["cell_type"] == "markdown" else GAP)
        text = cut(text, *HIDDEN, None, graded.get("grade_id", ""))
        cell["source"] = text.splitlines(keepends=True)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def cut(text, begin, end, gap, name):
    """The text without what stands between the marks, with the gap in its place."""
    kept, inside = [], False
    for line in text.splitlines():
        if begin in line:
            if inside:
                raise Malformed(f"cell {name}: {begin} within {begin}")
            inside = True
            if gap:
                kept.append(re.match(r"\s*", line).group() + gap)
        elif end in line:
            if not inside:
                raise Malformed(f"cell {name}: {end} without {begin}")
            inside = False
        elif not inside:
            kept.append(line)
    if inside:
        raise Malformed(f"cell {name}: {begin} without {end}")
    return "\n".join(kept)


def main(arguments):
    if not arguments:
        sys.exit("exercises FOLDER [LESSON ...]")
    folder, chosen, known = Path(arguments[0]), arguments[1:], lessons()
    unknown = [name for name in chosen if name not in known]
    if unknown:
        sys.exit(f"no lesson {', '.join(unknown)}; there are: {', '.join(known)}")
    for name in chosen or known:
        solved = read(known[name])
        write(folder / "source" / name / f"{name}.ipynb", solved)
        write(folder / "release" / name / f"{name}.ipynb", released(solved))
        print(folder / "release" / name / f"{name}.ipynb")


if __name__ == "__main__":
    main(sys.argv[1:])

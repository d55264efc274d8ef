"""Grades a right, a wrong, an empty and a crashing submission of lesson 2, each in a fresh kernel. Called by `check`."""

import copy
import sys

import exercises
import grade

LESSON = "02-table-1"

WRONG = {
    "layers-answer": "var layers = 21;",
    "field": """int receptiveField(int... windows) {
    int field = 1;
    for (int window : windows) {
        field = window == 2 ? 2 * field : field + 2;
    }
    return field;
}""",
}
# A class that never ends would be stopped after CELL_TIMEOUT_S; a JVM that is gone takes the rest with it.
CRASHING = {"field": "Runtime.getRuntime().halt(1);"}
THROWING = {"count": 'throw new IllegalStateException("no idea");'}


def with_answers(solved, answers):
    submission = copy.deepcopy(solved)
    for cell in submission["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell["source"] = answers[name].splitlines(keepends=True)
    return submission


def main():
    solved = exercises.read(exercises.lessons()[LESSON])
    submissions = {
        "right": (solved, 10),
        "wrong": (with_answers(solved, WRONG), 6),
        "empty": (exercises.released(solved), 0),
        "throwing": (with_answers(solved, THROWING), 5),
        "crashing": (with_answers(solved, CRASHING), 1),
    }
    failed = False
    for name, (submission, expected) in submissions.items():
        rows = grade.points(grade.executed(grade.restored(submission, solved)))
        got = sum(row[2] for row in rows)
        print(f"{name}: {got} points, {expected} expected", flush=True)
        if got != expected:
            failed = True
            print(*rows, sep="\n", file=sys.stderr, flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

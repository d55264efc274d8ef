"""Tests of exercises.py and grade.py without a kernel, and of the lessons themselves:
python3 -m unittest discover notebooks/class
"""

import copy
import json
import tempfile
import unittest
from pathlib import Path

import exercises
import grade


def cell(text, kind="code", **graded):
    metadata = {"nbgrader": {"schema_version": 3, **graded}} if graded else {}
    made = {"cell_type": kind, "metadata": metadata, "source": text.splitlines(keepends=True)}
    if kind == "code":
        made.update(outputs=[{"output_type": "stream", "name": "stdout", "text": "42"}], execution_count=1)
    return made


def text(notebook, index):
    return "".join(notebook["cells"][index]["source"])


class ExercisesTest(unittest.TestCase):
    solution = cell(
        "int twice(int x) {\n    // BEGIN SOLUTION\n    return 2 * x;\n    // END SOLUTION\n}",
        grade=False, grade_id="twice", solution=True,
    )
    tests = cell(
        "check(twice(1));\n// BEGIN HIDDEN TESTS\ncheck(twice(9));\n// END HIDDEN TESTS\nprintln();",
        grade=True, grade_id="twice-test", points=2, solution=False,
    )

    def made(self, *cells):
        return exercises.released({"cells": list(copy.deepcopy(cells))})

    def test_a_solution_becomes_a_gap_with_its_indent(self):
        self.assertEqual(text(self.made(self.solution), 0), "int twice(int x) {\n    // YOUR CODE HERE\n}")

    def test_hidden_tests_are_gone_and_the_others_stay(self):
        self.assertEqual(text(self.made(self.tests), 0), "check(twice(1));\nprintln();")

    def test_outputs_are_gone(self):
        made = self.made(self.tests)["cells"][0]
        self.assertEqual((made["outputs"], made["execution_count"]), ([], None))

    def test_an_answer_in_words_becomes_a_gap(self):
        essay = cell("Because.", "markdown", grade=True, grade_id="why", points=2, solution=True)
        self.assertEqual(text(self.made(essay), 0), exercises.ESSAY)

    def test_other_cells_stay(self):
        self.assertEqual(text(self.made(cell("var x = 1;")), 0), "var x = 1;")

    def test_a_mark_without_its_end_is_an_error(self):
        broken = cell("// BEGIN SOLUTION\nint x = 1;", grade=False, grade_id="x", solution=True)
        with self.assertRaisesRegex(exercises.Malformed, "cell x: BEGIN SOLUTION without END SOLUTION"):
            self.made(broken)

    def test_an_end_without_its_begin_is_an_error(self):
        with self.assertRaisesRegex(exercises.Malformed, "END HIDDEN TESTS without BEGIN"):
            self.made(cell("// END HIDDEN TESTS", grade=True, grade_id="x", points=1, solution=False))

    def test_one_command_writes_sources_and_releases(self):
        with tempfile.TemporaryDirectory() as folder:
            exercises.main([folder, "02-table-1"])
            files = sorted(str(p.relative_to(folder)) for p in Path(folder).rglob("*.ipynb"))
            self.assertEqual(files, ["release/02-table-1/02-table-1.ipynb", "source/02-table-1/02-table-1.ipynb"])
            released = (Path(folder) / files[0]).read_text(encoding="utf-8")
        self.assertNotIn("SOLUTION", released)
        self.assertNotIn("HIDDEN", released)
        self.assertIn("YOUR CODE HERE", released)


class GradeTest(unittest.TestCase):
    solved = {"cells": [ExercisesTest.solution, ExercisesTest.tests]}

    def test_a_students_own_tests_are_replaced(self):
        mine = cell("int twice(int x) { return x + x; }", grade_id="twice", solution=True)
        lax = cell("println();", grade=True, grade_id="twice-test", points=2, solution=False)
        restored = grade.restored({"cells": [mine, lax]}, self.solved)
        self.assertEqual(text(restored, 0), "int twice(int x) { return x + x; }")
        self.assertEqual(text(restored, 1), "".join(ExercisesTest.tests["source"]))

    def test_a_missing_answer_is_empty(self):
        self.assertEqual(text(grade.restored({"cells": []}, self.solved), 0), "")

    def run_to(self, outputs, count=1):
        notebook = copy.deepcopy(self.solved)
        notebook["cells"][1].update(outputs=outputs, execution_count=count)
        return grade.points(notebook)

    def test_a_test_without_an_error_has_its_points(self):
        self.assertEqual(self.run_to([]), [("twice-test", 2, 2, "")])

    def test_a_test_with_an_error_has_none_and_says_why(self):
        error = {"output_type": "error", "ename": "EvalException", "evalue": "4, not 3.\nat ...", "traceback": []}
        self.assertEqual(self.run_to([error]), [("twice-test", 2, 0, "4, not 3.")])

    def test_a_test_that_was_not_reached_has_none(self):
        self.assertEqual(self.run_to([], None), [("twice-test", 2, 0, "not run")])


class LessonsTest(unittest.TestCase):
    def test_every_lesson_is_whole(self):
        for name, path in exercises.lessons().items():
            with self.subTest(name):
                notebook = exercises.read(path)
                exercises.released(notebook)
                graded = [c["metadata"]["nbgrader"] for c in notebook["cells"] if "nbgrader" in c["metadata"]]
                ids = [g["grade_id"] for g in graded]
                self.assertEqual(len(ids), len(set(ids)), "each grade_id once")
                self.assertTrue(all(g["points"] > 0 for g in graded if g["grade"]))
                self.assertTrue((path.with_suffix(".md")).exists(), "a page for the teacher")
                self.assertTrue(all("error" not in [o["output_type"] for o in c.get("outputs", [])] for c in notebook["cells"]))

    def test_every_lesson_is_named_in_the_index(self):
        index = (exercises.CLASS / "README.md").read_text(encoding="utf-8")
        for name in exercises.lessons():
            self.assertIn(f"({name}.ipynb)", index)
            self.assertIn(f"({name}.md)", index)

    def test_a_page_for_the_teacher_has_the_points_of_its_lesson(self):
        for name, path in exercises.lessons().items():
            graded = [c for c in exercises.read(path)["cells"] if c["metadata"].get("nbgrader", {}).get("grade")]
            by_tests = sum(c["metadata"]["nbgrader"]["points"] for c in graded if c["cell_type"] == "code")
            in_words = sum(c["metadata"]["nbgrader"]["points"] for c in graded if c["cell_type"] == "markdown")
            with self.subTest(name):
                page = path.with_suffix(".md").read_text(encoding="utf-8")
                self.assertIn(f"**Points.** {by_tests} by tests, {in_words} ", page)

    def test_lines_of_code_are_not_cut_off(self):
        for name, path in exercises.lessons().items():
            for cell in exercises.read(path)["cells"]:
                if cell["cell_type"] == "code":
                    for line in "".join(cell["source"]).splitlines():
                        self.assertLessEqual(len(line), 98, f"{name}: {line}")


if __name__ == "__main__":
    unittest.main()

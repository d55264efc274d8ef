"""Tests of compare.py: python3 -m unittest discover notebooks"""

import base64
import struct
import unittest
from types import SimpleNamespace

from compare import differences


class Output(SimpleNamespace):
    def get(self, key, otherwise=None):
        return getattr(self, key, otherwise)


def stream(text):
    return Output(output_type="stream", name="stdout", text=text)


def result(**kinds):
    data = {kind.replace("_", "/"): value for kind, value in kinds.items()}
    return Output(output_type="execute_result", data=data, metadata={"image/png": {"width": 632}})


def png(width, height):
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\0" * 40).decode()


def notebook(*outputs, tags=()):
    return SimpleNamespace(cells=[SimpleNamespace(cell_type="code", outputs=list(outputs), metadata={"tags": list(tags)})])


def compared(stored, fresh, **tags):
    return differences(notebook(stored, **tags), notebook(fresh, **tags))


class CompareTest(unittest.TestCase):
    def same(self, stored, fresh, **tags):
        self.assertEqual(compared(stored, fresh, **tags), [])

    def different(self, stored, fresh, part, **tags):
        found = compared(stored, fresh, **tags)
        self.assertEqual(len(found), 1, found)
        self.assertIn("cell 1: ", found[0])
        self.assertIn(part, found[0])

    def test_equal_outputs_are_the_same(self):
        self.same(stream("fc6: 102,764,544"), stream("fc6: 102,764,544"))

    def test_another_word_is_a_difference(self):
        self.different(stream("photos: 3"), stream("images: 3"), '"photos: 3" is stored, "images: 3" was shown')

    def test_another_count_is_a_difference(self):
        self.different(stream("fc6: 102,764,544"), stream("fc6: 102,764,545"), "102,764,545 was shown")

    def test_the_last_digit_may_round_otherwise(self):
        self.same(stream("error 16.1%"), stream("error 16.2%"))

    def test_two_units_of_the_last_digit_are_a_difference(self):
        self.different(stream("error 16.1%"), stream("error 16.3%"), "16.1 is stored, 16.3 was shown")

    def test_a_sign_is_a_difference(self):
        self.different(stream("gain -3.5"), stream("gain 3.5"), "-3.5 is stored")

    def test_a_missing_number_is_a_difference(self):
        self.different(stream("errors 1 2 3"), stream("errors 1 2"), "errors 1 2 3")

    def test_times_speeds_and_the_machine_are_not_compared(self):
        self.same(
            stream("trained in 2 min 57 s, 572 images/s; Java 17.0.15+6, F(4x4, 3x3) on vectors of 512 bits, 2 threads"),
            stream("trained in 9 s, 64.1 images/s; Java 25.0.1, F(4x4, 3x3) on vectors of 256 bits, 16 threads"),
        )

    def test_what_follows_a_time_is_compared(self):
        self.different(stream("in 4 s\ntop-1 error 16.1%"), stream("in 5 s\ntop-1 error 26.1%"), "16.1")

    def test_whether_a_training_was_already_finished_is_not_compared(self):
        self.same(
            stream("The training in target/a is already finished; this is its result.\nerror 16.1%"), stream("error 16.1%")
        )

    def test_a_trained_number_may_move(self):
        self.same(stream("error 42.2% (37.1 to 47.5)"), stream("error 47.9% (42.0 to 53.0)"), tags=["trained"])

    def test_a_trained_number_of_another_size_is_a_difference(self):
        self.different(stream("error 42.2%"), stream("error 76.2%"), "76.2", tags=["trained"])

    def test_the_words_of_a_trained_cell_are_compared(self):
        self.different(stream("error 42.2%"), stream("recall 42.2%"), "recall", tags=["trained"])

    def test_of_a_chosen_image_the_title_is_compared(self):
        stored = result(image_png=png(516, 420), text_plain="Class score map, 516x420 pixels")
        fresh = result(image_png=png(640, 480), text_plain="Class score map, 640x480 pixels")
        self.assertEqual(len(compared(stored, fresh, tags=["trained"])), 1)
        self.same(stored, fresh, tags=["chosen"])
        other = result(image_png=png(516, 420), text_plain="Confusion, 516x420 pixels")
        self.different(stored, other, "Confusion", tags=["chosen"])

    def test_an_image_of_another_size_is_a_difference(self):
        self.different(
            result(image_png=png(1264, 756), text_plain="Depth"),
            result(image_png=png(1264, 758), text_plain="Depth"),
            "the image was 1264x756 pixels, shown 632 wide; it is 1264x758 pixels",
        )

    def test_an_image_with_another_title_is_a_difference(self):
        self.different(
            result(image_png=png(8, 8), text_plain="Confusion"), result(image_png=png(8, 8), text_plain="Mistakes"), "Mistakes"
        )

    def test_the_pixels_of_an_image_are_not_compared(self):
        self.same(result(image_png=png(8, 8)), result(image_png=png(8, 8)[:-8] + "AAAAAAA="))

    def test_the_style_of_html_is_not_compared(self):
        self.same(result(text_html="<td style='a'>3.5</td>"), result(text_html="<td>3.5</td>"))

    def test_the_text_of_html_is_compared(self):
        self.different(result(text_html="<p>C is better</p>"), result(text_html="<p>undecided</p>"), "undecided")

    def test_the_numbers_of_a_table_are_compared(self):
        row = "<table><tr><th>error</th><th>seconds</th></tr><tr><td>{}</td><td>{}</td></tr></table>"
        self.same(result(text_html=row.format("16.1", "9")), result(text_html=row.format("16.1", "12")))
        self.different(result(text_html=row.format("16.1", "9")), result(text_html=row.format("18.1", "9")), "18.1")

    def test_images_in_html_are_compared_by_size(self):
        image = '<img src="data:image/png;base64,{}">'
        self.same(result(text_html=image.format(png(8, 8))), result(text_html=image.format(png(8, 8))))
        self.different(result(text_html=image.format(png(8, 8))), result(text_html=image.format(png(8, 9))), "8")

    def test_a_missing_output_is_a_difference(self):
        found = differences(notebook(stream("1")), notebook())
        self.assertEqual(found, ["cell 1: stored are stdout, shown were no outputs"])

    def test_another_kind_of_output_is_a_difference(self):
        self.different(result(text_html="<p>1</p>"), stream("1"), "stored are text/html, shown were stdout")

    def test_pieces_of_a_stream_are_one(self):
        self.assertEqual(differences(notebook(stream("1\n"), stream("2\n")), notebook(stream("1\n2\n"))), [])

    def test_a_cell_more_is_a_difference(self):
        fresh = SimpleNamespace(cells=notebook().cells * 2)
        self.assertEqual(differences(notebook(), fresh), ["1 cells are stored, 2 were run"])


if __name__ == "__main__":
    unittest.main()

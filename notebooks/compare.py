"""Compares the outputs of a notebook that was just run with the stored ones. Called by `execute.py`.

Cells that train have the tag `trained`: what they and their followers print depends on the machine's arithmetic.

- Everywhere: the same outputs in the same order, each of the same kinds (text, HTML, PNG).
- Text, and the text of HTML: the same words. Numbers are equal within one unit of their last printed digit; in a cell
  tagged `trained` they need the same form, and to be within TRAINED_SHARE or TRAINED_POINTS of each other.
- Images: the same width and height in pixels, the same width on the page, and the same title (their text).
- Of a cell tagged `chosen`, which shows what a training chose, only kinds and titles are compared.
- Times, speeds, sizes in memory, versions, and what names the machine's vectors and threads are not compared (MASKS).
"""

import base64
import os
import platform
import re
import struct
from html.parser import HTMLParser

TRAINED = "trained"
CHOSEN = "chosen"
MACHINE = "machine"  # in a notebook's metadata: where it was run
TRAINED_SHARE = 0.35
TRAINED_POINTS = 15.0

# What a run measures, or what names the machine, each with the word that stands for it.
MASKS = [
    (r"\d+ h \d+ min|\d+ min \d+ s|\d+ min\b|\d[\d.,]* m?s\b", "TIME"),
    (r"\d[\d.,]* images/s", "SPEED"),
    (r"(, )?\d+% of it waiting for images", ""),
    (r"\d[\d.,]* (MB|GB)\b", "MEMORY"),
    (r"<0\.0001", "0.0000"),
    (r"(arithmetic\W+)(FAST|EXACT|DJL)", r"\1ARITHMETIC"),
    (r"Java \d[\w.+-]*", "Java"),
    (r"DJL \d[\w.+-]*", "DJL"),
    (r"PyTorch \d[\w.+-]*", "PyTorch"),
    (r"(F\(\dx\d, \dx\d\) on )?(vectors of \d+ bits|numbers one by one), \d+ threads?", "ARITHMETIC"),
    (r"\bby (DJL's PyTorch|ARITHMETIC)", "by ARITHMETIC"),
    (r"; MEMORY for the weights and their gradients, and MEMORY per image\.", ""),
    (r"The training in \S+ is already finished; this is its result\.", ""),
    (r"The steps are computed by \w+(, ARITHMETIC|, by ARITHMETIC)?\.?", ""),
]
# Columns of tables that hold what is measured.
MEASURED_COLUMNS = {"seconds", "images/s"}

NUMBER = re.compile(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?")


def machine():
    """What the last digits of a sum depend on: the processor and the number of cores."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            lines = file.read().split("\n\n")[0].splitlines()
    except OSError:
        return f"{platform.machine()}, {os.cpu_count()} cores"
    facts = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    vectors = "512" if "avx512f" in facts.get("flags", "").split() else "256"
    kind = " ".join(facts.get(name, "?") for name in ("vendor_id", "cpu family", "model"))
    return f"{kind}, vectors of {vectors} bits, {os.cpu_count()} cores"


def differences(stored, fresh):
    """What differs, a line each, from the first cell to the last; empty if nothing does."""
    if len(stored.cells) != len(fresh.cells):
        return [f"{len(stored.cells)} cells are stored, {len(fresh.cells)} were run"]
    found = []
    for number, (old, new) in enumerate(zip(stored.cells, fresh.cells), 1):
        if old.cell_type == "code":
            tags = set(old.metadata.get("tags", []))
            found += [f"cell {number}: {line}" for line in of_cells(old.outputs, new.outputs, tags)]
    return found


def of_cells(stored, fresh, tags):
    old, new = shown(stored), shown(fresh)
    if [kinds for kinds, _ in old] != [kinds for kinds, _ in new]:
        return [f"stored are {names(old)}, shown were {names(new)}"]
    return [
        line
        for (_, before), (_, after) in zip(old, new)
        for kind in before
        for line in of_kind(kind, before[kind], after[kind], bool(tags & {TRAINED, CHOSEN}))
        if CHOSEN not in tags or kind == "text/plain"
    ]


def names(outputs):
    return " and ".join("/".join(kinds) for kinds, _ in outputs) or "no outputs"


def shown(outputs):
    """The kinds and contents of each output; adjacent pieces of a stream are one."""
    found = []
    for output in outputs:
        if output.output_type == "stream":
            kind = output.name
            if found and found[-1][0] == [kind]:
                found[-1][1][kind] += text(output.text)
            else:
                found.append(([kind], {kind: text(output.text)}))
        elif output.output_type == "error":
            found.append((["error"], {"error": output.ename + ": " + output.evalue}))
        else:
            data = dict(output.get("data", {}))
            if "image/png" in data:
                width = output.get("metadata", {}).get("image/png", {}).get("width")
                data["image/png"] = f"{size(data['image/png'])}, shown {width} wide"
                data["text/plain"] = re.sub(r", \d+x\d+ pixels$", "", text(data.get("text/plain", "")))
            if "text/html" in data:
                data["text/html"] = words(text(data["text/html"]))
                data.pop("text/plain", None)  # the same, cut short
            found.append((sorted(data), {kind: text(value) for kind, value in data.items()}))
    return found


def text(value):
    return value if isinstance(value, str) else "".join(value)


def of_kind(kind, stored, fresh, trained):
    if kind == "image/png":
        return [] if stored == fresh else [f"the image was {stored}; it is {fresh}"]
    old, new = masked(stored), masked(fresh)
    before, after = NUMBER.split(old), NUMBER.split(new)
    if [" ".join(part.split()) for part in before] != [" ".join(part.split()) for part in after]:
        return [f"{kind}: {first_difference(old, new)}"]
    pairs = zip(NUMBER.findall(old), NUMBER.findall(new))
    wrong = [f"{one} is stored, {other} was shown" for one, other in pairs if not close(one, other, trained)]
    return [f"{kind}: {wrong[0]}" + (f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else "")] if wrong else []


def masked(value):
    for pattern, word in MASKS:
        value = re.sub(pattern, word, value)
    return value


def first_difference(old, new):
    for one, other in zip(old.splitlines(), new.splitlines()):
        if NUMBER.sub("#", one).split() != NUMBER.sub("#", other).split():
            return f'"{one.strip()[:100]}" is stored, "{other.strip()[:100]}" was shown'
    return f"{len(old.splitlines())} lines are stored, {len(new.splitlines())} were shown"


def close(stored, fresh, trained):
    """Whether two printed numbers may be the same number; or, of a training, of the same kind."""
    if stored == fresh:
        return True
    one, other = value(stored), value(fresh)
    if trained:
        return abs(one - other) <= max(TRAINED_POINTS, TRAINED_SHARE * max(abs(one), abs(other)))
    return abs(one - other) <= 1.000001 * max(unit(stored), unit(fresh)) and not whole(stored, fresh)


def whole(stored, fresh):
    """Counts are exact."""
    return unit(stored) == 1 and unit(fresh) == 1


def value(number):
    return float(number.replace(",", "").replace("−", "-"))


def unit(number):
    """What one step of the last printed digit is worth."""
    digits, _, exponent = number.lower().partition("e")
    decimals = len(digits.partition(".")[2])
    return 10.0 ** (int(exponent or 0) - decimals)


def size(png):
    head = base64.b64decode(text(png)[:64])
    if head[:8] != b"\x89PNG\r\n\x1a\n":
        return "no PNG"
    width, height = struct.unpack(">II", head[16:24])
    return f"{width}x{height} pixels"


def words(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.found()


class Reader(HTMLParser):
    """A line a row or block, without the columns that hold what is measured; an image is its size."""

    def __init__(self):
        super().__init__()
        self.parts, self.cells, self.column, self.skipped = [], [], 0, set()

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.skipped = set()
        elif tag == "tr":
            self.cells = []
        elif tag in ("td", "th"):
            self.cells.append("")
        elif tag == "img":
            source = dict(attributes).get("src") or ""
            self.parts.append(f"[{size(source.partition('base64,')[2])}]\n")

    def handle_endtag(self, tag):
        if tag == "th" and self.cells[-1].strip() in MEASURED_COLUMNS:
            self.skipped.add(len(self.cells) - 1)
        elif tag == "tr":
            kept = [cell for i, cell in enumerate(self.cells) if i not in self.skipped]
            self.parts.append(" | ".join(kept) + "\n")
            self.cells = []
        elif tag in ("pre", "p", "caption", "div"):
            self.parts.append("\n")

    def handle_data(self, data):
        if self.cells:
            self.cells[-1] += data
        else:
            self.parts.append(data)

    def found(self):
        return "".join(self.parts)

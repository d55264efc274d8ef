"""Writes a devkit of ILSVRC-2012 in small, with SciPy, in the form of the real one.

    python ilsvrc_goldens.py [--out ../resources/verydeep/data/devkit]

meta.mat holds the struct array `synsets` with the real one's fields: twelve classes in an order that is not the sorted
one, then two groups of classes, which are synsets with children and come in no ground truth. The ground truth has 300
lines of the devkit's numbers. truth.txt beside it says the synset of each, which the test compares with.
"""

import argparse
import pathlib
import random

import numpy
import scipy
from scipy.io import savemat

REPOSITORY = pathlib.Path(__file__).resolve().parents[4]
CLASSES = [  # the first ones in the real order, and the two cranes
    ("n02119789", "kit fox, Vulpes macrotis"),
    ("n02100735", "English setter"),
    ("n02110185", "Siberian husky"),
    ("n02096294", "Australian terrier"),
    ("n02102040", "English springer, English springer spaniel"),
    ("n02066245", "grey whale, gray whale, devilfish, Eschrichtius gibbosus, Eschrichtius robustus"),
    ("n02509815", "lesser panda, red panda, panda, bear cat, cat bear, Ailurus fulgens"),
    ("n02124075", "Egyptian cat"),
    ("n02012849", "crane"),
    ("n03126707", "crane"),
    ("n01440764", "tench, Tinca tinca"),
    ("n15075141", "toilet tissue, toilet paper, bathroom tissue"),
]
GROUPS = [("n00001740", "entity"), ("n02084071", "dog, domestic dog, Canis familiaris")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = REPOSITORY / "toolkit/src/test/resources/verydeep/data/devkit"
    parser.add_argument("--out", type=pathlib.Path, default=default)
    options = parser.parse_args()
    data = options.out / "data"
    data.mkdir(parents=True, exist_ok=True)
    fields = ("ILSVRC2012_ID", "WNID", "words", "gloss", "num_children", "children", "wordnet_height")
    rows = CLASSES + GROUPS
    synsets = numpy.zeros((len(rows), 1), dtype=[(field, object) for field in (*fields, "num_train_images")])
    for i, (wnid, words) in enumerate(rows):
        children = [] if i < len(CLASSES) else [1, 2]
        synsets[i, 0] = (i + 1, wnid, words, "a gloss", len(children), children, len(children), 1300)
    savemat(data / "meta.mat", {"synsets": synsets}, do_compression=True)
    chance = random.Random(2012)
    numbers = [chance.randrange(len(CLASSES)) for _ in range(300)]
    text = "".join(f"{number + 1}\n" for number in numbers)
    (data / "ILSVRC2012_validation_ground_truth.txt").write_text(text)
    (options.out / "truth.txt").write_text("".join(f"{CLASSES[number][0]}\n" for number in numbers))
    (options.out / "README.md").write_text(f"Made by `toolkit/src/test/python/ilsvrc_goldens.py`, SciPy {scipy.__version__}.\n")


if __name__ == "__main__":
    main()

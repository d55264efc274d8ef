"""Writes average precisions of made-up scores, many of them tied, as a file of comma-separated values.

    python precision_goldens.py [--out ../resources/verydeep/transfer/precision.csv]

A line a case: the scores, which pictures show the class, VOC's average precision over eleven points, its area under
the monotone curve, and scikit-learn's average_precision_score. VOC's two are written out here from the development
kit's description, element by element, with a stable sort.
"""

import argparse
import pathlib

import numpy
import sklearn
from sklearn.metrics import average_precision_score

REPOSITORY = pathlib.Path(__file__).resolve().parents[4]


def curve(scores, shows):
    order = numpy.argsort(-scores, kind="stable")
    hits = numpy.cumsum(shows[order])
    return hits / shows.sum(), hits / numpy.arange(1, len(scores) + 1)


def eleven_points(scores, shows):
    recall, precision = curve(scores, shows)
    total = 0.0
    for threshold in [k / 10 for k in range(11)]:
        beyond = precision[recall >= threshold]
        total += (beyond.max() if beyond.size else 0.0) / 11
    return total


def area(scores, shows):
    recall, precision = curve(scores, shows)
    recall = numpy.concatenate(([0.0], recall, [1.0]))
    precision = numpy.concatenate(([0.0], precision, [0.0]))
    for i in range(len(precision) - 2, -1, -1):
        precision[i] = max(precision[i], precision[i + 1])
    rises = numpy.flatnonzero(recall[1:] != recall[:-1]) + 1
    return ((recall[rises] - recall[rises - 1]) * precision[rises]).sum()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = REPOSITORY / "toolkit/src/test/resources/verydeep/transfer/precision.csv"
    parser.add_argument("--out", type=pathlib.Path, default=default)
    options = parser.parse_args()
    random = numpy.random.default_rng(2007)
    cases = [([1.0], [1]), ([0.5, 0.5], [0, 1]), ([0.5, 0.5], [1, 0]), ([3.0, 2.0, 1.0], [0, 0, 1])]
    for size in (5, 10, 20, 40):
        for levels in (3, 8, 1000):
            scores = random.integers(0, levels, size) / 4
            shows = random.integers(0, 2, size)
            shows[random.integers(size)] = 1
            cases.append((scores, shows))
    lines = [f"# scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}"]
    for scores, shows in cases:
        scores, shows = numpy.array(scores, dtype=float), numpy.array(shows)
        found = (eleven_points(scores, shows), area(scores, shows), average_precision_score(shows, scores))
        lines.append(
            f"{' '.join(map(str, scores.tolist()))},{' '.join(map(str, shows.tolist()))},"
            + ",".join(f"{value:.12g}" for value in found)
        )
    options.out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

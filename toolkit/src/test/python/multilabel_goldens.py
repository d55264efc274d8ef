"""Writes what scikit-learn's LinearSVC makes of vectors that show several classes each, as JSON.

    python multilabel_goldens.py [--out ../resources/verydeep/transfer/multilabel.json]

PASCAL VOC's protocol in a few lines: a classifier a class, trained on the vectors whose label for it is 1 or -1, not 0
("difficult"), which the test leaves out too; average precision by VOC's two rules, each written out literally, and the
interval of its mean when the test vectors are drawn anew.
"""

import argparse
import json
import pathlib

import numpy
import sklearn
from sklearn.svm import LinearSVC

CLASSES = ("bird", "cat", "dog")


def drawn(generator, count, dimension):
    """Vectors of length 1 that lean towards the directions of the classes that they show."""
    centers = numpy.random.default_rng(7).normal(size=(len(CLASSES), dimension))
    shows = generator.random((count, len(CLASSES))) < (0.45, 0.3, 0.2)
    points = shows @ centers + 1.1 * generator.normal(size=(count, dimension))
    points /= numpy.linalg.norm(points, axis=1, keepdims=True)
    labels = numpy.where(shows, 1, -1)
    labels[shows & (generator.random(shows.shape) < 0.15)] = 0
    return points.astype(numpy.float32), labels


def ranked(scores, shows):
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    found, precision, recall = 0, [], []
    for place, i in enumerate(order, 1):
        found += bool(shows[i])
        precision.append(found / place)
        recall.append(found / sum(map(bool, shows)))
    return precision, recall


def eleven_points(scores, shows):
    precision, recall = ranked(scores, shows)
    best = [max((p for p, r in zip(precision, recall) if r >= tenth / 10), default=0.0) for tenth in range(11)]
    return sum(best) / 11


def area(scores, shows):
    precision, recall = ranked(scores, shows)
    total, before = 0.0, 0.0
    for i, r in enumerate(recall):
        total += (r - before) * max(precision[i:])
        before = r
    return total


def decisions(points, labels, others, cost):
    """A column a class."""
    columns = []
    for k in range(len(CLASSES)):
        clear = labels[:, k] != 0
        svm = LinearSVC(C=cost, loss="squared_hinge", dual=False, tol=1e-8, max_iter=100_000)
        svm.fit(points[clear].astype(numpy.float64), labels[clear, k])
        columns.append(svm.decision_function(others.astype(numpy.float64)))
    return numpy.stack(columns, axis=1)


def precisions(rule, scores, labels):
    found = []
    for k in range(len(CLASSES)):
        clear = labels[:, k] != 0
        found.append(rule(scores[clear, k].tolist(), (labels[clear, k] == 1).tolist()))
    return found


def interval(rule, scores, labels, draws=4000):
    """The middle 95% of the mean average precision when the test vectors are drawn anew with replacement."""
    generator = numpy.random.default_rng(1993)
    means = []
    for _ in range(draws):
        drawn_ones = numpy.sort(generator.integers(len(scores), size=len(scores)))
        some, theirs = scores[drawn_ones], labels[drawn_ones]
        shown = [k for k in range(len(CLASSES)) if (theirs[:, k] == 1).any()]
        found = []
        for k in shown:
            clear = theirs[:, k] != 0
            found.append(rule(some[clear, k].tolist(), (theirs[clear, k] == 1).tolist()))
        means.append(numpy.mean(found))
    return numpy.percentile(means, [2.5, 97.5]).tolist()


def numbers(array):
    return [[float(numpy.format_float_positional(v, unique=True)) for v in row] for row in array]


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", default=here / "../resources/verydeep/transfer/multilabel.json", type=pathlib.Path)
    arguments = parser.parse_args()
    generator = numpy.random.default_rng(2012)
    points, labels = drawn(generator, 80, 10)
    others, theirs = drawn(generator, 60, 10)
    scores = decisions(points, labels, others, 4)
    golden = {
        "versions": f"scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}",
        "classes": CLASSES,
        "vectors": numbers(points),
        "labels": labels.tolist(),
        "test": numbers(others),
        "testLabels": theirs.tolist(),
        "decisions": [[round(float(v), 7) for v in row] for row in scores],
        "elevenPoints": precisions(eleven_points, scores, theirs),
        "area": precisions(area, scores, theirs),
        "elevenPointsInterval": interval(eleven_points, scores, theirs),
        "areaInterval": interval(area, scores, theirs),
    }
    arguments.out.write_text(json.dumps(golden, separators=(",", ":")) + "\n")


main()

"""Writes what scikit-learn's LinearSVC decides on a few drawn vectors, as JSON.

    python svm_goldens.py [--out ../resources/verydeep/transfer/svm.json]

LinearSVC is LIBLINEAR: L2-regularised, squared hinge loss, one class against the rest, here the solver of the primal
problem with a tolerance of 1e-8. Its offset is regularised like a weight of a feature that is 1, as in the toolkit.
The vectors have length 1, like features of appendix B, and their classes overlap.
"""

import argparse
import json
import pathlib

import numpy
import sklearn
from sklearn.svm import LinearSVC

COSTS = (0.25, 4, 64, 256)
CLOSE = 2e-3
FOLDS_SEED = 1411  # the first from 1409 on without a close decision


def vectors(generator, count, classes, dimension):
    centers = generator.normal(size=(classes, dimension))
    labels = generator.permutation(numpy.arange(count) % classes)
    points = centers[labels] + 1.2 * generator.normal(size=(count, dimension))
    points /= numpy.linalg.norm(points, axis=1, keepdims=True)
    return points.astype(numpy.float32), labels


def case(generator, classes, dimension):
    points, labels = vectors(generator, 60, classes, dimension)
    fit, check = slice(0, 48), slice(48, 60)
    decisions = {}
    for cost in COSTS:
        svm = LinearSVC(C=cost, loss="squared_hinge", dual=False, tol=1e-8, max_iter=100_000)
        svm.fit(points[fit].astype(numpy.float64), labels[fit])
        values = svm.decision_function(points[check].astype(numpy.float64))
        if classes == 2:  # scikit-learn decides two classes once, for the second
            values = numpy.stack((-values, values), axis=1)
        decisions[str(cost)] = [[round(float(v), 7) for v in row] for row in values]
    return {
        "labels": labels[fit].tolist(),
        "vectors": [[float(repr_short(v)) for v in row] for row in points[fit]],
        "test": [[float(repr_short(v)) for v in row] for row in points[check]],
        "decisions": decisions,
    }


def folds(generator, classes, dimension, count):
    """How many vectors are wrong when each is decided by those of the other folds.

    No decision is a close one, so that a solver of another tolerance counts the same.
    """
    points, labels = vectors(generator, 90, classes, dimension)
    fold = numpy.arange(90) % count
    wrong, closest = {}, numpy.inf
    for cost in (0.25, 1, 4):
        mistakes = 0
        for held in range(count):
            fit, check = fold != held, fold == held
            svm = LinearSVC(C=cost, loss="squared_hinge", dual=False, tol=1e-8, max_iter=100_000)
            svm.fit(points[fit].astype(numpy.float64), labels[fit])
            values = svm.decision_function(points[check].astype(numpy.float64))
            order = numpy.sort(values, axis=1)
            closest = min(closest, (order[:, -1] - order[:, -2]).min())
            mistakes += int((values.argmax(axis=1) != labels[check]).sum())
        wrong[str(cost)] = mistakes
    assert len(set(wrong.values())) > 1 and closest > CLOSE, (wrong, closest)
    return {
        "labels": labels.tolist(),
        "vectors": [[float(repr_short(v)) for v in row] for row in points],
        "folds": count,
        "wrong": wrong,
    }


def repr_short(value):
    return numpy.format_float_positional(value, unique=True)


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", default=here / "../resources/verydeep/transfer/svm.json", type=pathlib.Path)
    arguments = parser.parse_args()
    generator = numpy.random.default_rng(1409)
    golden = {
        "versions": f"scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}",
        "four": case(generator, 4, 8),
        "two": case(generator, 2, 6),
        "folds": folds(numpy.random.default_rng(FOLDS_SEED), 5, 8, 5),
    }
    arguments.out.write_text(json.dumps(golden, separators=(",", ":")) + "\n")


main()

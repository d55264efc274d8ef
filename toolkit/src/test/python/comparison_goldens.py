"""Writes p-values of McNemar's exact test, from SciPy, as a file of comma-separated values.

    python comparison_goldens.py [--out ../resources/verydeep/evaluation/mcnemar.csv]

A line a case: how many pictures the first test alone got wrong, how many the second alone, the two-sided p-value.
"""

import argparse
import pathlib

import scipy
from scipy.stats import binomtest

REPOSITORY = pathlib.Path(__file__).resolve().parents[4]
CASES = [(0, 0), (0, 1), (1, 0), (0, 6), (5, 5), (3, 12), (12, 3), (40, 61), (250, 250), (250, 251), (900, 1100)]
CASES += [(9000, 9400), (0, 2000)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = REPOSITORY / "toolkit/src/test/resources/verydeep/evaluation/mcnemar.csv"
    parser.add_argument("--out", type=pathlib.Path, default=default)
    options = parser.parse_args()
    lines = [f"# SciPy {scipy.__version__}"]
    for first, second in CASES:
        p = binomtest(first, first + second).pvalue if first + second else 1.0
        lines.append(f"{first},{second},{p:.12g}")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

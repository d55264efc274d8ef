"""Writes what PyTorch's ReduceLROnPlateau does with made-up validation results, as a file of comma-separated values.

    python schedule_goldens.py [--out ../resources/verydeep/training/plateau.csv]

A line a case: patience (ours: epochs without a better result before the rate falls, one more than PyTorch's), the
wrong pictures of each epoch, and the rate that each epoch is trained with, beginning at 1 and divided by 10.
"""

import argparse
import pathlib
import random

import torch
from torch.optim.lr_scheduler import ReduceLROnPlateau

REPOSITORY = pathlib.Path(__file__).resolve().parents[4]


def rates(patience, wrong):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = ReduceLROnPlateau(optimizer, mode="min", factor=0.1, patience=patience - 1, threshold=0, eps=0)
    found = []
    for count in wrong:
        found.append(optimizer.param_groups[0]["lr"])
        schedule.step(count)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = REPOSITORY / "toolkit/src/test/resources/verydeep/training/plateau.csv"
    parser.add_argument("--out", type=pathlib.Path, default=default)
    options = parser.parse_args()
    chance = random.Random(1409)
    lines = [f"# torch {torch.__version__}"]
    for patience in (1, 2, 3, 5):
        for _ in range(5):
            level, wrong = 100.0, []
            for _ in range(40):
                level *= chance.choice((0.8, 0.95, 1.0, 1.0, 1.1))
                wrong.append(round(level))
            given = rates(patience, wrong)
            lines.append(f"{patience},{' '.join(map(str, wrong))},{' '.join(f'{rate:.9g}' for rate in given)}")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

"""Merged boxes for verydeep/localization/merging.txt: the greedy merging of OverFeat, literally and slowly.

    python merging_goldens.py [--out ../resources/verydeep/localization/merging.txt]

Uses no library. Made with Python 3.11. Each step is the one of the paper and of ours where the paper is silent
(match score, threshold 0.5, k = 5; ties in the order of the boxes). All pairs are looked at for every merge.

The file has cases: a line "case LOOKS CLASSES k threshold"; for each look a line "look PLACES BOXES" (1 box a place, or
one a class), then for each place a line of scores and a line of boxes, left top right bottom each; then "merged COUNT"
and a line "label left top right bottom score boxes" for each box that is left, the highest score first.
"""

import argparse
import itertools
import math
import pathlib
import random


def iou(a, b):
    across = min(a[2], b[2]) - max(a[0], b[0])
    down = min(a[3], b[3]) - max(a[1], b[1])
    if across <= 0 or down <= 0:
        return 0.0
    both = across * down
    area = [(box[2] - box[0]) * (box[3] - box[1]) for box in (a, b)]
    return both / (area[0] + area[1] - both)


def match_score(a, b):
    distance = math.dist(((a[0] + a[2]) / 2, (a[1] + a[3]) / 2), ((b[0] + b[2]) / 2, (b[1] + b[3]) / 2))
    diagonals = [math.hypot(box[2] - box[0], box[3] - box[1]) for box in (a, b)]
    if distance == 0:
        return 1 - iou(a, b)
    mean = sum(diagonals) / 2
    return (distance / mean if mean > 0 else math.inf) + 1 - iou(a, b)


def greedy(boxes, threshold):
    """boxes: [box, score, count] of one class."""
    boxes = [list(box) for box in boxes]
    while len(boxes) > 1:
        pairs = itertools.combinations(range(len(boxes)), 2)
        smallest, i, j = min((match_score(boxes[i][0], boxes[j][0]), i, j) for i, j in pairs)
        if smallest > threshold:
            break
        (a, score_a, count_a), (b, score_b, count_b) = boxes[i], boxes[j]
        count = count_a + count_b
        boxes[i] = [[(count_a * p + count_b * q) / count for p, q in zip(a, b)], score_a + score_b, count]
        del boxes[j]
    return boxes


def merge(looks, k, threshold):
    """looks: (scores[place][class], boxes[place][class])."""
    classes = {}
    for number, (scores, _) in enumerate(looks):
        if scores:
            highest = [max(place[c] for place in scores) for c in range(len(scores[0]))]
            classes[number] = sorted(range(len(highest)), key=lambda c: (-highest[c], c))[:k]
    merged = []
    for c in sorted({c for chosen in classes.values() for c in chosen}):
        union = []
        for number, (scores, boxes) in enumerate(looks):
            if c in classes.get(number, ()):
                union += [[boxes[p][c], scores[p][c], 1] for p in range(len(scores))]
        merged += [(c, *rest) for rest in greedy(union, threshold)]
    return sorted(merged, key=lambda box: (-box[2], box[0]))


def box(rng, kind):
    """Near others or anywhere; on a coarse grid ("ties") many pairs are equally near."""
    if kind == "ties":
        left, top = rng.randrange(0, 64, 8), rng.randrange(0, 64, 8)
        width, height = rng.choice((0, 16, 32, 32)), rng.choice((16, 32))
        return [float(v) for v in (left, top, left + width, top + height)]
    x, y = rng.choice(((30, 40), (70, 60), (rng.randrange(100), rng.randrange(100))))
    x, y = x + rng.gauss(0, 4), y + rng.gauss(0, 4)
    width, height = rng.gauss(30, 4), rng.gauss(24, 3)
    return [round(v, 2) for v in (x - width / 2, y - height / 2, x + width / 2, y + height / 2)]


def look(rng, places, classes, single, kind):
    scores, boxes = [], []
    for _ in range(places):
        if kind == "ties":
            scores.append([rng.choice((1, 2, 2, 4, 8)) / 64 for _ in range(classes)])
        else:
            powers = [math.exp(rng.gauss(0, 2)) for _ in range(classes)]
            scores.append([round(power / sum(powers), 6) for power in powers])
        one = box(rng, kind)
        boxes.append([one] * classes if single else [box(rng, kind) for _ in range(classes)])
    return scores, boxes


def text(numbers):
    return " ".join(repr(number) for number in numbers)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = pathlib.Path(__file__).parent.parent / "resources/verydeep/localization/merging.txt"
    parser.add_argument("--out", type=pathlib.Path, default=default)
    rng = random.Random(8)
    lines = []
    plans = [((), 3, 5), ((0,), 3, 5), ((0, 0), 1, 5), ((0, 4), 3, 2)]
    plans += [((1,), 1, 1), ((1, 1), 2, 5), ((90,), 1, 5), ((60, 30), 2, 1)]
    for _ in range(40):
        sizes = tuple(rng.randrange(1, 12) for _ in range(rng.randrange(1, 4)))
        plans.append((sizes, rng.randrange(1, 8), rng.randrange(1, 6)))
    left = []
    for kind in ("anywhere", "ties"):
        for number, (sizes, classes, k) in enumerate(plans):
            threshold = (0.5, 0.5, 0.0, 1.0)[number % 4]
            single = number % 2 == 0
            looks = [look(rng, size, classes, single, kind) for size in sizes]
            lines.append(f"case {len(looks)} {classes} {k} {threshold}")
            for scores, boxes in looks:
                lines.append(f"look {len(scores)} {1 if single else classes}")
                for place, theirs in zip(scores, boxes):
                    lines.append(text(place))
                    lines.append(text(v for one in theirs[: 1 if single else classes] for v in one))
            merged = merge(looks, k, threshold)
            lines.append(f"merged {len(merged)}")
            lines += [text((c, *where, score, count)) for c, where, score, count in merged]
            left.append((sum(sizes) * min(k, classes), len(merged)))
    out = parser.parse_args().out
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(lines) + "\n")
    before, after = (sum(numbers) for numbers in zip(*left))
    print(f"{len(left)} cases, at most {before} boxes before merging, {after} after; {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()

"""Writes what PyTorch and scikit-learn say of ten photos of odd kinds, with the photos.

    python answers_goldens.py [--out ../resources/verydeep/goldens/answers]

The photos are made from those of clothes: grey, CMYK, turned by EXIF, tiny, 20:1, palettes with transparency, and so
on. PIL opens each, turns it as EXIF says and converts it to RGB. `posteriors`: the narrow net D of network_goldens.py,
dense at two scales with flips (section 3.2). `decisions`: scikit-learn's LinearSVC (C=1) on pool5 of the same net,
averaged over space and flips and divided by its length (appendix B), trained on the photos of datasets/ named in
`training`. float64 throughout; it needs scikit-learn beside requirements.txt.
"""

import argparse
import json
import pathlib

import numpy
import PIL
import sklearn
import torch
import torchvision
from features_goldens import REPOSITORY, pixels, small, unit
from network_goldens import CLASSES, MEAN, NARROW, SIDE, Net
from PIL import Image, ImageOps
from safetensors.torch import load_file
from sklearn.svm import LinearSVC
from torch.nn import functional as F
from torchvision.transforms import functional

GOLDENS = REPOSITORY / "toolkit/src/test/resources/verydeep/goldens"
CLOTHES = REPOSITORY / "datasets/clothing/test"
SCALES = (64, 96)
EXIF_ORIENTATION = 0x0112
KINDS = ("hat", "shoes", "pants")
EACH = 6


def photo(name, size):
    found = sorted((CLOTHES / name).iterdir())[-1]
    return Image.open(found).convert("RGB").resize(size)


def make(folder):
    """Writes the photos; each is one that users have."""
    turned = Image.Exif()
    turned[EXIF_ORIENTATION] = 6
    transparent = photo("dress", (90, 70)).quantize(32)
    alpha = photo("skirt", (70, 90)).copy()
    alpha.putalpha(Image.linear_gradient("L").resize((70, 90)))
    photos = {
        "grey.jpg": (photo("hat", (100, 80)).convert("L"), {"quality": 80}),
        "cmyk.jpg": (photo("shoes", (96, 80)).convert("CMYK"), {"quality": 80}),
        "turned.jpg": (photo("pants", (110, 75)), {"quality": 80, "exif": turned}),
        "tiny.png": (photo("shirt", (9, 7)), {}),
        "long.png": (photo("shorts", (400, 20)), {}),
        "palette.png": (transparent, {"transparency": 3}),
        "alpha.png": (alpha, {}),
        "grey-alpha.png": (photo("hat", (64, 70)).convert("LA"), {}),
        "progressive.jpg": (photo("t-shirt", (120, 90)), {"quality": 70, "progressive": True}),
        "one-bit.png": (photo("outwear", (90, 90)).convert("1"), {}),
    }
    for name, (image, options) in photos.items():
        image.save(folder / name, **options)
    return list(photos)


def opened(file):
    return ImageOps.exif_transpose(Image.open(file)).convert("RGB")


def posterior(image):
    net = Net("D", NARROW, CLASSES, SIDE).double().eval()
    weights = load_file(GOLDENS / "D.safetensors")
    for name, module in net.layers():
        module.weight.data = weights[f"weight/{name}.weight"].double()
        module.bias.data = weights[f"weight/{name}.bias"].double()
    views = []
    for scale in SCALES:
        whole = functional.resize(image, scale)
        for view in (whole, functional.hflip(whole)):
            with torch.no_grad():
                maps = net.features(pixels(view) - torch.tensor(MEAN, dtype=torch.float64)[:, None, None])
                window = net.fc6.weight.reshape(net.fc6.out_features, -1, SIDE // 32, SIDE // 32)
                maps = torch.relu(F.conv2d(maps, window, net.fc6.bias))
                maps = torch.relu(F.conv2d(maps, net.fc7.weight[..., None, None], net.fc7.bias))
                maps = F.conv2d(maps, net.fc8.weight[..., None, None], net.fc8.bias)
                views.append(F.softmax(maps.mean((2, 3))[0], 0).numpy())
    return numpy.mean(views, axis=0)


def vector(maps, image):
    """pool5 at the first scale, averaged over space and over the flip, of length 1."""
    whole = functional.resize(image, SCALES[0])
    with torch.no_grad():
        found = [maps(view)["pool5"][0].numpy().mean((1, 2)) for view in (whole, functional.hflip(whole))]
    return unit(numpy.mean(found, axis=0))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=GOLDENS / "answers")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    names = make(options.out)
    maps = small()
    training = [(kind, file) for kind in KINDS for file in sorted((CLOTHES / kind).iterdir())[:EACH]]
    fitted = numpy.stack([vector(maps, opened(file)) for _, file in training])
    labels = [KINDS.index(kind) for kind, _ in training]
    svm = LinearSVC(C=1, loss="squared_hinge", dual=False, tol=1e-8, max_iter=100_000).fit(fitted, labels)
    odd = [opened(options.out / name) for name in names]
    golden = {
        "versions": f"torch {torch.__version__}, torchvision {torchvision.__version__}, pillow {PIL.__version__},"
        f" scikit-learn {sklearn.__version__}",
        "scales": SCALES,
        "photos": names,
        "classes": KINDS,
        "training": [f"{kind}/{file.name}" for kind, file in training],
        "posteriors": [[round(float(p), 9) for p in posterior(image)] for image in odd],
        "decisions": svm.decision_function(numpy.stack([vector(maps, image) for image in odd])).round(7).tolist(),
    }
    (options.out / "answers.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()

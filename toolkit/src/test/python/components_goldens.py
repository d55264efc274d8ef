"""Writes drawn vectors and what scikit-learn's PCA makes of them, as a safetensors file.

    python components_goldens.py [--out ../resources/verydeep/goldens/components.safetensors]
"""

import argparse
import pathlib

import numpy
import sklearn
import torch
from network_goldens import sort_metadata
from safetensors.torch import save_file
from sklearn.decomposition import PCA

REPOSITORY = pathlib.Path(__file__).resolve().parents[4]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = REPOSITORY / "toolkit/src/test/resources/verydeep/goldens/components.safetensors"
    parser.add_argument("--out", type=pathlib.Path, default=default)
    options = parser.parse_args()
    random = numpy.random.default_rng(1901)
    tensors = {}
    for name, (rows, columns) in {"tall": (60, 12), "wide": (20, 70)}.items():
        vectors = random.normal(size=(rows, columns)) * 0.9 ** numpy.arange(columns) + random.normal(size=columns)
        vectors = vectors.astype(numpy.float32)
        pca = PCA(n_components=3, svd_solver="full").fit(vectors.astype(numpy.float64))
        coordinates = pca.transform(vectors.astype(numpy.float64))
        farthest = numpy.abs(coordinates).argmax(axis=0)
        coordinates *= numpy.sign(coordinates[farthest, range(3)])
        tensors |= {
            f"{name}/vectors": torch.from_numpy(vectors),
            f"{name}/coordinates": torch.from_numpy(coordinates).float(),
            f"{name}/shares": torch.from_numpy(pca.explained_variance_ratio_).float(),
        }
    save_file({key: value.contiguous() for key, value in tensors.items()}, options.out, {"sklearn": sklearn.__version__})
    sort_metadata(options.out)


if __name__ == "__main__":
    main()

"""Checks that torchvision loads what we write, by the two lines of Checkpoint.write's Javadoc.

    python torchvision_snippet.py [vgg11 vgg16_bn ...]

For each of torchvision's eight VGGs: random weights, saved by torch.save, read and written by `jshell-scripts/run convert`,
loaded into a new net by the lines as they stand in the Javadoc, compared to the bit; then the file's metadata as Python's
safetensors gives it. Needs a folder for 1.1 GB, and torch, torchvision and safetensors; nothing is kept.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

import safetensors
import torch
import torchvision
from safetensors.torch import load_file

ROOT = pathlib.Path(__file__).resolve().parents[4]
JAVADOC = ROOT / "toolkit/src/main/java/verydeep/weights/Checkpoint.java"
NETS = [f"vgg{layers}{ending}" for layers in (11, 13, 16, 19) for ending in ("", "_bn")]


def snippet():
    """The lines of the Javadoc, which load d.safetensors into `net`."""
    block = re.search(r"<pre>\{@code\n((?:(?!\}</pre>).)*load_state_dict.*?)\}</pre>", JAVADOC.read_text(), re.DOTALL)[1]
    return textwrap.dedent(re.sub(r"(?m)^\s*\* ?", "", block))


def random_state(net):
    """Numbers for all of a net's arrays; the counters of batch norms stay as they are."""
    state = net.state_dict()
    generator = torch.Generator().manual_seed(1)
    for array in state.values():
        if array.is_floating_point():
            array.copy_(torch.rand(array.shape, generator=generator) + 0.01)
    return state


def check(name, folder):
    model = getattr(torchvision.models, name)
    with torch.device("meta"):
        empty = model()
    state = random_state(empty.to_empty(device="cpu"))
    given, written = folder / "given.pth", folder / "d.safetensors"
    torch.save(state, given)
    run = ["jshell-scripts/run", "convert", f"from={given}", f"to={written}"]
    subprocess.run(run, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    with torch.device("meta"):
        net = model()
    net = net.to_empty(device="cpu")
    lines = snippet().replace('"d.safetensors"', repr(str(written)))
    exec(lines, {"net": net, "load_file": load_file})
    loaded = net.state_dict()
    floating = [key for key in state if state[key].is_floating_point()]
    wrong = [key for key in floating if not torch.equal(state[key], loaded[key])]
    if wrong:
        sys.exit(f"{name}: other numbers in {wrong}")
    with safetensors.safe_open(written, "pt") as file:
        metadata = file.metadata()
    network = json.loads(metadata["network"])
    print(f"{name}: {len(floating)} arrays are the same; metadata {sorted(metadata)}, network {network}")


def main():
    print(f"torch {torch.__version__}, torchvision {torchvision.__version__}, safetensors {safetensors.__version__}")
    print(snippet())
    for name in sys.argv[1:] or NETS:
        with tempfile.TemporaryDirectory() as folder:
            check(name, pathlib.Path(folder))


if __name__ == "__main__":
    main()

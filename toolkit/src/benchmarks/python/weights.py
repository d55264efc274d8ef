"""Weights read by PyTorch's own means: python weights.py FILE HOW WHERE

HOW is `load_file` (safetensors, mapped into memory, as it comes), `load` (torch.load as it comes) or `mapped` (torch.load
with mmap=True). WHERE is `touched`, one number of each page of memory, or `memory`, arrays of their own outside of the file.
"""

import sys
import time

import safetensors
import torch
from safetensors.torch import load_file

import peer

NUMBERS_IN_A_PAGE = 1024

READERS = {
    "load_file": load_file,
    "load": lambda file: torch.load(file, weights_only=True),
    "mapped": lambda file: torch.load(file, weights_only=True, mmap=True),
}


def main(file, how, where):
    torch.set_num_threads(peer.threads())
    read = READERS[how]

    def touched():
        return sum(float(t.view(-1)[::NUMBERS_IN_A_PAGE].sum()) for t in read(file).values())

    def memory():
        state = read(file)
        # torch.load without mapping has put them there already
        return state if how == "load" else {name: t.clone() for name, t in state.items()}

    step = {"touched": touched, "memory": memory}[where]
    begin = time.monotonic()
    step()
    first = round((time.monotonic() - begin) * 1000)
    libraries = f"PyTorch {torch.__version__}, safetensors {safetensors.__version__}"
    peer.serve(step, f"first read {first} ms, {how}, {libraries}")


if __name__ == "__main__":
    main(*sys.argv[1:])

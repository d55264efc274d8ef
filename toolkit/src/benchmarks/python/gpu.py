"""PyTorch on a card: python gpu.py train|test MODE BATCH serves steps, python gpu.py speeds prints speeds.

MODE is float32, TF32 or AMP (16 bits), each also with ", channels-last", and with ", tuned" (cuDNN tries its algorithms) or ", compiled". A
step begins with a batch in the host's pinned memory and ends with the loss, or the scores, there. Without a card it is a narrow net A at 64
pixels, on the CPU.
"""

import sys
import time

import torch
from torch import nn
from torchvision.models import vgg16

from training_step import network

CARD = torch.cuda.is_available()
DEVICE = "cuda" if CARD else "cpu"

TRAINING = "training D at 224, PyTorch's step"
TESTING = "testing D at 224, PyTorch's crops"


def contestant(work, mode, batch):
    """A function that does one unit of work."""
    tf32 = not mode.startswith("float32")
    half = "AMP" in mode
    type_of_half = torch.float16 if CARD else torch.bfloat16
    torch.backends.cudnn.allow_tf32 = tf32
    torch.backends.cuda.matmul.allow_tf32 = tf32
    torch.backends.cudnn.benchmark = "tuned" in mode
    layout = torch.channels_last if "channels-last" in mode else torch.contiguous_format
    torch.manual_seed(1)
    net = (vgg16() if CARD else network("A", 0.25, 64, 10)).to(DEVICE, memory_format=layout)
    side = 224 if CARD else 64
    pixels = torch.randn(batch, 3, side, side) * 60
    if CARD:
        pixels = pixels.pin_memory()
    labels = (torch.arange(batch) % (1000 if CARD else 10)).to(DEVICE)
    net.train(work == "train")
    run = torch.compile(net) if "compiled" in mode else net
    loss = nn.CrossEntropyLoss()
    scaler = torch.amp.GradScaler(DEVICE, enabled=half and CARD)
    weights = [p for p in net.parameters() if p.dim() > 1]
    biases = [p for p in net.parameters() if p.dim() == 1]
    sgd = torch.optim.SGD(
        [{"params": weights, "weight_decay": 5e-4}, {"params": biases}], lr=1e-5, momentum=0.9
    )

    def scores():
        device = pixels.to(DEVICE, non_blocking=True).contiguous(memory_format=layout)
        with torch.autocast(DEVICE, type_of_half, enabled=half):
            return run(device)

    def train():
        sgd.zero_grad(set_to_none=True)
        with torch.autocast(DEVICE, type_of_half, enabled=half):
            mean = loss(scores(), labels)
        scaler.scale(mean).backward()
        scaler.step(sgd)
        scaler.update()
        return mean.item()

    @torch.inference_mode()
    def test():
        return scores().float().cpu()

    return train if work == "train" else test


def speeds():
    """A line for each mode: speed;WORK;NUMBERS;PICTURES A SECOND."""
    for work, name in (("train", TRAINING), ("test", TESTING)):
        for mode in ("float32", "TF32", "TF32, channels-last", "AMP", "AMP, channels-last"):
            step = contestant(work, mode, 128)
            for _ in range(3):
                step()
            start = time.perf_counter()
            for _ in range(6):
                step()
            seconds = (time.perf_counter() - start) / 6
            print(f"speed;{name};PyTorch {mode};{128 / seconds:.1f}", flush=True)
            del step
            torch.cuda.empty_cache()


if __name__ == "__main__":
    if sys.argv[1] == "speeds":
        speeds()
    else:
        import peer

        card = torch.cuda.get_device_name() if CARD else "the CPU"
        peer.serve(
            contestant(sys.argv[1], sys.argv[2], int(sys.argv[3])),
            f"PyTorch {torch.__version__} on {card}",
        )

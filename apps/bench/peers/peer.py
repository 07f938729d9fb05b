"""The contenders' side of the protocol in Python, and the files they read.

One JSON request a line on standard input, one JSON reply a line on standard output. Whatever libraries print goes to
standard error. The inputs folder is the first argument: pixels and labels as raw uint8, orders as raw uint32, weights as
safetensors files of `x W + b` layers.
"""

import json
import os
import sys
import time

import numpy as np
import torch
from torch import nn

FOLDER = sys.argv[1]
PIXELS = 784

_replies = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
torch.set_num_threads(os.cpu_count())


def serve(works, versions):
    """Answers requests until standard input ends. `works` maps a job's work to a function from a job to (seconds, answer)."""
    versions = {"python": sys.version.split()[0], "torch": torch.__version__, **versions}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["do"] == "hello":
                reply = {"hello": {"versions": versions, "threads": torch.get_num_threads()}}
            else:
                seconds, answer = works[request["job"]["work"]](request["job"])
                reply = {"seconds": seconds, "answer": answer}
        except Exception as error:  # The harness says it in the contender's row.
            reply = {"error": f"{type(error).__name__}: {error}"}
        _replies.write(json.dumps(reply) + "\n")
        _replies.flush()


def timed(work):
    """Seconds that `work` takes, and what it returns."""
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _read(name, dtype):
    return np.fromfile(os.path.join(FOLDER, name), dtype)


_splits = {}


def split(name):
    """Images float32 [n, 784] in [0, 1], and labels int64 [n]."""
    if name not in _splits:
        images = torch.from_numpy(_read(f"{name}-images.bin", np.uint8)).reshape(-1, PIXELS).float().div_(255)
        _splits[name] = images, torch.from_numpy(_read(f"{name}-labels.bin", np.uint8)).long()
    return _splits[name]


def batches(job):
    """The order of a job's training images, as int64 tensors of one batch each."""
    order = torch.from_numpy(_read(job["order"], np.uint32).astype(np.int64))
    return order[: job["images"]].split(job["batchSize"])


def weights(name):
    """The tensors of a safetensors file, by name."""
    raw = _read(name, np.uint8).tobytes()
    start = 8 + int.from_bytes(raw[:8], "little")
    tensors = {}
    for key, entry in json.loads(raw[8:start]).items():
        begin, end = entry["data_offsets"]
        tensors[key] = torch.from_numpy(np.frombuffer(raw[start + begin : start + end], np.float32).copy()).reshape(
            entry["shape"]
        )
    return tensors


def mlp(name):
    """An nn.Sequential with the weights of a file."""
    tensors = weights(name)
    layers = []
    for index in range(len(tensors) // 2):
        weight = tensors[f"dense{index}.weight"]
        layer = nn.Linear(*weight.shape)
        layer.weight.data = weight.t().contiguous()
        layer.bias.data = tensors[f"dense{index}.bias"]
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def adam(model, job):
    return torch.optim.Adam(model.parameters(), lr=job["learningRate"], betas=(0.9, 0.999), eps=1e-7)


def rho2(images, perturbations):
    """Mean of |Dx| / |x| over the images whose |x| is not zero."""
    lengths = images.double().norm(dim=1)
    return (perturbations.double().norm(dim=1)[lengths > 0] / lengths[lengths > 0]).mean().item()


@torch.no_grad()
def predicted(model, images):
    return model(images).argmax(1)


def count_correct(model, images, labels):
    return int((predicted(model, images) == labels).sum())


def deepfool_answer(model, images, adversarial):
    fooled = predicted(model, adversarial) != predicted(model, images)
    return {"rho2": rho2(images, adversarial - images), "fooled": int(fooled.sum())}

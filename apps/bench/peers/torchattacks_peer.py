"""torchattacks: DeepFool. It clamps to [0, 1] after every step, and takes images in [0, 1] only; so it gets the images mapped into the
middle of that range, and a model that maps them back: the clamp never acts, and the answer is that of the unclipped attack. It
attacks images that their label fits: it gets the predicted classes as labels."""

import torch
import torchattacks
from torch import nn

from peer import deepfool_answer, mlp, predicted, serve, split, timed

LOW, HIGH = -4.0, 5.0


class Widened(nn.Module):
    """A model of images in [LOW, HIGH], for images in [0, 1]."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, images):
        return self.model(images * (HIGH - LOW) + LOW)


def deepfool(job):
    if job["margin"] != 0 or job["convention"] != "in-loop":
        raise ValueError("torchattacks knows the margin 0 and the convention in-loop alone")
    images, _ = split("test")
    images = images[: job["images"]]
    model = mlp(job["weights"]).eval()
    attack = torchattacks.DeepFool(Widened(model), steps=job["maxSteps"], overshoot=job["overshoot"])
    mapped, labels = (images - LOW) / (HIGH - LOW), predicted(model, images)
    seconds, adversarial = timed(lambda: attack(mapped, labels))
    return seconds, deepfool_answer(model, images, adversarial * (HIGH - LOW) + LOW)


if __name__ == "__main__":
    serve({"deepfool": deepfool}, {"torchattacks": torchattacks.__version__})

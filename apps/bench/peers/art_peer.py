"""Adversarial Robustness Toolbox on PyTorch: DeepFool (the paper's convention: the overshoot once, after crossing) and FGS."""

import art
import numpy as np
import torch
from art.attacks.evasion import DeepFool, FastGradientMethod
from art.estimators.classification import PyTorchClassifier
from torch import nn

from peer import PIXELS, deepfool_answer, mlp, serve, split, timed
from pytorch_peer import attacked_loss

BATCH = 1000


class AttackedLoss(nn.Module):
    """A loss for ART that rises where cross-entropy does, without cross-entropy's rounding."""

    reduction = "sum"

    def forward(self, logits, one_hot):
        return attacked_loss(logits, one_hot.argmax(1))


def classifier(name):
    return PyTorchClassifier(mlp(name), loss=AttackedLoss(), input_shape=(PIXELS,), nb_classes=10, device_type="cpu")


def deepfool(job):
    if job["margin"] != 0 or job["convention"] != "after-crossing":
        raise ValueError("ART knows the margin 0 and the convention after-crossing alone")
    images, _ = split("test")
    images = images[: job["images"]]
    model = classifier(job["weights"])
    attack = DeepFool(
        model, max_iter=job["maxSteps"], epsilon=job["overshoot"], nb_grads=10, batch_size=BATCH, verbose=False
    )
    seconds, adversarial = timed(lambda: attack.generate(images.numpy()))
    return seconds, deepfool_answer(mlp(job["weights"]), images, torch.from_numpy(adversarial))


def fgs_curves(job):
    images, labels = (tensor[: job["images"]].numpy() for tensor in split("test"))
    models = [classifier(name) for name in job["weights"]]

    def work():
        correct = []
        for model in models:
            for epsilon in job["epsilons"]:
                attack = FastGradientMethod(model, eps=epsilon, batch_size=BATCH)
                predicted = model.predict(attack.generate(images, labels), batch_size=BATCH).argmax(1)
                correct.append(int(np.sum(predicted == labels)))
        return correct

    seconds, correct = timed(work)
    return seconds, {"correct": correct}


if __name__ == "__main__":
    serve({"deepfool": deepfool, "fgs-curves": fgs_curves}, {"art": art.__version__})

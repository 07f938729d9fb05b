"""Foolbox on PyTorch: DeepFool. Foolbox adds 1e-4 to every step: jobs for it set that margin."""

import foolbox
import torch

from peer import deepfool_answer, mlp, predicted, serve, split, timed

BATCH = 1000
FAR = 1000.0  # Bounds that nothing reaches: unclipped.


def deepfool(job):
    if job["margin"] != 1e-4 or job["convention"] != "in-loop":
        raise ValueError("Foolbox knows the margin 1e-4 and the convention in-loop alone")
    images, _ = split("test")
    images = images[: job["images"]]
    model = mlp(job["weights"]).eval()
    wrapped = foolbox.PyTorchModel(model, bounds=(-FAR, FAR))
    attack = foolbox.attacks.L2DeepFoolAttack(
        steps=job["maxSteps"], candidates=10, overshoot=job["overshoot"], loss="logits"
    )

    def work():
        return torch.cat([attack.run(wrapped, x, predicted(model, x)) for x in images.split(BATCH)])

    seconds, adversarial = timed(work)
    return seconds, deepfool_answer(model, images, adversarial)


if __name__ == "__main__":
    serve({"deepfool": deepfool}, {"foolbox": foolbox.__version__})

"""Plain PyTorch: training, Deep Defense in the official formulation, FGS curves."""

import torch
from torch.nn import functional as F

from peer import adam, batches, count_correct, mlp, serve, split, timed

CLASSES = 10


def train(job):
    images, labels = split("train")
    model, steps = mlp(job["weights"]), batches(job)
    optimizer = adam(model, job)

    def work():
        total = 0.0
        for batch in steps:
            loss = F.cross_entropy(model(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        return total / job["images"]

    seconds, mean_loss = timed(work)
    answer = {"meanLoss": mean_loss}
    if job["test"]:
        answer["testCorrect"] = count_correct(model, *split("test"))
    return seconds, answer


def deep_defense(job):
    images, labels = split("train")
    model, steps = mlp(job["weights"]), batches(job)
    optimizer = adam(model, job)

    def work():
        loss_sum = regulariser_sum = 0.0
        for batch in steps:
            x, y = images[batch], labels[batch]
            logits = model(x)
            perturbation = unrolled_deepfool(model, x, y, job)
            # Clamped before the root, whose slope at 0 is infinite.
            ratio = perturbation.square().sum(1).clamp(min=1e-20).sqrt() / x.norm(dim=1).clamp(min=1e-6)
            exponent = torch.where(logits.argmax(1) == y, -job["c"] * ratio, job["d"] * ratio)
            regulariser = job["lambda"] * exponent.clamp(max=job["exponentCap"]).exp().mean()
            loss = F.cross_entropy(logits, y) + regulariser
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            loss_sum += loss.item() * len(batch)
            regulariser_sum += regulariser.item() * len(batch)
        return loss_sum / job["images"], regulariser_sum / job["images"]

    seconds, (mean_loss, mean_regulariser) = timed(work)
    return seconds, {"meanLoss": mean_loss, "meanRegulariser": mean_regulariser}


def unrolled_deepfool(model, x, y, job):
    """DeepFool's perturbation, float32 [batch, 784], as a function of the weights.

    As the authors' code (github.com/ZiangYan/deepdefense.pytorch): the gradients of all ten logits in the image, differentiably; linearised
    at x + r, tested at x + 1.02 r; a correctly classified image goes to the nearest other class, a wrong one to its true class.
    """
    rows = torch.arange(len(x))
    lengthen = 1 + job["overshoot"]
    start = None
    fooled = torch.zeros(len(x), dtype=torch.bool)
    r = torch.zeros_like(x)
    for _ in range(job["maxSteps"]):
        # Weights alone move r, and r is what the gradient must pass through: a leaf only in the first step.
        point = (x + r).requires_grad_() if not r.requires_grad else x + r
        logits = model(point)
        jacobian = torch.stack(
            [torch.autograd.grad(logits[:, k].sum(), point, create_graph=True)[0] for k in range(CLASSES)], 1
        )
        now = logits.detach().argmax(1)
        if start is None:
            start, wrong = now, now != y
        source = torch.where(wrong, now, start)
        h = logits - logits[rows, source, None]
        w = jacobian - jacobian[rows, source, None]
        with torch.no_grad():
            distance = h.abs() / w.norm(dim=2)
            distance[rows, source] = torch.inf
            target = torch.where(wrong, y, distance.argmin(1))
        moving = (~fooled & (target != source)).float()[:, None]
        w_target, h_target = w[rows, target], h[rows, target]
        square = w_target.square().sum(1).clamp(min=1e-20)
        r = r + moving * (h_target.abs() / square)[:, None] * w_target
        with torch.no_grad():
            after = model(x + lengthen * r).argmax(1)
            fooled |= torch.where(wrong, after == y, after != start)
        if fooled.all():
            break
    return lengthen * r


def fgs_curves(job):
    images, labels = (tensor[: job["images"]] for tensor in split("test"))
    models = [mlp(name) for name in job["weights"]]

    def work():
        correct = []
        for model in models:
            x = images.clone().requires_grad_()
            direction = torch.autograd.grad(attacked_loss(model(x), labels), x)[0].sign_()
            correct += [count_correct(model, images + epsilon * direction, labels) for epsilon in job["epsilons"]]
        return correct

    seconds, correct = timed(work)
    return seconds, {"correct": correct}


def attacked_loss(logits, labels):
    """Rises where cross-entropy does, and float32 keeps its slope where the true class's probability rounds to 1."""
    true = logits.gather(1, labels[:, None])
    others = logits.scatter(1, labels[:, None], -torch.inf)
    return (others.logsumexp(1) - true[:, 0]).sum()


if __name__ == "__main__":
    serve({"train": train, "deep-defense": deep_defense, "fgs-curves": fgs_curves}, {})

"""PyTorch with DeepFool in the space of the first layer's outputs: what our method makes of PyTorch. For two-layer ReLU models.

With z = x W1 + b1 every gradient in x is W1 v for a gradient v in z, so lengths come from the Gram matrix G = W1^T W1, and a step
a W1 v moves z by a G v: no product with W1 inside the loop.
"""

import torch
from torch.nn import functional as F

from peer import adam, batches, mlp, predicted, rho2, serve, split, timed

BATCH = 1000


def walk(model, x, y, *, max_steps, linearise, test):
    """DeepFool's sum of steps as a covector u [batch, 100] and as the displacement G u; Dx is u W1^T.

    `y` are the classes that wrongly classified images are led to; where it is the predicted class, the image is led away from it.
    """
    first, _, second = model
    gram = first.weight @ first.weight.t()
    classes = second.weight  # [10, 100]
    rows = torch.arange(len(x))
    z = first(x)
    u = displacement = torch.zeros_like(z)
    start = None
    for _ in range(max_steps):
        point = z + linearise * displacement
        mask = (point > 0).to(point.dtype)
        logits = second(point.relu())
        with torch.no_grad():
            now = logits.argmax(1)
            if start is None:
                start, wrong = now, now != y
                fooled = torch.zeros(len(x), dtype=torch.bool)
            source = torch.where(wrong, now, start)
            v = mask[:, None] * (classes - classes[source][:, None])  # [batch, 10, 100]
            squares = ((v.reshape(-1, v.shape[2]) @ gram).reshape(v.shape) * v).sum(2)
            distance = (logits - logits[rows, source, None]).abs() / squares.sqrt()
            distance[rows, source] = torch.inf
            target = torch.where(wrong, y, distance.argmin(1))
            moving = (~fooled & (target != source)).to(z.dtype)[:, None]
        v = mask * (classes[target] - classes[source])
        raised = v @ gram
        h = (logits[rows, target] - logits[rows, source]).abs()
        share = moving * (h / (v * raised).sum(1).clamp(min=1e-20))[:, None]
        u = u + share * v
        displacement = displacement + share * raised
        with torch.no_grad():
            after = second((z + test * displacement).relu()).argmax(1)
            fooled |= torch.where(wrong, after == y, after != start)
            if fooled.all():
                break
    return u, displacement


@torch.no_grad()
def deepfool(job):
    if job["margin"] != 0 or job["convention"] != "in-loop":
        raise ValueError("this peer knows the margin 0 and the convention in-loop alone")
    images, _ = split("test")
    images = images[: job["images"]]
    model = mlp(job["weights"])
    lengthen = 1 + job["overshoot"]

    def work():
        perturbations = []
        for x in images.split(BATCH):
            u, _ = walk(
                model, x, predicted(model, x), max_steps=job["maxSteps"], linearise=lengthen, test=lengthen
            )
            perturbations.append(lengthen * u @ model[0].weight)
        return torch.cat(perturbations)

    seconds, perturbations = timed(work)
    fooled = predicted(model, images + perturbations) != predicted(model, images)
    return seconds, {"rho2": rho2(images, perturbations), "fooled": int(fooled.sum())}


def deep_defense(job):
    images, labels = split("train")
    model, steps = mlp(job["weights"]), batches(job)
    optimizer = adam(model, job)
    lengthen = 1 + job["overshoot"]

    def work():
        loss_sum = regulariser_sum = 0.0
        for batch in steps:
            x, y = images[batch], labels[batch]
            logits = model(x)
            u, displacement = walk(model, x, y, max_steps=job["maxSteps"], linearise=1, test=lengthen)
            length = lengthen * (u * displacement).sum(1).clamp(min=1e-20).sqrt()
            ratio = length / x.norm(dim=1).clamp(min=1e-6)
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


if __name__ == "__main__":
    serve({"deepfool": deepfool, "deep-defense": deep_defense}, {})

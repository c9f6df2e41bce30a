"""Losses beyond the first two, averaged and added up, and their gradients."""
import torch
import torch.nn.functional as F

from common import X, array, header as common_header, tensor, type_list
from losses import TARGET, labels_of

SIZES = [(1, 2), (3, 5), (2, 10), (5, 33), (7, 3), (4, 17)]
SMOOTHINGS = [(1, 10), (1, 2), (0, 1), (1, 100), (9, 10), (1, 5)]
DELTAS = [(1, 1), (1, 2), (3, 1), (1, 10), (2, 1), (1, 3)]


def weights_of(i, classes):
    return [(7 * c + i) % 5 + (c % 3 == 0) for c in range(classes)]


def values(seed, batch, size, low, high):
    return tensor(seed, TARGET, batch * size, (high - low) / 2, (high + low) / 2).view(batch, size)


def write(name, loss, seed, batch, size, scale, labels, compute, reduction):
    """`compute(y, target, reduction)`; labels is None or the range of the target's values."""
    y = tensor(seed, X, batch * size, scale).view(batch, size).requires_grad_()
    if labels is None:
        target = torch.tensor(labels_of(seed, batch, size))
        draw = f"{{{seed}, {TARGET}, 3.0f}}"
        correct = int((y.argmax(1) == target).sum())
    else:
        low, high = labels
        target = values(seed, batch, size, low, high)
        draw = f"{{{seed}, {TARGET}, {(high - low) / 2}f, {(high + low) / 2}f}}"
        correct = 0
        if "BinaryCrossEntropy" in loss:
            correct = int(((y > 0) == (target > 0.5)).all(1).sum())
        if "SoftTarget" in loss:
            correct = int((y.argmax(1) == target.argmax(1)).sum())
    value = compute(y, target, reduction)
    value.backward()
    if reduction == "sum":
        loss = f"mica::Sum<{loss}>"
    return (
        f"struct {name} {{\n"
        f"  using Loss = {loss}; "
        f"static constexpr int batch = {batch}, size = {size}, correct = {correct};\n"
        f"  static constexpr Draw y{{{seed}, 1, {scale}f}}, target{draw}; "
        + array("mean", [value.detach()]).lstrip()
        + array("dy", y.grad.flatten())
        + "};\n"
    )


def cross_entropy(i, size):
    (numerator, denominator), weights = SMOOTHINGS[i], weights_of(i, size)
    return lambda y, t, r: F.cross_entropy(y, t, torch.tensor(weights, dtype=torch.float64), reduction=r,
                                           label_smoothing=numerator / denominator)


def kl_divergence(y, target, reduction):
    return F.kl_div(y, target, reduction="sum" if reduction == "sum" else "batchmean")


def cases(i, size):
    """The name of a group; Mica's loss; scale of y; range of the target or None for labels; PyTorch's loss."""
    weights = ", ".join(str(w) for w in weights_of(i, size))
    numerator, denominator = SMOOTHINGS[i]
    smoothing, delta = numerator / denominator, DELTAS[i][0] / DELTAS[i][1]
    yield ("Smoothed", f"mica::SmoothedCrossEntropy<{numerator}, {denominator}>", 8.0, None,
           lambda y, t, r: F.cross_entropy(y, t, reduction=r, label_smoothing=smoothing))
    yield ("SmoothedWeighted", f"mica::SmoothedCrossEntropy<{numerator}, {denominator}, {weights}>", 4.0, None,
           cross_entropy(i, size))
    yield ("Weighted", f"mica::WeightedCrossEntropy<{weights}>", 8.0, None,
           lambda y, t, r: F.cross_entropy(y, t, torch.tensor(weights_of(i, size), dtype=torch.float64), reduction=r))
    yield ("NegativeLogLikelihood", "mica::NegativeLogLikelihood", 4.0, None,
           lambda y, t, r: F.nll_loss(y, t, reduction=r))
    yield ("BinaryCrossEntropyWithLogits", "mica::BinaryCrossEntropyWithLogits", [2.0, 8.0, 30.0][i % 3], (0.0, 1.0),
           lambda y, t, r: F.binary_cross_entropy_with_logits(y, t, reduction=r))
    yield ("Huber", f"mica::Huber<{DELTAS[i][0]}, {DELTAS[i][1]}>", 2.0, (-3.0, 3.0),
           lambda y, t, r: F.huber_loss(y, t, reduction=r, delta=delta))
    yield "L1", "mica::L1", 2.0, (-3.0, 3.0), lambda y, t, r: F.l1_loss(y, t, reduction=r)
    yield "KLDivergence", "mica::KLDivergence", 4.0, (0.0, 1.0), kl_divergence
    yield ("SoftTarget", "mica::SoftTargetCrossEntropy", 8.0, (0.0, 1.0),
           lambda y, t, r: F.cross_entropy(y, t, reduction=r))


# What is compared with classes or shares of classes, and what with numbers.
OF_CLASSES = ("Smoothed", "SmoothedWeighted", "Weighted", "NegativeLogLikelihood", "SoftTarget", "KLDivergence")


def header(type_name, of_classes):
    body, names = "", []
    for i, (batch, size) in enumerate(SIZES):
        for number, (group, loss, scale, labels, compute) in enumerate(cases(i, size)):
            if (group in OF_CLASSES) != of_classes:
                continue
            seed = 500 + 10 * i + number
            # A batch whose labels weigh nothing is 0 / 0 in PyTorch.
            while labels is None and sum(weights_of(i, size)[l] for l in labels_of(seed, batch, size)) == 0:
                seed += 1000
            for reduction in ("mean", "sum") if i % 2 else ("mean",):
                names.append(f"{group}{i}{'Sum' if reduction == 'sum' else ''}")
                body += write(names[-1], loss, seed, batch, size, scale, labels, compute, reduction)
    body += type_list(type_name, names)
    return common_header("More losses: mean or sum over the batch, gradient, right answers.",
                         ["mica/mica.hpp", "tests/golden/draw.hpp"], body)


MODULES = {
    "class_losses": lambda: header("ClassLossCases", True),
    "number_losses": lambda: header("NumberLossCases", False),
}

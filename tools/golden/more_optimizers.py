"""Several steps of each optimizer beyond SGD on given gradients."""
import torch

from common import array, header as common_header, tensor, type_list
from optimizers import FIRST_GRADIENT, WEIGHTS

COUNTS = [1, 7, 8, 11, 17, 33]
STEPS = 6
# rate, first and second decay, epsilon, weight decay
MOMENTS = [(0.001, 0.9, 0.999, 1e-8, 0.0), (0.1, 0.9, 0.999, 1e-8, 0.0), (0.01, 0.5, 0.75, 1e-4, 0.01),
           (0.05, 0.95, 0.99, 1e-8, 0.1), (0.25, 0.8, 0.9, 0.5, 0.0), (0.002, 0.99, 0.9999, 1e-6, 0.5)]
# rate, momentum, alpha, epsilon, weight decay
SQUARES = [(0.01, 0.9, 0.99, 1e-8, 0.0), (0.1, 0.5, 0.9, 1e-8, 0.0), (0.05, 0.9, 0.5, 1e-4, 0.01),
           (0.001, 0.99, 0.999, 1e-8, 0.1), (0.02, 0.25, 0.95, 0.5, 0.0), (0.1, 0.0, 0.99, 1e-3, 0.5)]
# rate, rate decay, epsilon, weight decay
SUMS = [(0.01, 0.0, 1e-10, 0.0), (0.1, 0.1, 1e-10, 0.0), (0.5, 0.0, 1e-4, 0.01), (0.05, 1.0, 1e-10, 0.1),
        (0.25, 0.01, 0.5, 0.0), (1.0, 0.5, 1e-6, 0.5)]
# rate, two decays, weight decay
SIGNS = [(0.0001, 0.9, 0.99, 0.0), (0.1, 0.9, 0.99, 0.0), (0.01, 0.5, 0.75, 0.1), (0.05, 0.95, 0.98, 1.0),
         (0.25, 0.0, 0.5, 0.0), (0.003, 0.99, 0.9, 0.5)]


class Lion(torch.optim.Optimizer):
    """Algorithm 2 of arXiv:2302.06675; PyTorch has none."""

    def __init__(self, parameters, lr, betas, weight_decay):
        super().__init__(parameters, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for weight in group["params"]:
                mean = self.state[weight].setdefault("mean", torch.zeros_like(weight))
                first, second = group["betas"]
                update = torch.sign(first * mean + (1 - first) * weight.grad)
                weight -= group["lr"] * (update + group["weight_decay"] * weight)
                mean.mul_(second).add_((1 - second) * weight.grad)


def single(*numbers):
    """The numbers as floats hold them: 1 - 0.999f is not 0.001f."""
    return torch.tensor(numbers, dtype=torch.float32).tolist()


def cases():
    """Mica's type and settings, and PyTorch's for the same."""
    optim = torch.optim
    for case in MOMENTS:
        numbers = ", ".join(f"{x}f" for x in case) + ", true"
        rate, first, second, epsilon, decay = single(*case)
        settings = dict(lr=rate, betas=(first, second), eps=epsilon, weight_decay=decay)
        yield "Adam", numbers, lambda w, s=settings: optim.Adam(w, **s)
        yield "AdamW", numbers, lambda w, s=settings: optim.AdamW(w, **s)
        # PyTorch 1.13 counts one factor twice where foreach is off.
        yield "Nadam", numbers, lambda w, s=settings: optim.NAdam(w, foreach=True, **s)
    for case in SQUARES:
        rate, momentum, alpha, epsilon, decay = case
        plain, with_momentum = f"{rate}f, {alpha}f, {epsilon}f, {decay}f", ", ".join(f"{x}f" for x in case)
        rate, momentum, alpha, epsilon, decay = single(*case)
        settings = dict(lr=rate, alpha=alpha, eps=epsilon, weight_decay=decay)
        yield "RMSprop", plain, lambda w, s=settings: optim.RMSprop(w, **s)
        yield "RMSpropMomentum", with_momentum, lambda w, s=settings, m=momentum: optim.RMSprop(w, momentum=m, **s)
    for case in SUMS:
        numbers = ", ".join(f"{x}f" for x in case)
        rate, rate_decay, epsilon, decay = single(*case)
        settings = dict(lr=rate, lr_decay=rate_decay, eps=epsilon, weight_decay=decay)
        yield "Adagrad", numbers, lambda w, s=settings: optim.Adagrad(w, **s)
    for case in SIGNS:
        numbers = ", ".join(f"{x}f" for x in case) + ", true"
        rate, first, second, decay = single(*case)
        settings = dict(lr=rate, betas=(first, second), weight_decay=decay)
        yield "Lion", numbers, lambda w, s=settings: Lion(w, **s)


def write(name, settings, optimizer, seed, count):
    weight = tensor(seed, WEIGHTS, count).requires_grad_()
    step = optimizer([weight])
    after = []
    for t in range(STEPS):
        weight.grad = tensor(seed, FIRST_GRADIENT + t, count)
        step.step()
        after += weight.detach().tolist()
    return (
        f"struct {name} {{\n"
        f"  static constexpr auto optimizer = {settings};\n"
        f"  static constexpr unsigned seed = {seed};\n"
        f"  static constexpr int count = {count}, steps = {STEPS};\n"
        + array("weights", after)
        + "};\n"
    )


def header():
    body, names, numbers = "", [], {}
    for kind, settings, optimizer in cases():
        i = numbers[kind] = numbers.get(kind, -1) + 1
        names.append(f"{kind}{i}")
        body += write(names[-1], f"mica::{kind}{{{settings}}}", optimizer, 700 + len(names), COUNTS[i])
    body += type_list("MoreOptimizerCases", names)
    return common_header("The weights after each of several steps of Adam and others.",
                         ["mica/mica.hpp", "tests/golden/draw.hpp"], body)

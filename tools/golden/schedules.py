"""Factors of the learning rate."""
import torch
from torch.optim import lr_scheduler

from common import array, header as common_header, type_list

# Mica's schedule, PyTorch's without warm-up (None: constant), warm-up steps, how many steps to write
STEP = [(1, 0.5), (3, 0.1), (7, 0.5), (10, 0.9), (2, 0.75)]
COSINE = [(10, 0.0), (7, 0.1), (33, 0.01), (50, 0.0), (5, 0.5)]
WARM_UPS = [0, 4, 1, 10, 3]


def factors(make, count):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule = make(optimizer) if make else None
    values = []
    for _ in range(count):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if schedule:
            schedule.step()
    return values


def write(name, text, make, warm_up, count):
    values = factors(lambda o: lr_scheduler.LinearLR(o, 1 / (warm_up + 1), 1.0, warm_up), warm_up) if warm_up else []
    values += factors(make, count)
    if warm_up:
        text += f".warm_up({warm_up})"
    return (
        f"struct {name} {{\n"
        f"  static mica::Schedule schedule() {{ return {text}; }}\n"
        + array("factors", values)
        + "};\n"
    )


def header():
    body, names = "", []
    for i, warm_up in enumerate(WARM_UPS):
        every, factor = STEP[i]
        steps, lowest = COSINE[i]
        names += [f"Constant{i}", f"Step{i}", f"Cosine{i}"]
        body += write(names[-3], "mica::Schedule::constant()", None, warm_up, 3)
        body += write(names[-2], f"mica::Schedule::step({every}, {factor}f)",
                      lambda o: lr_scheduler.StepLR(o, every, factor), warm_up, 30)
        body += write(names[-1], f"mica::Schedule::cosine({steps}, {lowest}f)",
                      lambda o: lr_scheduler.CosineAnnealingLR(o, steps, lowest), warm_up, steps + 1)
    body += type_list("ScheduleCases", names)
    return common_header("Factors of the learning rate, step by step.",
                         ["mica/mica.hpp", "tests/golden/draw.hpp"], body)

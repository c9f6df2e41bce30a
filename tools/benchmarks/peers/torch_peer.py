"""PyTorch, with the arguments of contest.hpp: torch_peer.py train|infer MODEL BATCH SAMPLES [SECONDS]

Training is eager; inference is TorchScript, frozen and optimised, which is faster.
"""
import json
import sys
import time

import torch
from torch import nn


def network_of(model):
    def convolutions(first, second, kernel, pad, *rest):
        return [nn.Unflatten(1, (1, 28, 28)),
                nn.Conv2d(1, first, kernel, padding=kernel // 2), nn.ReLU(), nn.MaxPool2d(2),
                nn.Conv2d(first, second, kernel, padding=pad), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), *rest]

    layers = {
        "mlp": lambda: [nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)],
        "tiny": lambda: [nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)],
        "mlp_bn": lambda: [nn.Linear(784, 256), nn.BatchNorm1d(256), nn.ReLU(), nn.Dropout(0.2),
                           nn.Linear(256, 128), nn.BatchNorm1d(128), nn.ReLU(), nn.Linear(128, 10)],
        "deep50": lambda: [nn.Linear(784, 100), nn.ReLU(),
                           *(layer for _ in range(48) for layer in (nn.Linear(100, 100), nn.ReLU())),
                           nn.Linear(100, 10)],
        "cnn": lambda: convolutions(8, 16, 3, 1, nn.Linear(784, 10)),
        "lenet5": lambda: convolutions(6, 16, 5, 0, nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(),
                                       nn.Linear(84, 10)),
    }
    return nn.Sequential(*layers[model]()) if model in layers else None


def read_samples(path):
    with open(path, "rb") as file:
        raw = bytearray(file.read())
    count, numbers = (int(v) for v in torch.frombuffer(raw, dtype=torch.int32, count=2))
    x = torch.frombuffer(raw, dtype=torch.float32, count=count * numbers, offset=8).view(count, numbers)
    labels = torch.frombuffer(raw, dtype=torch.uint8, count=count, offset=8 + 4 * count * numbers)
    return x, labels.long()


def rates(seconds, call):
    """Calls per second of processor time, the best and the median of pieces of about a millisecond."""
    for _ in range(3):
        call()
    found, calls, end = [], 1, time.process_time() + seconds
    while time.process_time() < end or len(found) < 3:
        start = time.process_time()
        for _ in range(calls):
            call()
        passed = time.process_time() - start
        found.append(calls / passed)
        calls = max(1, int(calls * 0.001 / passed))
    found.sort()
    return found[-1], found[(len(found) - 1) // 2]


def main():
    what, model, batch, path = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    seconds = float(sys.argv[5]) if len(sys.argv) > 5 else 0.5
    torch.set_num_threads(1)
    torch.manual_seed(1)
    torch.set_flush_denormal(True)
    net = network_of(model)
    if net is None:
        sys.exit(3)
    x, labels = read_samples(path)
    line = {"library": "pytorch", "contest": what, "model": model, "batch": batch}
    if what == "train":
        optimizer = torch.optim.SGD(net.parameters(), 0.01, momentum=0.9)
        loss = nn.CrossEntropyLoss()
        state = {"order": torch.randperm(len(x)), "first": 0}

        def step():
            if state["first"] + batch > len(x):
                state["order"], state["first"] = torch.randperm(len(x)), 0
            taken = state["order"][state["first"]:state["first"] + batch]
            state["first"] += batch
            optimizer.zero_grad()
            loss(net(x[taken]), labels[taken]).backward()
            optimizer.step()

        best, median = rates(seconds, step)
        line.update(samples_per_second=round(best * batch, 1), samples_per_second_median=round(median * batch, 1))
    else:
        net.eval()
        with torch.no_grad():
            fast = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.script(net)))
            inputs = [x[i:i + batch].clone() for i in range(0, 1024 - batch + 1, batch)]
            state = {"next": 0}

            def predict():
                fast(inputs[state["next"]])
                state["next"] = (state["next"] + 1) % len(inputs)

            for _ in range(50):
                predict()
            best, median = rates(seconds, predict)
        line.update(microseconds=round(1e6 / best, 4), microseconds_median=round(1e6 / median, 4))
    print(json.dumps(line))


main()

"""One row for each kernel and contest, from all the lines that the rounds printed: the best, the median, the share of
the limit that applies, the best peer, and the ratio to it.

usage: results.py RAW.jsonl > RESULTS.jsonl
"""
import collections
import json
import statistics
import sys


class Results:
    """What page.py and tables.py show."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            rows = [json.loads(line) for line in file if line.startswith("{")]
        self.about = next(r for r in rows if "about" in r)
        self.machine = {r["machine"]: r for r in rows if "machine" in r}
        self.kernels = [r for r in rows if "kernel" in r]
        self.contests = [r for r in rows if "contest" in r]
        self.bytes = [r for r in rows if "bytes" in r]


def merge_machine(rows):
    """The best of each figure: what the machine can do when nothing disturbs it."""
    merged = {}
    for row in rows:
        best = merged.setdefault(row["machine"], row)
        for name in ("gflops", "read_gbytes_per_second", "update_gbytes_per_second"):
            if name in row:
                best[name] = max(best[name], row[name])
    return merged


def level_of(machine, footprint):
    """Where arrays of so many bytes lie when they are used again and again."""
    for name, most in (("L1", 32e3), ("L2", 1e6), ("L3", 16e6)):
        if footprint <= most:
            return machine[name]
    return machine["memory"]


def limit_of(machine, row):
    """The roofline: its name, and how many microseconds the arithmetic or the bytes take at least. Bytes that are
    written count at the rate of reading and writing alike."""
    level = level_of(machine, row["footprint"])
    arithmetic = row["flops"] / machine["fma_peak"]["gflops"] / 1e3
    updated = 2 * min(row["read"], row["written"])
    rest = row["read"] + row["written"] - updated
    moved = (updated / level["update_gbytes_per_second"] + rest / level["read_gbytes_per_second"]) / 1e3
    return ("fma", arithmetic) if arithmetic >= moved else (level["machine"], moved)


def bound_of(machine, about_model, batch):
    """Samples a second if every multiply-add of a training step ran at the peak, and the momentum step, which reads and
    writes gradient, velocity and weight, at the rate of the level they lie in; nothing else."""
    size = 4.0 * about_model["parameters"]
    update = 6 * size / level_of(machine, 3 * size)["update_gbytes_per_second"] / 1e9
    products = 2e-9 * about_model["training_multiply_adds"] * batch / machine["fma_peak"]["gflops"]
    return batch / (products + update)


def best_and_median(rows, figure, largest):
    values = [r[figure] for r in rows]
    return (max if largest else min)(values), statistics.median(r[figure + "_median"] for r in rows)


def merge(rows, identity, figure, largest):
    """{identity: {library: (best, median, one of its rows)}}"""
    lists = collections.defaultdict(lambda: collections.defaultdict(list))
    for row in rows:
        lists[tuple(row[name] for name in identity)][row["library"]].append(row)
    return {key: {library: (*best_and_median(found, figure, largest), found[0]) for library, found in libraries.items()}
            for key, libraries in lists.items()}


def add_peers(row, libraries, figure, largest):
    """The peers' figures, the best of them, and how many times as fast Mica is."""
    mine = libraries["mica"]
    ratio = (lambda theirs, i: mine[i] / theirs[i]) if largest else (lambda theirs, i: theirs[i] / mine[i])
    peers = {name: v for name, v in libraries.items() if name != "mica"}
    row[figure], row[figure + "_median"] = round(mine[0], 4), round(mine[1], 4)
    if peers:
        row["peers"] = {name: {"best": round(v[0], 4), "median": round(v[1], 4), "ratio": round(ratio(v, 0), 3),
                               "ratio_of_medians": round(ratio(v, 1), 3)} for name, v in peers.items()}
        row["best_peer"] = min(peers, key=lambda name: ratio(peers[name], 0))
        row["ratio"] = row["peers"][row["best_peer"]]["ratio"]
        row["ratio_of_medians"] = row["peers"][row["best_peer"]]["ratio_of_medians"]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.startswith("{")]
    machine = merge_machine([r for r in rows if "machine" in r])
    out = [r for r in rows if "about" in r] + list(machine.values()) + [r for r in rows if "bytes" in r]
    models = {r["bytes"]: r for r in rows if "training_multiply_adds" in r}
    kernels = merge([r for r in rows if "kernel" in r], ("kernel", "model", "batch", "shape"), "microseconds", False)
    for key, libraries in kernels.items():
        best, _, first = libraries["mica"]
        limit, least = limit_of(machine, first)
        row = dict(zip(("kernel", "model", "batch", "shape"), key), unit=first["unit"],
                   gflops=round(first["flops"] / best / 1e3, 2), ns_per_unit=round(1e3 * best / first["units"], 5),
                   gbytes_per_second=round((first["read"] + first["written"]) / best / 1e3, 2),
                   flops_per_byte=round(first["flops"] / (first["read"] + first["written"]), 4), limit=limit,
                   share_of_limit=round(least / best, 4))
        add_peers(row, libraries, "microseconds", False)
        out.append(row)
    for what, figure, largest in (("train", "samples_per_second", True), ("infer", "microseconds", False)):
        contests = merge([r for r in rows if r.get("contest") == what], ("model", "batch"), figure, largest)
        for (model, batch), libraries in contests.items():
            row = {"contest": what, "model": model, "batch": batch}
            if what == "train" and model in models:
                row["bound"] = round(bound_of(machine, models[model], batch), 1)
            add_peers(row, libraries, figure, largest)
            out.append(row)
    for row in out:
        print(json.dumps(row))


if __name__ == "__main__":
    main()

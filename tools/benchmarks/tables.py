"""The tables of docs/performance.md, in Markdown, from the results of one or more ports.

usage: tables.py RESULTS.jsonl...
       tables.py instructions          what instructions.txt holds of the products and the training steps
"""
import pathlib
import sys

from names import of_library
from results import Results


def number(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def markdown(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    print("\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n")


def by_key(rows, *names):
    return {tuple(row[name] for name in names): row for row in rows}


def columns(head, ports, names):
    return head + [f"{port}: {name}" if name else port for port in ports for name in names]


def peer_cells(row, name=None):
    """The figure of a peer (the best one, if none is named) and the ratio to it."""
    name = name or row.get("best_peer")
    if name not in row.get("peers", {}):
        return ["", ""]
    peer = row["peers"][name]
    return [f"{of_library(name)} {number(peer['best'])}", f"{peer['ratio']:.2f}"]


def contests(all_results, what, figure, others):
    """others: peers that get a column of their own."""
    tables = {r.about["port"]: by_key([c for c in r.contests if c["contest"] == what], "model", "batch")
              for r in all_results}
    rows = []
    for key in dict.fromkeys(key for table in tables.values() for key in table):
        line = [key[0], str(key[1])]
        for table in tables.values():
            row = table.get(key)
            line += [number(row[figure]), *peer_cells(row)] if row else [""] * 3
            line += [peer_cells(row, name)[1] if row else "" for name in others]
            if what == "train":
                line.append(number(row["bound"]) if row and "bound" in row else "")
        rows.append(line)
    to_others = [f"to {of_library(name)}" for name in others] + ["bound"] * (what == "train")
    markdown(columns(["model", "batch"], tables, ["Mica", "best peer", "ratio", *to_others]), rows)


def products(all_results):
    tables = {r.about["port"]: by_key(r.kernels, "kernel", "model", "batch", "shape") for r in all_results}
    rows = []
    for key in next(iter(tables.values())):
        if key[0] not in ("forward", "weight_gradient", "input_gradient"):
            continue
        line = [key[0].replace("_", " "), str(key[2]), key[3].replace("x", " x ")]
        for table in tables.values():
            row = table[key]
            of = "" if row["limit"] == "fma" else f" of {row['limit']}"
            line += [f"{row['gflops']:.0f}", f"{100 * row['share_of_limit']:.0f} %{of}", peer_cells(row)[1]]
        rows.append(line)
    markdown(columns(["product", "batch", "in x out"], tables, ["GFLOP/s", "share", "to OpenBLAS"]), rows)


def others(all_results):
    """Everything that is not a product of matrices: time for each multiply-add or element."""
    tables = {r.about["port"]: by_key(r.kernels, "kernel", "model", "batch", "shape") for r in all_results}
    rows = []
    for key in next(iter(tables.values())):
        if key[0] in ("forward", "weight_gradient", "input_gradient"):
            continue
        first = next(iter(tables.values()))[key]
        line = [f"{key[0].replace('_', ' ')} {key[1]}".strip(), key[3].replace("x", " x "), first["unit"]]
        for table in tables.values():
            row = table[key]
            line += [f"{row['ns_per_unit']:.3f}", f"{100 * row['share_of_limit']:.0f} % of {row['limit']}",
                     peer_cells(row)[1]]
        rows.append(line)
    markdown(columns(["kernel", "shape", "per"], tables, ["ns", "share", "to the C library"]), rows)


def sizes(results):
    markdown(["model", "trained with batch", "Model, bytes", "Trainer, bytes", "Predictor, bytes"],
             [[r["bytes"], str(r["batch"]), f"{r['model_bytes']:,}", f"{r['trainer_bytes']:,}",
               f"{r['predictor_bytes']:,}"] for r in results.bytes])


def instructions():
    """Instructions per multiply-add, one column a target."""
    counts, targets = {}, []
    for line in (pathlib.Path(__file__).parent / "instructions.txt").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if line.startswith(("#", "compiler")) or words[-1] != "multiply-add":
            continue
        counts.setdefault(tuple(words[1:5]), {})[words[0]] = float(words[7])
        targets += [] if words[0] in targets else [words[0]]
    rows = [[kernel.replace("_", " "), model, batch.replace("-", ""), "" if shape == "-" else shape.replace("x", " x ")]
            + [f"{found[t]:.2f}" if t in found else "" for t in targets]
            for (kernel, model, batch, shape), found in counts.items()
            if (model, shape) in (("mlp", "784x128"), ("deep50", "100x100")) or shape == "-" or "conv" in kernel]
    markdown(["kernel", "model", "batch", "shape", *targets], rows)


def main():
    if sys.argv[1:] == ["instructions"]:
        instructions()
        return
    all_results = [Results(path) for path in sys.argv[1:]]
    for results in all_results:
        rates = ", ".join(f"{name} {r['read_gbytes_per_second']:.0f} / {r['update_gbytes_per_second']:.0f} GB/s"
                          for name, r in results.machine.items() if name != "fma_peak")
        peak = results.machine["fma_peak"]["gflops"]
        print(f"{results.about['about']}, {results.about['port']}: {peak:.0f} GFLOP/s; "
              f"read / update {rates}.\n")
    print("Training, samples a second:\n")
    contests(all_results, "train", "samples_per_second", ["pytorch"])
    print("Inference, microseconds a call:\n")
    contests(all_results, "infer", "microseconds", ["onednn"])
    products(all_results)
    others(all_results)
    sizes(all_results[0])


main()

"""One self-contained page from what results.py put together: whole models and kernels with their peers beside them, and
the roofline.

usage: page.py RESULTS.jsonl > page.html
"""
import html
import sys

import charts
from names import of_library
from results import Results

STYLE = """
:root { color-scheme: light dark; --ink: #1d2329; --faint: #5d6873; --paper: #fff; --card: #f6f7f9; --soft: #e3e7ec;
  --own: #1f6fc4; --peer: #a9b4c0; --good: #1b7a45;
  --group0: #1f6fc4; --group1: #c8501e; --group2: #2c8a57; --group3: #8a52b5; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7eaee; --faint: #9aa5b1; --paper: #14171a; --card: #1c2025; --soft: #2d333a;
    --own: #5ba6f2; --peer: #6a7683; --good: #63c88f;
    --group0: #5ba6f2; --group1: #f28a58; --group2: #5fc48d; --group3: #c294ea; }
}
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: var(--ink); background: var(--paper);
  margin: 0 auto; max-width: 1120px; padding: 2.2em 1.4em 4em; }
h1 { font-size: 1.9em; margin: 0 0 0.2em; } h2 { margin: 2.2em 0 0.3em; font-size: 1.35em; }
h3 { margin: 0 0 0.4em; font-size: 1em; } p { margin: 0.3em 0 0.9em; max-width: 62em; } .faint { color: var(--faint); }
.facts { display: flex; flex-wrap: wrap; gap: 0.8em; margin: 1em 0; }
.fact { background: var(--card); border-radius: 8px; padding: 0.6em 1em; }
.fact b { display: block; font-size: 1.25em; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 460px), 1fr)); gap: 1em; }
.card { background: var(--card); border-radius: 8px; padding: 0.9em 1em 0.6em; }
.card span { float: right; color: var(--good); font-weight: 650; }
.card span.behind { color: var(--ink); }
svg text { fill: var(--ink); font-size: 12.5px; } svg.bars, svg.plot { width: 100%; height: auto; display: block; }
.grid { stroke: var(--soft); fill: none; } .roof { stroke: var(--ink); stroke-width: 1.6; fill: none; }
.dot { stroke: var(--paper); stroke-width: 1; } .on { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
.key { margin-right: 1.4em; white-space: nowrap; } .key i { display: inline-block; width: 0.75em; height: 0.75em;
  border-radius: 50%; margin-right: 0.45em; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
td, th { padding: 0.2em 0.7em; text-align: right; white-space: nowrap; } th { color: var(--faint); font-weight: 500; }
td:first-child, th:first-child { text-align: left; }
tbody tr { border-top: 1px solid var(--soft); } td svg { display: block; }
td.bar { padding: 0.15em 0.7em; }
details { margin: 0.8em 0; } summary { cursor: pointer; font-weight: 600; padding: 0.2em 0; }
"""


def table(head, rows):
    cells = "".join(f"<th>{h}</th>" for h in head)
    body = "".join("<tr>" + "".join(c if c.startswith("<td") else f"<td>{c}</td>" for c in row) + "</tr>"
                   for row in rows)
    return f'<div class="scroll"><table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>'


def contest_card(row):
    """One model: Mica's bar and those of its peers, the fastest first."""
    train = row["contest"] == "train"
    figure = "samples_per_second" if train else "microseconds"
    def entry(name, value, own):
        speed = value if train else row["batch"] / value * 1e6
        label = f"{charts.short(value)}{'/s' if train else ' µs'}"
        return (name, speed, label, own)
    entries = [entry("Mica", row[figure], True)]
    entries += [entry(of_library(name), v["best"], False) for name, v in row.get("peers", {}).items()]
    entries.sort(key=lambda e: -e[1])
    ratio = ""
    if "ratio" in row:
        place = "" if row["ratio"] >= 1 else "behind"
        ratio = f'<span class="{place}">{row["ratio"]:.2f} times {of_library(row["best_peer"])}</span>'
    return (f'<div class="card"><h3>{ratio}{html.escape(row["model"])}, batch {row["batch"]}</h3>'
            f"{charts.bars(entries)}</div>")


def kernel_row(row):
    share = row["share_of_limit"]
    peer = share / row["ratio"] if "ratio" in row else None
    name = html.escape(f'{row["kernel"].replace("_", " ")} {row["model"]}'.strip())
    per = f'{row["gflops"]:.1f}' if row["unit"] == "multiply-add" else f'{row["ns_per_unit"]:.3f} ns'
    ratio = f'{row["ratio"]:.2f} × {of_library(row["best_peer"])}' if peer else ""
    return [name, html.escape(row["shape"]), str(row["batch"] or ""), charts.short(row["microseconds"]), per,
            row["limit"], f"{share:.0%}", f'<td class="bar">{charts.share_bars(share, peer)}</td>', ratio]


def main():
    results = Results(sys.argv[1])
    about = results.about
    peak = results.machine["fma_peak"]["gflops"]
    levels = [(name, r["read_gbytes_per_second"]) for name, r in results.machine.items() if name != "fma_peak"]
    facts = [("fused multiply-adds", f"{peak:.0f} GFLOP/s")] + [(f"read from {n}", f"{v:.0f} GB/s") for n, v in levels]
    out = ['<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
           f"<title>Mica: benchmarks, {about['port']}</title><style>{STYLE}</style>",
           f"<h1>Mica, port {html.escape(about['port'])}</h1>",
           f"<p class=faint>{html.escape(about['about'])}. One thread on one core; every library in turns, "
           f"{about['rounds']} round{'s' * (about['rounds'] > 1)}; the best of each is shown. "
           "Peers have the same instructions as the port, and flush subnormal numbers to zero.</p><div class=facts>",
           "".join(f"<div class=fact><b>{value}</b>{name}</div>" for name, value in facts) + "</div>"]
    for what, title, words in (
            ("train", "Training", "Samples per second, one optimizer step (SGD with momentum) after the other. "
             "Longer is better."),
            ("infer", "Inference", "Bars show samples per second, longer is better; the label is the time of a call.")):
        rows = [r for r in results.contests if r["contest"] == what]
        if rows:
            out += [f"<h2>{title}</h2><p class=faint>{words}</p><div class=cards>", *map(contest_card, rows), "</div>"]
    out += ["<h2>Roofline</h2><p class=faint>Every kernel: what it computes for each byte, and how fast. The flat line "
            "is the arithmetic at its peak; the slopes are the rates at which each level of memory is read. What "
            "writes as much as it reads can lie above its slope, for loads and stores run side by side.</p>",
            f"<p>{charts.legend()}</p>", charts.roofline(peak, levels, results.kernels), "<h2>Kernels</h2>",
            "<p class=faint>The grey field is the limit that applies: the arithmetic (fma) or the bandwidth of a "
            "level. Upper bar: Mica. Lower bar, where there is one: the best peer.</p>"]
    head = ["kernel", "shape", "batch", "µs", "GFLOP/s or ns each", "limit", "share", "", "speed"]
    for group, name in enumerate(charts.GROUP_NAMES):
        rows = [kernel_row(r) for r in results.kernels if charts.group_of(r) == group]
        out.append(f"<details open><summary>{name}</summary>{table(head, rows)}</details>")
    out += ["<h2>Memory</h2><p class=faint>Bytes: all there is, nothing is allocated.</p>",
            table(["model", "batch of the trainer", "model", "trainer", "predictor"],
                  [[r["bytes"], str(r["batch"]), f"{r['model_bytes']:,}", f"{r['trainer_bytes']:,}",
                    f"{r['predictor_bytes']:,}"] for r in results.bytes])]
    print("\n".join(out))


main()

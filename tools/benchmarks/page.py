"""One self-contained page from the lines of JSON that tools/bench collected: tables with bars, and a roofline plot.

usage: page.py FILE.jsonl > page.html
"""
import html
import json
import math
import sys

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --soft: #d8dde3; --bar: #2f6fb5; --dot: #b5472f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8e8; --paper: #16181b; --soft: #3a4048; --bar: #6aa7e8; --dot: #f0906f; }
}
body { font: 15px/1.4 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2em auto; max-width: 70em; }
table { border-collapse: collapse; } td, th { padding: 0.15em 0.7em; text-align: right; }
td:first-child, th:first-child { text-align: left; } tr + tr { border-top: 1px solid var(--soft); }
svg text { fill: var(--ink); font-size: 12px; }
"""


def best_rows(lines):
    """The best of all rounds for each kernel, peer and model."""
    best = {}
    for line in lines:
        row = json.loads(line)
        key = tuple(row.get(name) for name in ("machine", "training", "kernel", "model", "batch", "in", "out", "peer"))
        figure = row.get("gflops") or row.get("samples_per_second") or row.get("read_gbytes_per_second") or 0
        if key not in best or figure > best[key][0]:
            best[key] = (figure, row)
    return [row for _, row in best.values()]


def bar(share):
    width = max(0.0, min(1.0, share)) * 100
    return (f'<svg width="104" height="12" role="img" aria-label="{share:.0%}"><rect x="1" y="1" width="100" height="10" '
            f'fill="none" stroke="var(--soft)"/><rect x="1" y="1" width="{width:.0f}" height="10" fill="var(--bar)"/></svg>')


def table(head, rows):
    cells = lambda tag, row: "".join(f"<{tag}>{cell}</{tag}>" for cell in row)
    return "<table><tr>" + cells("th", head) + "</tr>" + "".join(f"<tr>{cells('td', r)}</tr>" for r in rows) + "</table>"


def name_of(row):
    shape = f" {row['in']}x{row['out']}" if "in" in row else ""
    return html.escape(f"{row.get('model', '')} {row['kernel']}{shape}".strip())


def roofline(peak, bandwidths, kernels):
    """Both axes logarithmic: floating-point operations per byte, and per second."""
    width, height, left, bottom = 900, 420, 60, 40
    low_x, high_x, low_y, high_y = -4.0, 7.0, 0.0, math.log2(peak) + 0.5
    at_x = lambda v: left + (math.log2(v) - low_x) / (high_x - low_x) * (width - left - 20)
    at_y = lambda v: height - bottom - (max(math.log2(v), low_y) - low_y) / (high_y - low_y) * (height - bottom - 10)
    parts = [f'<svg viewBox="0 0 {width} {height}" width="100%" role="img" aria-label="roofline">']
    for power in range(int(low_x), int(high_x) + 1, 2):
        label = f"{2.0 ** power:g}"
        parts.append(f'<text x="{at_x(2.0 ** power):.0f}" y="{height - 20}" text-anchor="middle">{label}</text>')
    for power in range(0, int(high_y) + 1):
        parts.append(f'<text x="{left - 8}" y="{at_y(2.0 ** power) + 4:.0f}" text-anchor="end">{2 ** power}</text>')
    parts.append(f'<text x="{width / 2}" y="{height - 4}" text-anchor="middle">operations per byte</text>')
    parts.append(f'<text x="{left}" y="12">GFLOP/s</text>')
    for name, rate in bandwidths:
        knee = peak / rate
        start, end = 2.0 ** low_x, min(knee, 2.0 ** high_x)
        parts.append(f'<path d="M{at_x(start):.1f} {at_y(start * rate):.1f}L{at_x(end):.1f} {at_y(end * rate):.1f}'
                     f'L{at_x(2.0 ** high_x):.1f} {at_y(peak):.1f}" fill="none" stroke="var(--bar)"/>')
        parts.append(f'<text x="{at_x(start) + 4:.0f}" y="{at_y(start * rate) - 6:.0f}">{html.escape(name)}</text>')
    for row in kernels:
        x = min(max(row["flops_per_byte"], 2.0 ** low_x), 2.0 ** high_x)
        title = html.escape(f"{name_of(row)}, batch {row.get('batch', '')}: {row['gflops']:.1f} GFLOP/s")
        parts.append(f'<circle cx="{at_x(x):.1f}" cy="{at_y(max(row["gflops"], 1)):.1f}" r="4" fill="var(--dot)">'
                     f"<title>{title}</title></circle>")
    return "".join(parts) + "</svg>"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = best_rows(line for line in file if line.startswith("{"))
    machine = [r for r in rows if "machine" in r]
    kernels = [r for r in rows if "kernel" in r and "peer" not in r]
    peers = [r for r in rows if "peer" in r]
    training = [r for r in rows if "training" in r]
    peak = next(r["gflops"] for r in machine if r["machine"] == "fma_peak")
    levels = [(r["machine"], r["read_gbytes_per_second"]) for r in machine if "read_gbytes_per_second" in r]
    port = next((r["port"] for r in machine), "")
    out = [f'<!doctype html><meta charset="utf-8"><title>Mica: benchmarks</title><style>{STYLE}</style>',
           f"<h1>Mica, port {html.escape(port)}</h1><p>One thread. Peak {peak:.1f} GFLOP/s; read: "
           + ", ".join(f"{html.escape(n)} {v:.0f} GB/s" for n, v in levels) + ".</p>",
           "<h2>Roofline</h2>", roofline(peak, levels, kernels), "<h2>Kernels</h2>"]
    names = sorted({r["peer"] for r in peers})
    lines = []
    for row in kernels:
        same = [r for name in names for r in peers if r["peer"] == name
                and all(r.get(k) == row.get(k) for k in ("kernel", "model", "batch", "in", "out"))]
        element = f"{row['ns_per_element']:.3f}" if row["ns_per_element"] else ""
        lines.append([name_of(row), row.get("batch", ""), f"{row['microseconds']:.2f}", f"{row['gflops']:.1f}", element,
                      row["limit"], f"{row['share_of_limit']:.0%}", bar(row["share_of_limit"]),
                      ", ".join(f"{r['peer']} {row['gflops'] / r['gflops']:.2f}x" for r in same)])
    out.append(table(["kernel", "batch", "µs", "GFLOP/s", "ns/element", "limit", "share", "", "ratio to peers"], lines))
    if training:
        most = max(r["samples_per_second"] for r in training)
        out += ["<h2>Training</h2>", table(["model", "batch", "samples/s", "", "ratio to peers"], [
            [html.escape(r["training"]), r["batch"], f"{r['samples_per_second']:,}", bar(r["samples_per_second"] / most),
             ", ".join(f"{k[9:]} {v:.2f}x" for k, v in r.items() if k.startswith("ratio_to_") and "median" not in k)]
            for r in training])]
    print("\n".join(out))


main()

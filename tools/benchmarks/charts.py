"""The drawings of the page, as SVG that follows the page's colours."""
import html
import math

GROUPS = {  # kernel's first word -> (group, colour)
    "forward": 0, "weight": 0, "input": 0, "convolution": 1, "depthwise": 1, "max": 1, "average": 1, "global": 1,
    "batch": 3, "layer": 3, "sgd": 3, "adam": 3, "dropout": 3,
}
GROUP_NAMES = ["matrix products", "convolutions and pools", "element-wise", "norms and optimizers"]


def group_of(row):
    return GROUPS.get(row["kernel"].split("_")[0], 2)


def short(number):
    """Three figures, with k and M."""
    for limit, divisor, letter in ((1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if number >= limit:
            return f"{number / divisor:.3g} {letter}"
    return f"{number:.0f}" if number >= 1000 else f"{number:.3g}"


def bars(entries):
    """entries: (name, value, label, is Mica), one bar each below the other."""
    left, length, step = 84, 300, 19
    most = max(value for _, value, _, _ in entries)
    parts = [f'<svg viewBox="0 0 520 {step * len(entries) + 4}" class="bars" role="img">']
    for i, (name, value, label, own) in enumerate(entries):
        y, width = 2 + i * step, max(1.5, value / most * length)
        weight = ' font-weight="650"' if own else ""
        parts.append(f'<text x="{left - 8}" y="{y + 12}" text-anchor="end"{weight}>{html.escape(name)}</text>'
                     f'<rect x="{left}" y="{y + 1}" width="{width:.1f}" height="14" rx="2" '
                     f'fill="var(--{"own" if own else "peer"})"/>'
                     f'<text x="{left + width + 6:.1f}" y="{y + 12}"{weight}>{html.escape(label)}</text>')
    return "".join(parts) + "</svg>"


def share_bars(share, peer_share):
    """How much of its limit a kernel reaches, and below it the peer."""
    scale = 1.0 / max(1.0, share, peer_share or 0)
    def bar(y, value, colour):
        width = max(1, 138 * value * scale)
        return f'<rect x="1" y="{y}" width="{width:.1f}" height="6" rx="1.5" fill="var(--{colour})"/>'
    limit = 1 + 138 * scale
    return (f'<svg width="142" height="18" role="img" aria-label="{share:.0%}">'
            f'<rect x="1" y="1" width="{limit - 1:.1f}" height="16" rx="2" fill="var(--soft)"/>'
            + (bar(2, share, "own") + bar(10, peer_share, "peer") if peer_share else bar(6, share, "own")) + "</svg>")


def roofline(peak, levels, kernels):
    """Both axes logarithmic: operations per byte, and operations per second."""
    width, height, left, right, top, bottom = 980, 520, 64, 24, 22, 52
    low_x, high_x = -4, 8
    high_y = math.ceil(math.log2(peak) + 0.3)
    low_y = min(-1, math.floor(min(math.log2(max(k["gflops"], 0.05)) for k in kernels)))

    across, up = (width - left - right) / (high_x - low_x), (height - top - bottom) / (high_y - low_y)

    def x_of(v):
        return left + (min(max(math.log2(v), low_x), high_x) - low_x) * across

    def y_of(v):
        return height - bottom - (min(max(math.log2(v), low_y), high_y) - low_y) * up

    parts = [f'<svg viewBox="0 0 {width} {height}" class="plot" role="img" aria-label="Roofline of all kernels">']
    for power in range(low_x, high_x + 1):
        x = x_of(2.0 ** power)
        label = f"{2 ** power}" if power >= 0 else f"1/{2 ** -power}"
        parts.append(f'<path d="M{x:.1f} {top}V{height - bottom}" class="grid"/>'
                     f'<text x="{x:.1f}" y="{height - bottom + 18}" text-anchor="middle">{label}</text>')
    for power in range(low_y, high_y + 1):
        y = y_of(2.0 ** power)
        label = f"{2 ** power}" if power >= 0 else f"1/{2 ** -power}"
        parts.append(f'<path d="M{left} {y:.1f}H{width - right}" class="grid"/>'
                     f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    parts.append(f'<text x="{(left + width - right) / 2}" y="{height - 8}" text-anchor="middle">'
                 "operations per byte that is read or written</text>")
    parts.append(f'<text transform="translate(14 {height / 2}) rotate(-90)" text-anchor="middle">GFLOP/s</text>')
    for name, rate in levels:
        knee = peak / rate
        start, end = max(2.0 ** low_x, 2.0 ** low_y / rate), min(knee, 2.0 ** high_x)
        parts.append(f'<path d="M{x_of(start):.1f} {y_of(start * rate):.1f}L{x_of(end):.1f} {y_of(end * rate):.1f}" '
                     'class="roof"/>')
    first = min(peak / rate for _, rate in levels)
    parts.append(f'<path d="M{x_of(first):.1f} {y_of(peak):.1f}H{width - right}" class="roof"/>'
                 f'<text x="{width - right}" y="{y_of(peak) - 7:.1f}" text-anchor="end" class="on">'
                 f"{peak:.0f} GFLOP/s, fused multiply-adds</text>")
    for row in sorted(kernels, key=lambda r: r["gflops"]):
        name = f'{row["kernel"]} {row["model"]} {row["batch"] or ""} {row["shape"]}: {row["gflops"]:.1f} GFLOP/s, ' \
               f'{row["share_of_limit"]:.0%} of {row["limit"]}'
        x, y = x_of(row["flops_per_byte"]), y_of(max(row["gflops"], 0.05))
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="var(--group{group_of(row)})" class="dot">'
                     f"<title>{html.escape(name)}</title></circle>")
    # Each level's name along its line, one behind the other; below it where the next line above is near.
    above = 0.0
    for number, (name, rate) in enumerate(levels):
        at = 2.0 ** (low_x + 0.15 + 1.25 * number)
        shift = 15 if rate * 1.8 > above > 0 else -6
        above = rate
        slope = math.degrees(math.atan2(up, across))
        place = f"translate({x_of(at):.1f} {y_of(at * rate):.1f}) rotate({-slope:.1f})"
        parts.append(f'<text transform="{place}" y="{shift}" class="on">'
                     f"{html.escape(name)} {rate:.0f} GB/s</text>")
    return "".join(parts) + "</svg>"


def legend():
    return "".join(f'<span class="key"><i style="background:var(--group{i})"></i>{name}</span>'
                   for i, name in enumerate(GROUP_NAMES))

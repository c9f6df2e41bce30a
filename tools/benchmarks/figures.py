"""The figures that the instruction counts are meant to reach."""
import statistics

PRODUCTS = ("forward", "weight_gradient", "input_gradient")


def products(run, one):
    """The products with a batch of one (GEMV) or of more (GEMM)."""
    return [r for r in run.rows if r.kernel in PRODUCTS and (r.batch == "1") == one]


def forward_batch_8(run):
    return [r for r in run.rows if r.kernel == "forward" and r.batch == "8" and r.model == "mlp"]


def gemv(run):
    return [r for r in products(run, True) if r.kernel == "forward"]


# (target, what, rows, at most)
FIGURES = [
    ("aarch64", "GEMM, three forms, all shapes", lambda run: products(run, False), 0.40),
    ("aarch64", "GEMV", gemv, 0.60),
    ("m4f", "GEMM, Dense forward, batch 8", forward_batch_8, 2.2),
    ("m4f", "GEMM, three forms, all shapes", lambda run: products(run, False), 2.2),
    ("m4f", "GEMV", gemv, 2.6),
    ("m55", "GEMM, three forms, all shapes", lambda run: products(run, False), 0.9),
]
STEP_LIMIT = 1.15


def print_figures(runs):
    print("\nInstructions per multiply-add, asked for and counted:")
    for target, what, select, most in FIGURES:
        rows = select(runs[target]) if target in runs else []
        if not rows:
            continue
        worst = max(rows, key=lambda r: r.per_unit)
        met = sum(r.per_unit <= most for r in rows)
        print(f"  {target:8} {what:32} at most {most:.2f}: median {statistics.median(r.per_unit for r in rows):.3f}, "
              f"{met} of {len(rows)} reach it, worst {worst.per_unit:.3f} ({worst.kernel} {worst.batch} {worst.shape})")
    print("A training step beside the kernels it cannot do without, called one after the other:")
    for target, run in runs.items():
        for row in run.rows:
            parts = run.by_key.get(("sum_of_parts", row.model, row.batch, row.shape))
            if row.kernel == "training_step" and parts:
                asked = f", asked for at most {STEP_LIMIT}" if (target, row.model) == ("m4f", "mlp") else ""
                print(f"  {target:8} {row.model:6} {row.instructions} instructions, "
                      f"{row.instructions / parts.instructions:.3f} times its parts{asked}")

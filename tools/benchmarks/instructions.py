"""Counts the instructions of every kernel under emulators and holds them beside tools/benchmarks/instructions.txt.

usage: instructions.py [--check | --update] [--quick] [--skip-other-compiler] TARGET=PROGRAM...
TARGET is avx2 (callgrind), aarch64, armv7 (QEMU's user mode), m4f or m55 (QEMU's boards); PROGRAM is bench for it.
Exit status: 0; 1 if a kernel takes over 2 % more instructions than in the file; 77 if the emulator is missing, or with
--skip-other-compiler if the file was counted with another compiler.
"""
import os
import pathlib
import sys

import counting
import figures

HERE = pathlib.Path(__file__).parent
BASELINE = HERE / "instructions.txt"
TOLERANCE = 1.02
HEAD = """# Instructions of each kernel, counted once from start to end. `tools/bench --instructions --check` compares,
# `tools/bench --instructions --update` writes this file.
# target kernel model batch shape instructions units instructions-per-unit unit
"""


def read_baseline():
    """{target: compiler}, {(target, kernel, model, batch, shape): instructions}"""
    compilers, counts = {}, {}
    if BASELINE.exists():
        for line in BASELINE.read_text().splitlines():
            words = line.split()
            if line.startswith("compiler "):
                compilers[words[1]] = " ".join(words[2:])
            elif words and not line.startswith("#"):
                counts[tuple(words[:5])] = int(words[5])
    return compilers, counts


def write_baseline(runs):
    """Replaces the lines of the targets that were counted, and leaves the others."""
    old = BASELINE.read_text().splitlines() if BASELINE.exists() else []
    kept = [line for line in old if line and not line.startswith("#")
            and line.split()[1 if line.startswith("compiler ") else 0] not in runs]
    compilers = [line for line in kept if line.startswith("compiler ")]
    lines = [line for line in kept if not line.startswith("compiler ")]
    for target, run in runs.items():
        compilers.append(f"compiler {target} {run.compiler}")
        for row in run.rows:
            lines.append(f"{target:8}{row.kernel:31}{row.model:7}{row.batch:>4} {row.shape:16}{row.instructions:>10}"
                         f"{row.units:>11} {row.per_unit:8.4f} {row.unit}")
    lines.sort(key=lambda line: line.split()[0])  # the order of the kernels stays
    BASELINE.write_text(HEAD + "\n".join(sorted(compilers) + lines) + "\n")


def print_table(runs, counts):
    """One line for each kernel, one column for each target; in brackets the change since the file was written."""
    kernels = {row.key: row for run in runs.values() for row in run.rows}
    print(f"{'instructions per unit':67}" + "".join(f"{target:>19}" for target in runs))
    for key, row in kernels.items():
        line = f"{row.kernel:31}{row.model:7}{row.batch:>4} {row.shape:16}{row.unit[:8]:8}"
        for target, run in runs.items():
            mine = run.by_key.get(key)
            before = counts.get((target, *key))
            change = f" ({mine.instructions / before - 1:+.1%})" if mine and before else " (new)" if mine else ""
            line += f"{mine.per_unit:10.4f}{change:9}" if mine else " " * 19
        print(line.rstrip())


def compare(runs, counts):
    """The sentences about what got worse."""
    complaints = []
    for target, run in runs.items():
        for row in run.rows:
            before = counts.get((target, *row.key))
            name = f"{target}: {row.kernel} {row.model} {row.batch} {row.shape}"
            if before is None:
                complaints.append(f"{name} is not in {BASELINE.name}.")
            elif row.instructions > before * TOLERANCE:
                complaints.append(f"{name} takes {row.instructions} instructions, {row.instructions / before - 1:.1%} "
                                  f"more than the {before} in {BASELINE.name}.")
        for key in counts:
            if key[0] == target and key[1:] not in run.by_key and not run.quick:
                complaints.append(f"{' '.join(key)} is in {BASELINE.name} but was not counted.")
    return complaints


def main(arguments):
    options = {a for a in arguments if a.startswith("--")}
    programs = dict(a.split("=", 1) for a in arguments if not a.startswith("--"))
    if not programs or options - {"--check", "--update", "--quick", "--skip-other-compiler"}:
        sys.exit(__doc__)
    compilers, counts = read_baseline()
    runs = {}
    for target, program in programs.items():
        try:
            runs[target] = counting.count(target, os.path.abspath(program), "--quick" in options)
        except counting.Missing as missing:
            print(f"Skipped: {missing}", file=sys.stderr)
            sys.exit(77)
        if runs[target].compiler != compilers.get(target, runs[target].compiler):
            print(f"{target}: {BASELINE.name} was counted with g++ {compilers[target]}, "
                  f"this is {runs[target].compiler}.")
            if "--skip-other-compiler" in options:
                sys.exit(77)
    print_table(runs, counts)
    figures.print_figures(runs)
    if "--update" in options:
        write_baseline(runs)
        print(f"Written to {BASELINE}.")
    elif "--check" in options:
        complaints = compare(runs, counts)
        print("\n".join(complaints) or f"No kernel takes over 2 % more instructions than in {BASELINE.name}.")
        sys.exit(1 if complaints else 0)


main(sys.argv[1:])

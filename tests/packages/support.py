"""What the tests of packages share. Each test is called with: ROOT BUILD COMPILER WORK."""
import os
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
ROOT, BUILD = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
COMPILER, WORK = sys.argv[3], pathlib.Path(sys.argv[4]).resolve()
sys.path.insert(0, str(ROOT / "tools/packages"))
from tree import VERSION  # noqa: E402

XOR = ["0 xor 0 = ", "0 xor 1 = ", "1 xor 0 = ", "1 xor 1 = "]
# With every compiler, port and flag that Mica is built with.
WEIGHTS = "weights 43a3f7075161143d"
failures = []


def check(truth, what):
    """Remembers what is wrong; `finish` says it and fails."""
    if not truth:
        failures.append(what)
    return truth


def run(*command, folder=None, **environment):
    """Runs a command that must succeed, and returns what it printed."""
    done = subprocess.run([str(part) for part in command], cwd=folder, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env={**os.environ, **environment})
    said = " ".join(map(str, command))[:300]
    check(done.returncode == 0, f"{said} ended with {done.returncode}:\n{done.stdout[-3000:]}")
    return done.stdout


def fresh(name=""):
    """An empty folder."""
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def made(name):
    """The package of this name, written afresh."""
    folder = fresh(name)
    run(ROOT / "tools/package", name, folder)
    check("@" not in "".join(path.name for path in folder.rglob("*")), "a name with a place that was not filled")
    return folder


def check_xor(output):
    """Whether tools/packages/xor.cpp has learnt exclusive or (near 0, 1, 1, 0 in thousandths) and has Mica's bits."""
    check(WEIGHTS in output, f"the weights are not {WEIGHTS}: {output[-500:]}")
    check_learnt(output)


def check_learnt(output):
    for line, wanted in zip(XOR, (0, 1000, 1000, 0)):
        at = output.find(line)
        if check(at >= 0, f'"{line}" is not printed: {output[-500:]}'):
            check(abs(int(output[at + len(line):].split("/")[0]) - wanted) < 250, f"not learnt: {output[-500:]}")


def port_flags():
    """The flags of the processor that the library in the build tree was compiled with."""
    (line,) = (line for line in (BUILD / "mica.pc").read_text().splitlines() if line.startswith("Cflags:"))
    return [flag for flag in line.split()[1:] if not flag.startswith(("-I", "-f"))]


def skip_without(*programs):
    """Ends with the status that ctest takes for skipped, where a program is not installed."""
    for program in programs:
        if shutil.which(program) is None:
            print(f"Skipped: {program} is not installed.")
            sys.exit(77)


def finish():
    for failure in failures:
        print("FAILED:", failure)
    sys.exit(1 if failures else 0)

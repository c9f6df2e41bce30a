#!/usr/bin/env python3
"""What tools/amalgamate promises: the same file each time, refusals in sentences, and a header that names wrong flags.

Usage: examine.py ROOT COMPILER
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

failures = []


def check(truth, what):
    if not truth:
        failures.append(what)


def run(*command, **environment):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          env={**os.environ, **environment})


def examine_amalgamation(root, folder):
    """The tool on a copy of the tree, which is then damaged in three ways."""
    tree = folder / "tree"
    for part in ("include", "src", "ports", "tools/packages"):
        shutil.copytree(root / part, tree / part)
    for part in ("CMakeLists.txt", "LICENSE", "tools/amalgamate"):
        shutil.copy(root / part, tree / part)
    first, second = folder / "mica_single.hpp", folder / "second.hpp"
    check(run(tree / "tools/amalgamate", first, PYTHONHASHSEED="1").returncode == 0, "the tree is refused")
    check(run(tree / "tools/amalgamate", second, PYTHONHASHSEED="2").returncode == 0, "the tree is refused")
    check(first.read_bytes() == second.read_bytes(), "two runs write different files")
    check(str(tree) not in first.read_text(), "the file holds the path it was made in")

    model = tree / "include/mica/model.hpp"
    text = model.read_text()
    for line, expected in (
            ("#include <boost/any.hpp>", "include/mica/model.hpp:1: <boost/any.hpp> is neither"),
            ("#include <mica/modle.hpp>", "include/mica/model.hpp:1: no file of Mica answers"),
            ("#include SOMETHING", "include/mica/model.hpp:1: an #include that is not understood"),
            ("#if 1", "an #if without its #endif")):
        model.write_text(line + "\n" + text)
        answer = run(tree / "tools/amalgamate", folder / "refused.hpp")
        check(answer.returncode == 1 and expected in answer.stderr, f"{line}: {answer.returncode} {answer.stderr}")
        check(not (folder / "refused.hpp").exists(), f"{line}: a file was written")
    model.write_text(text)

    # Two sources with the same names of their own: both are renamed, but no string, comment, member or other's name.
    for name, value in (("one", 1), ("two", 2)):
        (tree / f"src/{name}.cpp").write_text(f'''namespace {{
struct Twin {{
  int twin;  // twin
}};
const char* twin() {{ return "twin"; }}
constexpr int count[] = {{{value}}};
}}  // namespace
int use_{name}() {{
  Twin both = {{count[0]}};
  return both.twin + twin()[0];
}}
''')
    check(run(tree / "tools/amalgamate", second).returncode == 0, "twins are refused")
    written = second.read_text()
    for piece in ("struct Twin {\n  int twin;  // twin\n", 'const char* twin() { return "twin"; }',
                  "struct Twin_of_two {\n  int twin", 'const char* twin_of_two() { return "twin"; }',
                  "Twin_of_two both = {count_of_two[0]};\n  return both.twin + twin_of_two()[0];"):
        check(piece in written, f"not found: {piece}")
    return first


def examine_flags(header, compiler, folder):
    """Each wrong flag by its sentence; the right ones are taken."""
    source = folder / "use.cpp"
    source.write_text(f'#include "{header}"\nint main() {{}}\n')
    x86 = os.uname().machine == "x86_64"
    cases = [(["-std=c++14"], "Mica needs C++17"),
             (["-std=c++17", "-ffast-math", "-DMICA_FORCE_SCALAR"], "-ffast-math")]
    if x86:
        cases += [(["-std=c++17"], "compile with -mavx2 -mfma"), (["-std=c++17", "-mavx2"], "without -mfma"),
                  (["-std=c++17", "-m32", "-DMICA_FORCE_SCALAR", "-mno-sse"], "x87 rounds twice")]
    for flags, sentence in cases:
        answer = run(compiler, *flags, "-fsyntax-only", source)
        errors = " ".join(line.lower() for line in answer.stderr.splitlines() if "#error" in line)
        check(answer.returncode != 0 and sentence.lower() in errors, f"{flags}: {answer.stderr[:400]}")
    if x86:
        for flags in (["-mavx2", "-mfma"], ["-DMICA_FORCE_SCALAR"], ["-DMICA_EXACT"]):
            answer = run(compiler, "-std=c++17", *flags, "-fsyntax-only", source)
            check(answer.returncode == 0, f"{flags}: {answer.stderr[:400]}")


def examine_clang(header, folder):
    """Both halves of the file, without a warning from the other compiler."""
    if shutil.which("clang++") is None:
        print("clang++ is not here: only GCC was tried.")
        return
    source = folder / "all.cpp"
    source.write_text(f'#define MICA_IMPLEMENTATION\n#define MICA_TESTING\n#include "{header}"\n')
    answer = run("clang++", "-std=c++17", "-DMICA_FORCE_SCALAR", "-DMICA_EXACT", "-Wall", "-Wextra", "-Wpedantic",
                 "-Wshadow", "-Wconversion", "-Wno-sign-conversion", "-Werror", "-fsyntax-only", source)
    check(answer.returncode == 0, answer.stderr[:2000])


def examine_board(root, header, folder):
    """A predictor for a Cortex-M4F out of the one file: no heap, no C++ library, no files, and nothing contracted."""
    compiler = shutil.which("arm-none-eabi-g++")
    if compiler is None:
        print("arm-none-eabi-g++ is not here: no board was compiled for.")
        return
    include = folder / "include/mica"
    include.mkdir(parents=True)
    (include / "mica.hpp").write_text(f'#define MICA_IMPLEMENTATION\n#include "{header}"\n')
    program = folder / "predictor.elf"
    flags = ["-std=c++17", "-Os", "-mcpu=cortex-m4", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard", "-mthumb"]
    answer = run(compiler, *flags, "-fno-exceptions", "-fno-rtti", "-ffunction-sections", "-fdata-sections", "-Wall",
                 "-Wextra", "-Werror", f"-I{folder / 'include'}", root / "tests/single_header/predictor.cpp",
                 "--specs=nano.specs", "--specs=nosys.specs", "-Wl,--gc-sections", "-o", program)
    check(answer.returncode == 0, answer.stderr[:2000])
    if answer.returncode == 0:
        names = run("arm-none-eabi-nm", "-C", program).stdout
        for name in ("malloc", "operator new", "__cxa_throw", "sqrtf"):
            check(f" T {name}" not in names, f"the predictor for a board holds {name}")
        print(run("arm-none-eabi-size", program).stdout)
    if shutil.which("qemu-system-arm") is None:
        print("qemu-system-arm is not here: no board was emulated.")
        return
    # Firmware that trains and compares its weights' bits with those of all machines, without any flag for them.
    boards = root / "ports/boards"
    program = folder / "train_tiny.elf"
    (include / "text.hpp").write_text("#include <mica/mica.hpp>\n")
    answer = run(compiler, *flags, "-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics", "-ffunction-sections",
                 "-fdata-sections", "-nostartfiles", f"-L{boards}", "-Tmps2.ld", "-Wl,--gc-sections",
                 "-Wl,--defsym=__stack_size=4096", f"-I{folder / 'include'}", f"-I{boards}",
                 root / "examples/boards/train_tiny.cpp",
                 *(boards / name for name in ("start.cpp", "semihosting.cpp", "systick.cpp")), "-o", program)
    check(answer.returncode == 0, answer.stderr[:2000])
    answer = run(boards / "emulate", "mps2-an386", program)
    check(answer.stdout.endswith("passed\n"), f"the firmware said: {answer.stdout} {answer.stderr}")


def main(root, compiler):
    root = pathlib.Path(root).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        header = examine_amalgamation(root, folder)
        examine_flags(header, compiler, folder)
        examine_clang(header, folder)
        examine_board(root, header, folder)
    for failure in failures:
        print("FAILED:", failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

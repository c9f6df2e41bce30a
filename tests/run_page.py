#!/usr/bin/python3
"""Runs the Python blocks and the commands of a page in docs/, in the page's order, in an empty folder.

Usage: run_page.py PAGE MICA
Every line that the page shows below a command must stand in what the command prints, if only in part.
"""
import os
import re
import subprocess
import sys
import tempfile

try:
    import torch  # noqa: F401
except ImportError as error:
    print(f"Skipped: {error}; Debian's package is python3-torch.")
    sys.exit(77)


def run_commands(block, where):
    printed = ""
    for line in block.splitlines():
        if line.startswith("$ "):
            result = subprocess.run(line[2:], shell=True, capture_output=True, text=True)
            printed = result.stdout
            assert result.returncode == 0, f"{where}: {line}\n{result.stdout}{result.stderr}"
        else:
            assert line in printed, f"{where}: this line is not printed:\n{line}\nbut this is:\n{printed}"


def main():
    page, mica = map(os.path.abspath, sys.argv[1:3])
    text = open(page).read()
    names, blocks = {"__name__": "page"}, 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.symlink(mica, "mica")
        os.environ["PATH"] = folder + os.pathsep + os.environ["PATH"]
        for match in re.finditer(r"^```(python|console)\n(.*?)^```$", text, re.M | re.S):
            line = text.count("\n", 0, match.start()) + 2
            where = f"{os.path.basename(page)}:{line}"
            if match[1] == "python":
                exec(compile("\n" * (line - 1) + match[2], page, "exec"), names)
            else:
                run_commands(match[2], where)
            blocks += 1
    print(f"{blocks} blocks of {os.path.basename(page)} were run.")
    return 0 if blocks > 0 else 1


if __name__ == "__main__":
    sys.exit(main())

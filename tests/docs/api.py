#!/usr/bin/env python3
"""The pages of the interface: built without a warning, and with the text and the formulas of the headers in them.

Usage: api.py ROOT OUT
"""
import html
import pathlib
import re
import shutil
import subprocess
import sys

root, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
if shutil.which("doxygen") is None:
    print("Skipped: doxygen is not installed.")
    sys.exit(77)
done = subprocess.run([root / "tools/docs", out], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
if done.returncode != 0:
    print(done.stdout[-4000:])
    sys.exit(1)

failures, formulas = [], 0
pages = {path.name: html.unescape(path.read_text()) for path in (out / "html").glob("*.html")}
for header in sorted((root / "include/mica/layers").glob("*.hpp")):
    # The block before each type that begins at the margin, with its indented lines.
    for block, name in re.findall(r"((?:^//.*\n)+)(?:template .*\n)?struct (\w+)\b[^;]*\{", header.read_text(), re.M):
        page = [text for file, text in pages.items() if file.startswith("struct") and f"<title>Mica: mica::{name}" in text]
        if not page:
            failures.append(f"{name} of {header.name} has no page")
            continue
        for line in re.findall(r"^//   +(\S.*)$", block, re.M):
            formulas += 1
            preformatted = "\n".join(re.findall(r'<pre class="fragment">(.*?)</pre>', "\n".join(page), re.S))
            if line not in preformatted:
                failures.append(f'{name}: "{line}" does not stand on its page as it is written')
for failure in failures:
    print("FAILED:", failure)
print(f"{len(pages)} pages, {formulas} lines of formulas compared")
sys.exit(1 if failures or formulas < 50 else 0)

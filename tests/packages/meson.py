"""The Meson wrap: a project that has only subprojects/mica.wrap builds Mica from the archive and runs a program."""
import os

from support import COMPILER, ROOT, check, check_xor, finish, made, run, skip_without

skip_without("meson", "ninja")
folder = made("meson")
(folder / "meson.build").write_text("""project('consumer', 'cpp', default_options: ['cpp_std=c++17', 'buildtype=plain'])
executable('xor', 'xor.cpp', dependencies: dependency('mica'))
""")
(folder / "xor.cpp").write_text((ROOT / "tools/packages/xor.cpp").read_text())
port = [] if os.uname().machine != "x86_64" or " avx2 " in open("/proc/cpuinfo").read() else ["-Dmica:port=scalar"]
said = run("meson", "setup", "build", "--wrap-mode=nodownload", *port, folder=folder, CXX=COMPILER)
check("Dependency mica from subproject" in said or "Executing subproject mica" in said, said)
run("ninja", "-C", "build", folder=folder)
check_xor(run(folder / "build/xor"))
finish()

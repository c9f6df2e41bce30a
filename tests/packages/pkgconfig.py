"""pkg-config: the flags it gives build and run a program, also out of a tree installed with DESTDIR."""
from support import BUILD, COMPILER, ROOT, VERSION, check, check_xor, finish, fresh, run, skip_without

skip_without("pkg-config")
stage = fresh("stage")
run("cmake", "--install", BUILD, "--prefix", "/opt/mica", DESTDIR=str(stage))
(folder,) = {path.parent for path in stage.rglob("mica.pc")}
found = dict(PKG_CONFIG_PATH=str(folder))
check(run("pkg-config", "--modversion", "mica", **found).strip() == VERSION, "mica.pc has another version")
flags = run("pkg-config", "--cflags", "--libs", "mica", **found).split()
check("-ffp-contract=off" in flags and "-lmica" in flags, f"flags: {flags}")
check(str(stage) in " ".join(flags), f"paths that do not follow the installed tree: {flags}")
run("pkg-config", "--validate", "mica", **found)
run(COMPILER, "-std=c++17", ROOT / "tools/packages/xor.cpp", *flags, "-o", stage / "xor")
check_xor(run(stage / "xor"))
finish()

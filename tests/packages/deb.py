"""The Debian package that cpack makes: what is in it, and a program built from it unpacked into a root of its own."""
from support import BUILD, COMPILER, ROOT, VERSION, check, check_xor, finish, fresh, run, skip_without

skip_without("cpack", "dpkg-deb", "dpkg-shlibdeps", "pkg-config")
folder = fresh("deb")
run("cpack", "--config", BUILD / "CPackConfig.cmake", "-G", "DEB", "-B", folder)
(package,) = folder.glob("*.deb")
architecture = run("dpkg", "--print-architecture").strip()
check(package.name == f"mica-dev_{VERSION}_{architecture}.deb", package.name)
fields = run("dpkg-deb", "--field", package)
for field in ("Package: mica-dev", f"Version: {VERSION}", "Section: libdevel", "Depends: libc6", "Maintainer: "):
    check(field in fields, f"{field} is not in:\n{fields}")
contents = run("dpkg-deb", "--contents", package)
for name in ("include/mica/mica.hpp", "ports/select.hpp", "libmica.a", "mica-config.cmake", "mica.pc", "copyright"):
    check(name in contents, f"{name} is not in the package")
check("./usr/local" not in contents and "boards" not in contents, "what does not belong there is in the package")

root = fresh("root")
run("dpkg-deb", "-x", package, root)
(pc,) = root.rglob("mica.pc")
flags = run("pkg-config", "--cflags", "--libs", "mica", PKG_CONFIG_PATH=str(pc.parent)).split()
run(COMPILER, "-std=c++17", ROOT / "tools/packages/xor.cpp", *flags, "-o", folder / "xor")
check_xor(run(folder / "xor"))

# dpkg itself installs it, into a root without the packages it depends on.
(root / "var/lib/dpkg/info").mkdir(parents=True)
(root / "var/lib/dpkg/updates").mkdir()
(root / "var/lib/dpkg/status").touch()
answer = run("dpkg", f"--root={root}", "--force-depends", "--force-not-root", "--force-script-chrootless",
             "--log=/dev/null", "--install", package)
check("Setting up mica-dev" in answer, answer)
check("install ok installed" in run("dpkg-query", f"--admindir={root}/var/lib/dpkg", "-s", "mica-dev"), "not installed")
finish()

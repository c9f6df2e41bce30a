"""The PlatformIO library against https://docs.platformio.org/en/latest/manifests/library-json: fields, and the example
compiled with the folders and flags of library.json."""
import json
import re

from support import BUILD, COMPILER, VERSION, check, check_xor, finish, made, port_flags, run

folder = made("platformio")
manifest = json.loads((folder / "library.json").read_text())
check(re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", manifest["name"]) and len(manifest["name"]) <= 50, "name")
check(manifest["version"] == VERSION and len(VERSION) <= 20, "version")
check(0 < len(manifest["description"]) <= 255, "description")
known = {"name", "version", "description", "keywords", "homepage", "license", "authors", "frameworks", "platforms",
         "headers", "examples", "build"}
check(set(manifest) <= known, f"unknown fields: {set(manifest) - known}")
build = manifest["build"]
check(set(build) <= {"includeDir", "srcDir", "srcFilter", "flags"}, "unknown fields of build")
check((folder / build["includeDir"] / manifest["headers"]).is_file(), "the header is not where it is said to be")
check((folder / build["srcDir"]).is_dir(), "there is no such srcDir")
check("-<testing/>" in build["srcFilter"] and (folder / "src/testing").is_dir(), "the filter names what is not there")
for example in manifest["examples"]:
    for name in example["files"]:
        source = folder / example["base"] / name
        check(source.is_file(), f"{source} is not there")
        # The sources are those of the library, which stands compiled in the build tree.
        run(COMPILER, *build["flags"], *port_flags(), f"-I{folder / build['includeDir']}", source, BUILD / "libmica.a",
            "-o", folder / "program")
        check_xor(run(folder / "program"))
finish()

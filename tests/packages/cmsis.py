"""The CMSIS-Pack against https://open-cmsis-pack.github.io/Open-CMSIS-Pack-Spec/main/html/packFormat.html: names of
files, elements in their order, attributes, and every file that the description lists."""
import re
import xml.etree.ElementTree as tree
import zipfile

from support import ROOT, VERSION, check, finish, made

folder = made("cmsis")
description = folder / "pack/Mica.Mica.pdsc"
package = tree.parse(description).getroot()
check(package.tag == "package" and re.fullmatch(r"1\.\d+(\.\d+)?", package.get("schemaVersion", "")), "package")
order = [child.tag for child in package]
check(order == ["vendor", "name", "description", "url", "license", "releases", "keywords", "conditions", "components"],
      f"elements: {order}")
vendor, name = package.findtext("vendor"), package.findtext("name")
check(description.name == f"{vendor}.{name}.pdsc" and " " not in vendor + name, "the name of the description")
check(package.findtext("url").startswith("https://") and package.findtext("url").endswith("/"), "url")
versions = [release.get("version") for release in package.iter("release")]
check(versions == [VERSION], f"releases: {versions}")

cores = {"Cortex-M0", "Cortex-M0+", "Cortex-M3", "Cortex-M4", "Cortex-M7", "Cortex-M33", "Cortex-M55"}
for rule in list(package.iter("accept")) + list(package.iter("require")):
    check(rule.get("Dcore") in cores or rule.get("Tcompiler") == "GCC", f"a rule that is not known: {rule.attrib}")
conditions = {condition.get("id") for condition in package.iter("condition")}
categories = {"doc", "header", "include", "sourceCpp"}
listed = set()
for component in package.iter("component"):
    check(component.get("Cclass") == "Machine Learning" and component.get("Cgroup"), "class and group")
    check(component.get("Cversion") == VERSION and component.get("condition") in conditions, "version or condition")
    check([child.tag for child in component] == ["description", "files"], "elements of the component")
    for file in component.iter("file"):
        check(file.get("category") in categories, f"category {file.get('category')}")
        path = folder / "pack" / file.get("name")
        check(path.is_dir() if file.get("category") == "include" else path.is_file(), f"{path} is not there")
        listed.add(file.get("name"))
check((folder / "pack" / package.findtext("license")).is_file(), "the licence is not there")
for path in (ROOT / "src").rglob("*.cpp"):
    if path.parent.name != "testing":
        check(path.relative_to(ROOT).as_posix() in listed, f"{path} is not listed")

packed = zipfile.ZipFile(folder / f"{vendor}.{name}.{VERSION}.pack")
names = set(packed.namelist())
check(packed.testzip() is None and description.name in names, "the .pack file")
check({entry for entry in listed if not entry.endswith("/")} <= names, "the .pack file lacks listed files")
check("ports/select.hpp" in names, "the headers reach ports/ by a relative path")
finish()

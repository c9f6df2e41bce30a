"""The tree that packages are made from, and the folder that one is written into."""
import gzip
import hashlib
import importlib.machinery
import importlib.util
import io
import pathlib
import re
import shutil
import tarfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
UNPUBLISHED = "https://example.org/mica"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time that a zip file can hold


def project():
    """Version and description, which CMakeLists.txt states and nothing else does."""
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r'project\(mica VERSION ([0-9.]+) DESCRIPTION "([^"]+)"', text).groups()


VERSION, DESCRIPTION = project()


def sources():
    """The files that make the library, as CMakeLists.txt collects them: all of src/ but what is for tests."""
    files = sorted((ROOT / "src").rglob("*.cpp"))
    return [path.relative_to(ROOT).as_posix() for path in files if path.parent.name != "testing"]


def single_header():
    """The text of mica_single.hpp."""
    loader = importlib.machinery.SourceFileLoader("amalgamate", str(ROOT / "tools/amalgamate"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("amalgamate", loader))
    loader.exec_module(module)
    return module.amalgamate(ROOT)


def tree_files(*parts):
    """Pairs (path in the tree, bytes) of files and folders, in order."""
    pairs = []
    for part in parts:
        top = ROOT / part
        files = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
        for path in files:
            if "__pycache__" not in path.parts and "boards" not in path.parts:
                pairs.append((path.relative_to(ROOT).as_posix(), path.read_bytes()))
    return pairs


LIBRARY = ("include", "src", "ports", "LICENSE", "README.md", "CHANGELOG.md")


def archive():
    """The source archive mica-<version>.tar.gz: what CMake needs for the library, the same bytes in each run."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", filename="", mtime=0) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for name, content in tree_files("CMakeLists.txt", "cmake", *LIBRARY):
                entry = tarfile.TarInfo(f"mica-{VERSION}/{name}")
                entry.size = len(content)
                entry.mode = 0o644
                tar.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


class Package:
    def __init__(self, name, out, url):
        self.name = name
        self.out = pathlib.Path(out)
        self.templates = ROOT / "tools/packages" / name
        self.files_written = 0
        self.values = {"VERSION": VERSION, "DESCRIPTION": DESCRIPTION, "URL": url,
                       "SOURCES": "\n".join(sources())}
        marker = self.out / ".mica-package"
        if self.out.exists() and any(self.out.iterdir()):
            if not marker.exists():
                raise SystemExit(f"{self.out} holds files that tools/package did not write; name another folder.")
            shutil.rmtree(self.out)
        self.out.mkdir(parents=True, exist_ok=True)
        marker.write_text("Written by tools/package, which replaces this folder.\n")

    def write(self, name, content):
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.files_written += 1

    def write_tree(self, *parts, into=""):
        for name, content in tree_files(*parts):
            self.write(into + name, content)

    def write_templates(self, into=""):
        """The files of tools/packages/<name>, with what stands between two @ replaced."""
        for path in sorted(self.templates.rglob("*")):
            if path.is_file():
                self.write(into + path.relative_to(self.templates).as_posix(), self.filled(path.read_text("utf-8")))

    def filled(self, text):
        return re.sub(r"@([A-Z]\w*)@", lambda match: self.values[match.group(1)], text)

    def use_archive(self):
        content = archive()
        self.values["SHA256"] = hashlib.sha256(content).hexdigest()
        self.values["SHA512"] = hashlib.sha512(content).hexdigest()
        return content

    def zip(self, name, folder):
        """Packs a folder of the package into a zip file, the same bytes in each run."""
        with zipfile.ZipFile(self.out / name, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted((self.out / folder).rglob("*")):
                if path.is_file() and path.name != ".mica-package":
                    entry = zipfile.ZipInfo(path.relative_to(self.out / folder).as_posix(), EPOCH)
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    entry.external_attr = 0o644 << 16
                    packed.writestr(entry, path.read_bytes())
        self.files_written += 1

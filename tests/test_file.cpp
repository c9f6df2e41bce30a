// Files: mapped for reading, and written whole or not at all.
#define _FILE_OFFSET_BITS 64  // for readdir on 32-bit systems
#include <mica/io/file.hpp>

#include <cstdio>
#include <cstring>
#include <string>

#include <doctest/doctest.h>

#if __has_include(<sys/mman.h>)
#include <dirent.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <csignal>

#include <mica/io/checkpoint.hpp>
#include <mica/mica.hpp>

namespace {

namespace io = mica::io;

// A folder of its own that goes away with its files.
struct Folder {
  std::string path;
  Folder() {
    char name[] = "file-XXXXXX";
    REQUIRE(mkdtemp(name) != nullptr);
    path = name;
  }
  ~Folder() {
    chmod(path.c_str(), 0700);
    std::remove(file("a").c_str());
    rmdir(path.c_str());
  }
  std::string file(const char* name) const { return path + "/" + name; }
  int entries() const {
    DIR* const directory = opendir(path.c_str());
    REQUIRE(directory != nullptr);
    int count = -2;  // . and ..
    while (readdir(directory) != nullptr) ++count;
    closedir(directory);
    return count;
  }
};

std::string content(const std::string& path) {
  io::FileSource source;
  REQUIRE(source.open(path.c_str()).ok());
  std::string bytes(static_cast<std::size_t>(source.size()), '\0');
  REQUIRE(source.read(0, &bytes[0], bytes.size()));
  return bytes;
}

void write_file(const std::string& path, const std::string& bytes) {
  io::FileSink sink;
  REQUIRE(sink.open(path.c_str()).ok());
  REQUIRE(sink.write(bytes.data(), bytes.size()));
  REQUIRE(sink.commit().ok());
}

bool contains(const mica::Status& status, const char* words) {
  CAPTURE(status.message());
  return !status.ok() && std::strstr(status.message(), words) != nullptr;
}

}  // namespace

TEST_CASE("what is written can be read, in pieces") {
  const Folder folder;
  const std::string path = folder.file("a");
  io::FileSink sink;
  REQUIRE(sink.open(path.c_str()).ok());
  CHECK(std::strcmp(sink.name(), path.c_str()) == 0);
  CHECK(sink.write("abc", 3));
  CHECK(sink.write("", 0));
  CHECK(sink.write("defg", 4));
  REQUIRE(sink.commit().ok());
  CHECK(folder.entries() == 1);

  io::FileSource source;
  REQUIRE(source.open(path.c_str()).ok());
  CHECK(std::strcmp(source.name(), path.c_str()) == 0);
  CHECK(source.size() == 7);
  char bytes[8] = {};
  CHECK(source.read(2, bytes, 5));
  CHECK(std::strcmp(bytes, "cdefg") == 0);
  CHECK(source.read(7, bytes, 0));
  CHECK_FALSE(source.read(3, bytes, 5));
  CHECK_FALSE(source.read(8, bytes, 0));
  CHECK_FALSE(source.read(~std::uint64_t{0}, bytes, 2));
}

TEST_CASE("an empty file is a source of no bytes") {
  const Folder folder;
  write_file(folder.file("a"), "");
  CHECK(content(folder.file("a")).empty());
}

TEST_CASE("the old file stays until the new one is committed") {
  const Folder folder;
  const std::string path = folder.file("a");
  write_file(path, "old");
  {
    io::FileSink sink;
    REQUIRE(sink.open(path.c_str()).ok());
    REQUIRE(sink.write("new and longer", 14));
    CHECK(content(path) == "old");
    CHECK(folder.entries() == 2);
  }
  CHECK(content(path) == "old");
  CHECK(folder.entries() == 1);

  // A reader keeps what it has opened; two writers at once do not mix.
  io::FileSource reader;
  REQUIRE(reader.open(path.c_str()).ok());
  io::FileSink first, second;
  REQUIRE(first.open(path.c_str()).ok());
  REQUIRE(second.open(path.c_str()).ok());
  REQUIRE(first.write("first", 5));
  REQUIRE(second.write("second", 6));
  REQUIRE(first.commit().ok());
  CHECK(content(path) == "first");
  REQUIRE(second.commit().ok());
  CHECK(content(path) == "second");
  char bytes[4] = {};
  CHECK(reader.read(0, bytes, 3));
  CHECK(std::strcmp(bytes, "old") == 0);
  CHECK(folder.entries() == 1);

  CHECK(contains(second.commit(), "it is not open"));
  CHECK_FALSE(second.write("x", 1));
}

TEST_CASE("a replaced file's permissions are kept") {
  const Folder folder;
  const std::string path = folder.file("a");
  write_file(path, "old");
  REQUIRE(chmod(path.c_str(), 0600) == 0);
  write_file(path, "new");
  struct stat about;
  REQUIRE(stat(path.c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
}

TEST_CASE("a file that cannot be read is named, and why") {
  const Folder folder;
  io::FileSource source;
  CHECK(contains(source.open(folder.file("a").c_str()), "/a could not be opened for reading: no such file or folder."));
  CHECK(contains(source.open(folder.path.c_str()), "it is a folder"));
  CHECK(contains(source.open("/dev/null"), "it is not a regular file"));
  write_file(folder.file("a"), "x");
  CHECK(contains(source.open(folder.file("a/b").c_str()), "is not a folder"));
  CHECK(contains(source.open(std::string(io::longest_path + 1, 'x').c_str()), "the path is too long"));
  CHECK(source.size() == 0);

  // A pipe that nobody writes to must not block.
  std::remove(folder.file("a").c_str());
  REQUIRE(mkfifo(folder.file("a").c_str(), 0600) == 0);
  CHECK(contains(source.open(folder.file("a").c_str()), "it is not a regular file"));
}

TEST_CASE("a place that cannot be written is named, and why") {
  const Folder folder;
  io::FileSink sink;
  CHECK(contains(sink.open(folder.file("none/a").c_str()), "none/a could not be written: no such file or folder."));
  CHECK(contains(sink.open(folder.path.c_str()), "it is a folder"));
  CHECK(contains(sink.open("/dev/null"), "it is not a regular file"));
  CHECK(contains(sink.open(""), "no such file or folder"));
  CHECK(contains(sink.open(std::string(io::longest_path + 1, 'x').c_str()), "the path is too long"));
  write_file(folder.file("a"), "x");
  CHECK(contains(sink.open(folder.file("a/b").c_str()), "is not a folder"));
  CHECK_FALSE(sink.write("x", 1));
  CHECK(folder.entries() == 1);
}

TEST_CASE("a folder or file without permission") {
  if (geteuid() == 0) {
    MESSAGE("skipped: root may write everywhere");
    return;
  }
  const Folder folder;
  const std::string path = folder.file("a");
  write_file(path, "old");
  io::FileSink sink;
  REQUIRE(chmod(path.c_str(), 0400) == 0);
  CHECK(contains(sink.open(path.c_str()), "permission denied"));
  REQUIRE(chmod(path.c_str(), 0600) == 0);
  REQUIRE(chmod(folder.path.c_str(), 0500) == 0);
  CHECK(contains(sink.open(path.c_str()), "permission denied"));
  CHECK(content(path) == "old");
}

TEST_CASE("a write that fails leaves the old file and no temporary one") {
  const Folder folder;
  const std::string path = folder.file("a");
  write_file(path, "old");

  // The system refuses to let a file grow beyond 300 bytes.
  rlimit before;
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit limited = before;
  limited.rlim_cur = 300;
  using Net = mica::Sequential<mica::Input<10>, mica::Dense<10>>;
  static mica::Model<Net> model;
  io::FileSink sink;
  REQUIRE(sink.open(path.c_str()).ok());
  REQUIRE(setrlimit(RLIMIT_FSIZE, &limited) == 0);
  const mica::Status saved = io::save(model, sink);
  const mica::Status committed = sink.commit();
  REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, SIG_DFL);

  CHECK(contains(saved, "/a could not be written at byte "));
  CHECK(contains(saved, ": the file would be larger than allowed."));
  CHECK(contains(committed, "the file would be larger than allowed"));
  CHECK(content(path) == "old");
  CHECK(folder.entries() == 1);
}

TEST_CASE("a checkpoint goes through a file") {
  const Folder folder;
  const std::string path = folder.file("a");
  using Net = mica::Sequential<mica::Input<10>, mica::Dense<10>>;
  static mica::Model<Net> model, other;
  model.initialize(4);
  io::FileSink sink;
  REQUIRE(sink.open(path.c_str()).ok());
  REQUIRE(io::save(model, sink).ok());
  REQUIRE(sink.commit().ok());
  io::FileSource source;
  REQUIRE(source.open(path.c_str()).ok());
  REQUIRE(io::load(other, source).ok());
  CHECK(other.hash() == model.hash());
}

#else

TEST_CASE("files are for systems with POSIX; this one has none") { MESSAGE("skipped"); }

#endif

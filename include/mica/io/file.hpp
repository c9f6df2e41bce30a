#pragma once

#include <cstddef>
#include <cstdint>

#include <mica/io/bytes.hpp>
#include <mica/namespace.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// Files on systems with POSIX's open, write and mmap; elsewhere these classes are declared and never defined.
// Their virtual functions are inline, so that the tables of them lie in the user's object, which may have the run-time
// type information that the library has not.
constexpr std::size_t longest_path = 1000;

// FileSource: a regular file, mapped into memory for reading. Replacing the file by renaming another over it changes
// nothing here; do not shorten the file itself while it is open.
// Memory: 1 KB for the path; the system keeps the file's pages. Errors: no such file, no permission, no regular file,
// a path that is too long.
class FileSource final : public ByteSource {
 public:
  FileSource() = default;
  ~FileSource();
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  // Another file that was open is closed first.
  Status open(const char* path);
  void close();

  std::uint64_t size() const override { return size_; }
  bool read(std::uint64_t offset, void* into, std::size_t count) const override {
    return MemorySource(bytes_, size_).read(offset, into, count);
  }
  const char* name() const override { return path_; }

 private:
  const void* bytes_ = nullptr;
  std::size_t size_ = 0;
  char path_[longest_path + 1] = {};
};

// FileSink: writes a file whole or not at all. The bytes go to `path`.tmp-<process> in the same folder; commit() makes
// sure that they are on the disk and renames the file to `path`. Until then whatever was at `path` stays as it is, and
// a sink that ends without commit() takes its temporary file along. A replaced file's permissions are kept; a symbolic
// link is replaced, not followed.
// Memory: 2 KB. Errors: no such folder, no permission, a full disk, a path that is too long or is no regular file.
class FileSink final : public ByteSink {
 public:
  FileSink() = default;
  ~FileSink();
  FileSink(const FileSink&) = delete;
  FileSink& operator=(const FileSink&) = delete;

  Status open(const char* path);
  bool write(const void* bytes, std::size_t count) override { return write_all(bytes, count); }
  // Fails, and leaves what was at `path`, if any write has failed.
  Status commit();
  // Removes the temporary file.
  void discard();

  const char* name() const override { return path_; }
  const char* failure() const override { return describe_failure(); }

 private:
  bool write_all(const void* bytes, std::size_t count);
  const char* describe_failure() const;

  int descriptor_ = -1;
  int error_ = 0;  // errno of the first failed write
  char path_[longest_path + 1] = {};
  char temporary_[longest_path + 32] = {};
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

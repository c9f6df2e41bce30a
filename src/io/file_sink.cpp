#if __has_include(<sys/mman.h>) && !defined(__wasi__)

// On 32-bit systems the old 32-bit calls fail for files whose numbers, not only sizes, need more bits.
#define _FILE_OFFSET_BITS 64  // NOLINT(bugprone-reserved-identifier): the system defines this name

#include <cstdio>  // declares rename; nothing else of it is used

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <mica/io/file.hpp>

#include "short_name.hpp"
#include "system_error.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

Status unwritten(const char* path, const char* why) {
  Status::Message text;
  return Status::error(write_name(text, path) << " could not be written: " << why << '.');
}

// A rename lasts only once its folder is on the disk as well. Not every file system can do this; none needs to.
void sync_folder(const char* path) {
  char folder[longest_path + 1] = ".";
  std::size_t length = std::strlen(path);
  while (length > 0 && path[length - 1] != '/') --length;
  if (length > 0) {
    std::memcpy(folder, path, length);
    folder[length] = '\0';
  }
  const int descriptor = ::open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  static_cast<void>(::fsync(descriptor));
  ::close(descriptor);
}

}  // namespace

FileSink::~FileSink() { discard(); }

void FileSink::discard() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(temporary_);
  descriptor_ = -1;
}

Status FileSink::open(const char* path) {
  discard();
  error_ = 0;
  const std::size_t length = std::strlen(path);
  if (length == 0) return unwritten("A file without a name", describe_error(ENOENT));
  if (length > longest_path) return unwritten(path, describe_error(ENAMETOOLONG));
  // rename() would put a file in the place of a device or a pipe.
  struct stat about;
  const bool exists = ::stat(path, &about) == 0;
  if (exists && S_ISDIR(about.st_mode)) return unwritten(path, describe_error(EISDIR));
  if (exists && !S_ISREG(about.st_mode)) return unwritten(path, "it is not a regular file");

  // rename() would also replace a file that nobody may write to.
  if (exists && ::access(path, W_OK) != 0) return unwritten(path, describe_error(errno));

  // The name may be taken by another sink of this process, or be left from one that was killed.
  int descriptor = -1;
  for (int attempt = 0; attempt < 100 && descriptor < 0; ++attempt) {
    Text<31> suffix;
    suffix << ".tmp-" << static_cast<long>(::getpid());
    if (attempt > 0) suffix << '-' << attempt;
    std::memcpy(temporary_, path, length);
    std::memcpy(temporary_ + length, suffix.c_str(), suffix.size() + 1);
    descriptor = ::open(temporary_, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno != EEXIST) break;
  }
  if (descriptor < 0) return unwritten(path, describe_error(errno));
  if (exists) static_cast<void>(::fchmod(descriptor, about.st_mode & 07777));
  descriptor_ = descriptor;
  std::memcpy(path_, path, length + 1);
  return {};
}

bool FileSink::write_all(const void* bytes, std::size_t count) {
  if (descriptor_ < 0 || error_ != 0) return false;
  const auto* next = static_cast<const unsigned char*>(bytes);
  while (count > 0) {
    const ssize_t written = ::write(descriptor_, next, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      error_ = written < 0 ? errno : EIO;
      return false;
    }
    next += written;
    count -= static_cast<std::size_t>(written);
  }
  return true;
}

const char* FileSink::describe_failure() const { return descriptor_ < 0 ? "it is not open" : describe_error(error_); }

Status FileSink::commit() {
  if (descriptor_ < 0) return unwritten(path_, "it is not open");
  if (error_ == 0 && ::fsync(descriptor_) != 0) error_ = errno;
  // Network file systems report some failures only now.
  if (::close(descriptor_) != 0 && error_ == 0) error_ = errno;
  descriptor_ = -1;
  if (error_ == 0 && ::rename(temporary_, path_) != 0) error_ = errno;
  if (error_ != 0) {
    ::unlink(temporary_);
    return unwritten(path_, describe_error(error_));
  }
  sync_folder(path_);
  return {};
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#endif

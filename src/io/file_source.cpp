#if __has_include(<sys/mman.h>) && !defined(__wasi__)

// On 32-bit systems the old 32-bit calls fail for files whose numbers, not only sizes, need more bits.
#define _FILE_OFFSET_BITS 64  // NOLINT(bugprone-reserved-identifier): the system defines this name

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <mica/io/file.hpp>

#include "short_name.hpp"
#include "system_error.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

Status unopened(const char* path, const char* why) {
  Status::Message text;
  return Status::error(write_name(text, path) << " could not be opened for reading: " << why << '.');
}

}  // namespace

FileSource::~FileSource() { close(); }

void FileSource::close() {
  if (bytes_ != nullptr) ::munmap(const_cast<void*>(bytes_), size_);
  bytes_ = nullptr;
  size_ = 0;
  path_[0] = '\0';
}

Status FileSource::open(const char* path) {
  close();
  const std::size_t length = std::strlen(path);
  if (length > longest_path) return unopened(path, describe_error(ENAMETOOLONG));
  // Without O_NONBLOCK the open would wait for whoever writes to a pipe.
  const int descriptor = ::open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return unopened(path, describe_error(errno));

  struct stat about;
  const char* failure = nullptr;
  void* bytes = nullptr;
  if (::fstat(descriptor, &about) != 0) {
    failure = describe_error(errno);
  } else if (S_ISDIR(about.st_mode)) {
    failure = describe_error(EISDIR);
  } else if (!S_ISREG(about.st_mode)) {
    failure = "it is not a regular file";
  } else if (static_cast<std::uint64_t>(about.st_size) > SIZE_MAX) {
    failure = describe_error(EOVERFLOW);
  } else if (about.st_size > 0) {
    bytes = ::mmap(nullptr, static_cast<std::size_t>(about.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes == MAP_FAILED) failure = describe_error(errno);
  }
  ::close(descriptor);
  if (failure != nullptr) return unopened(path, failure);

  bytes_ = bytes;
  size_ = static_cast<std::size_t>(about.st_size);
  std::memcpy(path_, path, length + 1);
  return {};
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#endif

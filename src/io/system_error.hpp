// What an errno means, in words; strerror may allocate and follows the locale.
#pragma once

#include <cerrno>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

inline const char* describe_error(int error) {
  switch (error) {
    case ENOENT:
      return "no such file or folder";
    case ENOTDIR:
      return "a part of the path is not a folder";
    case EISDIR:
      return "it is a folder";
    case EACCES:
    case EPERM:
      return "permission denied";
    case EROFS:
      return "the file system is read-only";
    case ENOSPC:
      return "the disk is full";
    case EDQUOT:
      return "the disk quota is used up";
    case EFBIG:
      return "the file would be larger than allowed";
    case EMFILE:
    case ENFILE:
      return "too many files are open";
    case ENOMEM:
      return "out of memory";
    case ELOOP:
      return "too many symbolic links";
    case ENAMETOOLONG:
      return "the path is too long";
    case EIO:
      return "the device failed";
    case EOVERFLOW:
      return "the file is too large for this machine";
    default:
      return "the system refused";
  }
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

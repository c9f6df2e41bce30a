#pragma once

#include <mica/namespace.hpp>
#include <mica/text.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Status: what became of an operation on data from outside (files, labels, flash). A failed operation leaves the model
// as it was, and message() is one sentence that says what was found, what was expected, and where.
// Memory: about 240 bytes, returned by value.
class [[nodiscard]] Status {
 public:
  using Message = Text<223>;

  Status() = default;
  static Status error(const Message& message) {
    Status status;
    status.message_ = message;
    status.failed_ = true;
    return status;
  }

  bool ok() const { return !failed_; }
  const char* message() const { return message_.c_str(); }

 private:
  Message message_;
  bool failed_ = false;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#pragma once

#include <cstddef>
#include <cstdint>

#include <mica/io/bytes.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// SourceBytes: a source byte by byte through a small buffer. Behind its end, and once it has failed, comes `end`.
// Memory: `capacity` bytes and five words. The source must outlive it.
template <std::size_t capacity>
class SourceBytes {
 public:
  static constexpr int end = -1;

  SourceBytes() = default;
  SourceBytes(const ByteSource& source, std::uint64_t begin) : source_(&source), behind_(begin) {}

  int peek() { return at_ < held_ || fill() ? buffer_[at_] : end; }
  int take() {
    const int c = peek();
    if (c != end) ++at_;
    return c;
  }
  // Where the next byte lies; once it has failed, where it could not be read.
  std::uint64_t position() const { return behind_ - (held_ - at_); }
  bool failed() const { return failed_; }

 private:
  bool fill() {
    const std::uint64_t size = source_->size();
    if (failed_ || size <= behind_) return false;
    const std::uint64_t left = size - behind_;
    const std::size_t count = left < capacity ? static_cast<std::size_t>(left) : capacity;
    failed_ = !source_->read(behind_, buffer_, count);
    if (failed_) return false;
    behind_ += count;
    at_ = 0;
    held_ = count;
    return true;
  }

  const ByteSource* source_ = nullptr;
  std::uint64_t behind_ = 0;  // where the source goes on behind the buffer
  std::size_t at_ = 0, held_ = 0;
  bool failed_ = false;
  unsigned char buffer_[capacity];
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#pragma once

#include <cstddef>
#include <cstdint>

#include <mica/io/bytes.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// SourcePart: `count` bytes of another source from `first` on, such as one of several files that lie on a card or in a
// flash without a file system. A part that goes beyond its source is as long as the source allows.
// Memory: a table pointer, a pointer and two numbers.
class SourcePart final : public ByteSource {
 public:
  SourcePart(const ByteSource& whole, std::uint64_t first, std::uint64_t count) : whole_(&whole), first_(first) {
    const std::uint64_t size = whole.size(), rest = first < size ? size - first : 0;
    size_ = count < rest ? count : rest;
  }

  std::uint64_t size() const override { return size_; }
  bool read(std::uint64_t offset, void* into, std::size_t count) const override {
    if (offset > size_ || count > size_ - offset) return false;
    return whole_->read(first_ + offset, into, count);
  }
  const char* name() const override { return whole_->name(); }

 private:
  const ByteSource* whole_;
  std::uint64_t first_, size_;
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

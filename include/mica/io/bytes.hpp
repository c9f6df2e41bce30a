#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <mica/namespace.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// ByteSource: bytes that can be read at any offset: a file, a flash region, an array. Memory: a table pointer.
class ByteSource {
 public:
  virtual std::uint64_t size() const = 0;
  // Reads exactly `count` bytes from `offset`; false if they are not there or the device fails.
  virtual bool read(std::uint64_t offset, void* into, std::size_t count) const = 0;
  // What messages call it, for instance the file's path.
  virtual const char* name() const = 0;

 protected:
  ~ByteSource() = default;
};

// ByteSink: bytes written in order: a file, a flash region, an array. Memory: a table pointer.
class ByteSink {
 public:
  virtual bool write(const void* bytes, std::size_t count) = 0;
  virtual const char* name() const = 0;
  // Why a write failed, to end a sentence with.
  virtual const char* failure() const { return "there is no room left"; }

 protected:
  ~ByteSink() = default;
};

// MemorySource: an array or memory-mapped flash as a source. Memory: three words.
class MemorySource final : public ByteSource {
 public:
  MemorySource(const void* bytes, std::size_t count, const char* name = "memory")
      : bytes_(static_cast<const unsigned char*>(bytes)), size_(count), name_(name) {}
  std::uint64_t size() const override { return size_; }
  bool read(std::uint64_t offset, void* into, std::size_t count) const override {
    if (offset > size_ || count > size_ - offset) return false;
    if (count > 0) std::memcpy(into, bytes_ + offset, count);
    return true;
  }
  const char* name() const override { return name_; }

 private:
  const unsigned char* bytes_;
  std::size_t size_;
  const char* name_;
};

// MemorySink: an array as a sink; a write beyond its end fails. Memory: four words.
class MemorySink final : public ByteSink {
 public:
  MemorySink(void* bytes, std::size_t capacity, const char* name = "memory")
      : bytes_(static_cast<unsigned char*>(bytes)), capacity_(capacity), name_(name) {}
  bool write(const void* bytes, std::size_t count) override {
    if (count > capacity_ - used_) return false;
    if (count > 0) std::memcpy(bytes_ + used_, bytes, count);
    used_ += count;
    return true;
  }
  std::size_t used() const { return used_; }
  const char* name() const override { return name_; }

 private:
  unsigned char* bytes_;
  std::size_t capacity_;
  std::size_t used_ = 0;
  const char* name_;
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

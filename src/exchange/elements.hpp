// The numbers of tensors as bytes, lowest byte first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <mica/exchange/tensor_matching.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

constexpr std::size_t element_buffer = 256;  // bytes that are read or written at a time

// How many bytes one element takes.
constexpr int bytes_of(ElementType type) {
  switch (type) {
    case ElementType::f64:
    case ElementType::i64:
    case ElementType::hexadecimal:
      return 8;
    case ElementType::f32:
    case ElementType::i32:
      return 4;
    case ElementType::f16:
    case ElementType::bf16:
      return 2;
    case ElementType::other:
      break;
  }
  return 0;
}

inline std::uint64_t get_bytes(const unsigned char* bytes, int count) {
  std::uint64_t bits = 0;
  for (int i = count - 1; i >= 0; --i) bits = bits << 8 | bytes[i];
  return bits;
}
inline void put_bytes(unsigned char* bytes, int count, std::uint64_t bits) {
  for (int i = 0; i < count; ++i, bits >>= 8) bytes[i] = static_cast<unsigned char>(bits);
}
inline float float_of(std::uint32_t bits) {
  float number;
  std::memcpy(&number, &bits, sizeof number);
  return number;
}
inline std::uint32_t bits_of(float number) {
  std::uint32_t bits;
  std::memcpy(&bits, &number, sizeof bits);
  return bits;
}

// An element as a float; false if it is too large for one, or no number in eight hexadecimal digits.
bool element_as_float(const unsigned char* bytes, ElementType type, float& number);

// A count of batches as the integer that PyTorch has; false if it is none.
bool whole_count(float number, std::uint64_t& count);

// Writes a tensor's elements row by row, as floats or, for TensorKind::batches, as one integer of 64 bits.
bool write_elements(const NamedTensor& tensor, const Blocks<const float>& blocks, io::ByteSink& sink);

// Whether all of them are 0: then a remainder need not be written.
bool all_zero(const NamedTensor& tensor, const Blocks<const float>& blocks);

// Where element i of the file lies when it is counted row by row.
int row_by_row(const NamedTensor& tensor, bool fortran, int i);

// CountingSink: only counts. Memory: three words.
class CountingSink final : public io::ByteSink {
 public:
  bool write(const void*, std::size_t count) override {
    count_ += count;
    return true;
  }
  const char* name() const override { return "a count"; }
  std::uint64_t count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

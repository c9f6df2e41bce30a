#include "elements.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {
namespace {

// A float of 16 bits: 5 bits of exponent, 10 of fraction; every one of them is a float of 32 bits.
float half_as_float(std::uint32_t half) {
  const std::uint32_t sign = (half & 0x8000) << 16, exponent = half >> 10 & 31, fraction = half & 0x3ff;
  if (exponent == 31) return float_of(sign | 0x7f800000 | fraction << 13);
  if (exponent != 0) return float_of(sign | (exponent + 112) << 23 | fraction << 13);
  const float magnitude = static_cast<float>(fraction) * 0x1p-24f;
  return sign != 0 ? -magnitude : magnitude;
}

bool double_as_float(std::uint64_t bits, float& number) {
  double wide;
  std::memcpy(&wide, &bits, sizeof wide);
  number = static_cast<float>(wide);
  const bool was_finite = (bits >> 52 & 0x7ff) != 0x7ff, is_finite = (bits_of(number) >> 23 & 0xff) != 0xff;
  return is_finite || !was_finite;
}

bool digits_as_float(const unsigned char* digits, float& number) {
  std::uint32_t bits = 0;
  for (int i = 0; i < 8; ++i) {
    const unsigned char c = digits[i];
    const bool decimal = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'f';
    if (!decimal && !letter) return false;
    bits = bits << 4 | static_cast<std::uint32_t>(decimal ? c - '0' : c - 'a' + 10);
  }
  number = float_of(bits);
  return true;
}

}  // namespace

bool element_as_float(const unsigned char* bytes, ElementType type, float& number) {
  const std::uint64_t bits = type == ElementType::hexadecimal ? 0 : get_bytes(bytes, bytes_of(type));
  switch (type) {
    case ElementType::f32:
      number = float_of(static_cast<std::uint32_t>(bits));
      return true;
    case ElementType::f64:
      return double_as_float(bits, number);
    case ElementType::f16:
      number = half_as_float(static_cast<std::uint32_t>(bits));
      return true;
    case ElementType::bf16:
      number = float_of(static_cast<std::uint32_t>(bits) << 16);
      return true;
    case ElementType::i64:
      number = static_cast<float>(static_cast<std::int64_t>(bits));
      return true;
    case ElementType::i32:
      number = static_cast<float>(static_cast<std::int32_t>(bits));
      return true;
    case ElementType::hexadecimal:
      return digits_as_float(bytes, number);
    case ElementType::other:
      break;
  }
  return false;
}

bool whole_count(float number, std::uint64_t& count) {
  if (!(number >= 0 && number < 0x1p63f)) return false;
  count = static_cast<std::uint64_t>(number);
  return static_cast<float>(count) == number;
}

bool write_elements(const NamedTensor& tensor, const Blocks<const float>& blocks, io::ByteSink& sink) {
  const float* const numbers = blocks.of(tensor);
  unsigned char buffer[element_buffer];
  if (tensor.kind == TensorKind::batches) {
    std::uint64_t count = 0;
    if (!whole_count(numbers[tensor.first], count)) return false;
    put_bytes(buffer, 8, count);
    return sink.write(buffer, 8);
  }
  std::size_t used = 0;
  for (int i = 0; i < tensor.count(); ++i) {
    put_bytes(buffer + used, 4, i < tensor.added ? 0 : bits_of(numbers[tensor.place(i)]));
    used += 4;
    if (used == element_buffer || i + 1 == tensor.count()) {
      if (!sink.write(buffer, used)) return false;
      used = 0;
    }
  }
  return true;
}

bool all_zero(const NamedTensor& tensor, const Blocks<const float>& blocks) {
  for (int i = 0; i < tensor.count(); ++i) {
    if (bits_of(blocks.of(tensor)[tensor.place(i)]) != 0) return false;
  }
  return true;
}

int row_by_row(const NamedTensor& tensor, bool fortran, int i) {
  if (!fortran) return i;
  int at = 0, below = tensor.count();
  for (int dimension = 0; dimension < tensor.rank; ++dimension) {
    below /= tensor.shape[dimension];
    at += i % tensor.shape[dimension] * below;
    i /= tensor.shape[dimension];
  }
  return at;
}

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#include "npy_header.hpp"

#include <cstring>

#include "../exchange/elements.hpp"
#include "source_text.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

using exchange::ElementType;
using exchange::TensorInFile;

constexpr std::size_t magic_bytes = 6;
constexpr unsigned char magic[magic_bytes] = {0x93, 'N', 'U', 'M', 'P', 'Y'};

struct ArrayType {
  const char* name;
  ElementType type;
};
constexpr ArrayType array_types[] = {{"<f4", ElementType::f32},
                                     {"<f8", ElementType::f64},
                                     {"<f2", ElementType::f16},
                                     {"<i8", ElementType::i64},
                                     {"<i4", ElementType::i32}};

// A word in quotes of either kind; false if it is none, or too long.
bool take_word(SourceText& text, Text<15>& word) {
  text.skip_spaces();
  const int quote = text.take();
  if (quote != '\'' && quote != '"') return false;
  for (int c = text.take(); c != quote; c = text.take()) {
    if (c < ' ' || c > '~' || word.size() == Text<15>::longest) return false;
    word << static_cast<char>(c);
  }
  return true;
}

bool take_shape(SourceText& text, TensorInFile& tensor) {
  if (!text.takes('(')) return false;
  while (!text.takes(')')) {
    if (tensor.rank == TensorInFile::most_extents || !text.number(tensor.shape[tensor.rank++])) return false;
    if (!text.takes(',')) return text.takes(')');
  }
  return true;
}

bool take_order(SourceText& text, bool& fortran) {
  text.skip_spaces();
  fortran = text.peek() == 'T';
  return text.word(fortran ? "True" : "False");
}

// {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
bool take_description(SourceText& text, TensorInFile& tensor) {
  bool has_type = false, has_order = false, has_shape = false;
  if (!text.takes('{')) return false;
  while (!text.takes('}')) {
    Text<15> key;
    if (!take_word(text, key) || !text.takes(':')) return false;
    bool right = false;
    if (!has_type && std::strcmp(key.c_str(), "descr") == 0) {
      has_type = true;
      right = take_word(text, tensor.type_name);
    } else if (!has_order && std::strcmp(key.c_str(), "fortran_order") == 0) {
      has_order = true;
      right = take_order(text, tensor.fortran);
    } else if (!has_shape && std::strcmp(key.c_str(), "shape") == 0) {
      has_shape = true;
      right = take_shape(text, tensor);
    }
    if (!right) return false;
    if (text.takes(',')) continue;
    if (!text.takes('}')) return false;
    break;
  }
  text.skip_spaces();
  return has_type && has_order && has_shape && text.peek() == SourceText::nothing;
}

}  // namespace

const char* read_npy_header(const ByteSource& source, std::uint64_t begin, std::uint64_t end, TensorInFile& tensor) {
  unsigned char bytes[magic_bytes + 6];
  if (end - begin < sizeof bytes || !source.read(begin, bytes, sizeof bytes)) return "is cut short";
  if (std::memcmp(bytes, magic, magic_bytes) != 0) return "does not begin as an array of NumPy's does";
  const int version = bytes[magic_bytes];
  if (version < 1 || version > 3) return "has a version of NumPy's format that is not 1, 2 or 3";
  const int length_bytes = version == 1 ? 2 : 4;
  const std::uint64_t length = exchange::get_bytes(bytes + magic_bytes + 2, length_bytes);
  begin += magic_bytes + 2 + static_cast<std::uint64_t>(length_bytes);
  if (length > end - begin) return "has a header that is longer than the array";
  SourceText text(source, begin, begin + length);
  if (!take_description(text, tensor)) return "has a header that is no description of an array of numbers";
  tensor.offset = begin + length;
  tensor.bytes = end - tensor.offset;
  for (const ArrayType& known : array_types) {
    if (std::strcmp(tensor.type_name.c_str(), known.name) == 0) tensor.type = known.type;
  }
  const auto element = static_cast<std::uint64_t>(exchange::bytes_of(tensor.type));
  if (element > 0 && tensor_bytes(tensor.shape, tensor.rank, element) != tensor.bytes) {
    return "has another number of bytes than its shape asks for";
  }
  return nullptr;
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

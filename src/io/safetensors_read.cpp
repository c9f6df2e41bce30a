#include <cstring>

#include <mica/io/safetensors.hpp>

#include "../exchange/elements.hpp"
#include "json_text.hpp"
#include "short_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

using exchange::ElementType;
using exchange::TensorInFile;

constexpr std::uint64_t length_bytes = 8, longest_header = 16 << 20;
constexpr const char* remainder_suffix = "running_mean_remainder";

struct SafetensorsType {
  const char* name;
  ElementType type;
};
constexpr SafetensorsType safetensors_types[] = {{"F32", ElementType::f32},   {"F64", ElementType::f64},
                                                 {"F16", ElementType::f16},   {"I64", ElementType::i64},
                                                 {"BF16", ElementType::bf16}, {"I32", ElementType::i32}};

Status no_safetensors(const ByteSource& source, const char* why) {
  Status::Message text;
  write_name(text, source.name()) << " is no safetensors file that can be read: " << why << '.';
  return Status::error(text);
}

// SafetensorsHeader: the header, one tensor after the other.
class SafetensorsHeader {
 public:
  SafetensorsHeader(const ByteSource& source, std::uint64_t end)
      : source_(source), text_(source, length_bytes, end), data_(end), data_bytes_(source.size() - end) {}

  Status list(exchange::TensorMatching& matching) {
    if (!text_.takes('{')) return unexpected("an opening brace");
    if (!text_.takes('}')) {
      do {
        if (Status status = entry(matching); !status.ok()) return status;
      } while (text_.takes(','));
      if (!text_.takes('}')) return unexpected("a comma or the closing brace");
    }
    text_.skip_spaces();
    if (text_.peek() != SourceText::nothing) return unexpected("the header's end");
    if (!sizes_known_ || used_ == data_bytes_) return {};
    return no_safetensors(source_, "its tensors do not take up exactly the bytes behind its header");
  }

 private:
  Status unexpected(const char* wanted) {
    Status::Message text;
    text << "at byte " << static_cast<unsigned long long>(text_.at()) << " of the header " << wanted << " was expected";
    return no_safetensors(source_, text.c_str());
  }

  Status entry(exchange::TensorMatching& matching) {
    TensorInFile tensor;
    if (!take_string(text_, tensor.name, tensor.whole_name)) return unexpected("a name in quotes");
    if (!text_.takes(':')) return unexpected("a colon");
    if (!text_.takes('{')) return unexpected("an opening brace");
    if (std::strcmp(tensor.name.c_str(), "__metadata__") == 0) return metadata(matching);
    bool has_type = false, has_shape = false, has_offsets = false;
    do {
      Text<15> key;
      bool whole;
      if (!take_string(text_, key, whole)) return unexpected("a key in quotes");
      if (!text_.takes(':')) return unexpected("a colon");
      const char* const name = whole ? key.c_str() : "";
      if (!has_type && std::strcmp(name, "dtype") == 0) {
        has_type = true;
        if (!take_string(text_, tensor.type_name, whole)) return unexpected("a type in quotes");
      } else if (!has_shape && std::strcmp(name, "shape") == 0) {
        has_shape = true;
        if (!numbers(tensor.shape, TensorInFile::most_extents, tensor.rank)) return unexpected("a list of extents");
      } else if (!has_offsets && std::strcmp(name, "data_offsets") == 0) {
        has_offsets = true;
        if (!offsets(tensor)) return unexpected("the two offsets of bytes that are there");
      } else {
        return unexpected("dtype, shape or data_offsets, each once,");
      }
    } while (text_.takes(','));
    if (!text_.takes('}')) return unexpected("a closing brace");
    if (!has_type || !has_shape || !has_offsets) return unexpected("an entry with dtype, shape and data_offsets");
    return offer(tensor, matching);
  }

  Status offer(TensorInFile& tensor, exchange::TensorMatching& matching) {
    for (const SafetensorsType& known : safetensors_types) {
      if (std::strcmp(tensor.type_name.c_str(), known.name) == 0) tensor.type = known.type;
    }
    const auto element = static_cast<std::uint64_t>(exchange::bytes_of(tensor.type));
    if (element == 0) sizes_known_ = false;
    if (element > 0 && tensor_bytes(tensor.shape, tensor.rank, element) != tensor.bytes) {
      Status::Message text;
      write_name(text, tensor.name.c_str()) << " has another number of bytes than its shape asks for";
      return no_safetensors(source_, text.c_str());
    }
    used_ += tensor.bytes;  // each at most the file's size, and a tensor takes more than one byte of header
    matching.offer(tensor);
    return {};
  }

  // What running means round off stands here as hexadecimal digits; everything else is passed over.
  Status metadata(exchange::TensorMatching& matching) {
    if (text_.takes('}')) return {};
    do {
      TensorInFile tensor;
      if (!take_string(text_, tensor.name, tensor.whole_name)) return unexpected("a key in quotes");
      if (!text_.takes(':')) return unexpected("a colon");
      text_.skip_spaces();
      tensor.offset = text_.at() + 1;
      if (!take_string(text_, [](char) {})) return unexpected("text in quotes");
      tensor.bytes = text_.at() - 1 - tensor.offset;
      tensor.type = ElementType::hexadecimal;
      tensor.type_name << "digits";
      tensor.rank = 1;
      tensor.shape[0] = tensor.bytes % 8 == 0 ? tensor.bytes / 8 : UINT64_MAX;
      const std::size_t length = tensor.name.size(), suffix = std::strlen(remainder_suffix);
      const bool remainder =
          length >= suffix && std::strcmp(tensor.name.c_str() + (length - suffix), remainder_suffix) == 0;
      if (remainder) matching.offer(tensor);
    } while (text_.takes(','));
    return text_.takes('}') ? Status() : unexpected("a closing brace");
  }

  // Up to `most` whole numbers in square brackets.
  bool numbers(std::uint64_t* into, int most, int& count) {
    count = 0;
    if (!text_.takes('[')) return false;
    if (text_.takes(']')) return true;
    do {
      if (count == most || !text_.number(into[count++])) return false;
    } while (text_.takes(','));
    return text_.takes(']');
  }
  bool offsets(TensorInFile& tensor) {
    std::uint64_t from_to[2];
    int count = 0;
    if (!numbers(from_to, 2, count) || count != 2) return false;
    if (from_to[0] > from_to[1] || from_to[1] > data_bytes_) return false;
    tensor.offset = data_ + from_to[0];
    tensor.bytes = from_to[1] - from_to[0];
    return true;
  }

  const ByteSource& source_;
  SourceText text_;
  std::uint64_t data_, data_bytes_;  // where the numbers begin, and how many bytes they are
  std::uint64_t used_ = 0;
  bool sizes_known_ = true;
};

}  // namespace

Status list_safetensors(const ByteSource& source, exchange::TensorMatching& matching) {
  unsigned char bytes[length_bytes];
  if (source.size() < length_bytes || !source.read(0, bytes, length_bytes)) {
    return no_safetensors(source, "it has fewer than 8 bytes");
  }
  const std::uint64_t header = exchange::get_bytes(bytes, length_bytes);
  if (header > source.size() - length_bytes) return no_safetensors(source, "its header is longer than the file");
  if (header > longest_header) return no_safetensors(source, "its header is longer than 16 MB");
  return SafetensorsHeader(source, length_bytes + header).list(matching);
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#include "message.hpp"
#include "read_model.hpp"

namespace mica::onnx {
namespace {

// Field numbers of onnx.proto.
namespace field {
enum Tensor { dims = 1, type = 2, floats = 4, int32 = 5, int64 = 7, name = 8, raw = 9, doubles = 10, location = 14 };
}  // namespace field

std::string sentence(const TensorView& tensor, const std::string& what) {
  return "The tensor " + quoted(tensor.name) + " at byte " + std::to_string(tensor.offset) + " " + what + ".";
}

// A packed list is kept where it lies; what is written one by one is kept as numbers. A file that has both, or more than
// one packed list, has been cut in an unusual way.
template <class TakeLoose>
bool take_packed(ProtobufReader& reader, Bytes& packed, TakeLoose take_loose) {
  if (reader.wire() != ProtobufReader::Wire::bytes || packed.data != nullptr) return take_loose();
  packed = reader.bytes();
  return true;
}

std::string shape_text(const std::vector<std::int64_t>& dims) {
  std::string text;
  for (const std::int64_t extent : dims) text += (text.empty() ? "" : " x ") + std::to_string(extent);
  return dims.empty() ? "a single number" : text;
}

bool check_count(const TensorView& tensor, std::size_t found, std::string& failure) {
  std::size_t expected = 0;
  if (!count_elements(tensor.dims, expected)) {
    failure = sentence(tensor, "has the extents " + shape_text(tensor.dims) + ", which no tensor here can have");
  } else if (expected != found) {
    failure =
        sentence(tensor, "holds " + std::to_string(found) + " numbers, but its extents are " + shape_text(tensor.dims));
  }
  return failure.empty();
}

}  // namespace

bool read_tensor(Bytes message, TensorView& tensor, std::string& failure) {
  tensor.offset = message.offset;
  return for_each_field(message, failure, [&](ProtobufReader& reader) {
    switch (reader.number()) {
      case field::dims:
        return take_integers(reader, tensor.dims, failure);
      case field::type:
        return take_number(reader, tensor.type);
      case field::floats:
        return take_packed(reader, tensor.floats, [&] { return take_floats(reader, tensor.loose_floats, failure); });
      case field::int32:
      case field::int64:
        return take_packed(reader, tensor.integers,
                           [&] { return take_integers(reader, tensor.loose_integers, failure); });
      case field::name:
        return take_text(reader, tensor.name);
      case field::raw:
        if (!reader.is(ProtobufReader::Wire::bytes)) return false;
        tensor.raw = reader.bytes();
        tensor.has_raw = true;
        return true;
      case field::location: {
        std::uint64_t location = 0;
        if (!take_number(reader, location)) return false;
        tensor.elsewhere = location != 0;
        return true;
      }
      default:
        return true;
    }
  });
}

bool count_elements(const std::vector<std::int64_t>& dims, std::size_t& count) {
  constexpr std::uint64_t most = 0x7fffffff;
  std::uint64_t product = 1;
  for (const std::int64_t extent : dims) {
    if (extent < 0 || static_cast<std::uint64_t>(extent) > most) return false;
    product *= static_cast<std::uint64_t>(extent);
    if (product > most) return false;
  }
  count = static_cast<std::size_t>(product);
  return true;
}

bool check_floats(const TensorView& tensor, std::string& failure) {
  if (tensor.elsewhere) {
    failure = sentence(tensor, "has its numbers in another file; write the model with all weights inside");
  } else if (tensor.type != TensorView::float32) {
    failure = sentence(
        tensor, "holds numbers of type " + std::to_string(tensor.type) + ", but weights must be float32 (type 1)");
  }
  if (!failure.empty()) return false;
  const Bytes packed = tensor.has_raw ? tensor.raw : tensor.floats;
  if (packed.size % 4 != 0) {
    failure = sentence(tensor, "holds " + std::to_string(packed.size) + " bytes of float32, which have 4 each");
    return false;
  }
  const std::size_t loose = tensor.has_raw ? 0 : tensor.loose_floats.size();
  return check_count(tensor, packed.size / 4 + loose, failure);
}

bool read_floats(const TensorView& tensor, std::vector<float>& numbers, std::string& failure) {
  if (!check_floats(tensor, failure)) return false;
  const Bytes packed = tensor.has_raw ? tensor.raw : tensor.floats;
  const std::size_t loose = tensor.has_raw ? 0 : tensor.loose_floats.size();
  numbers.resize(packed.size / 4 + loose);
  for (std::size_t i = 0; i < packed.size / 4; ++i) {
    numbers[i] = float_of_bits(little_endian_32(packed.data + 4 * i));
  }
  for (std::size_t i = 0; i < loose; ++i) numbers[packed.size / 4 + i] = tensor.loose_floats[i];
  return true;
}

bool read_integers(const TensorView& tensor, std::vector<std::int64_t>& numbers, std::string& failure) {
  const bool wide = tensor.type == TensorView::int64;
  if (tensor.elsewhere || (!wide && tensor.type != TensorView::int32)) {
    failure = sentence(tensor, "must hold whole numbers (int64 or int32) here");
    return false;
  }
  if (tensor.has_raw) {
    const std::size_t width = wide ? 8 : 4;
    if (tensor.raw.size % width != 0 || tensor.raw.size / width > longest_integers) {
      failure = sentence(tensor, "holds " + std::to_string(tensor.raw.size) + " bytes of whole numbers, which is no " +
                                     "list of at most " + std::to_string(longest_integers));
      return false;
    }
    for (std::size_t at = 0; at < tensor.raw.size; at += width) {
      const std::uint8_t* const bytes = tensor.raw.data + at;
      numbers.push_back(wide ? static_cast<std::int64_t>(little_endian_64(bytes))
                             : static_cast<std::int32_t>(little_endian_32(bytes)));
    }
  } else {
    for (std::size_t position = 0; position < tensor.integers.size;) {
      std::uint64_t number = 0;
      if (numbers.size() == longest_integers || !ProtobufReader::read_varint(tensor.integers, position, number)) {
        failure = sentence(tensor, "holds a list of whole numbers that is too long or ends within a number");
        return false;
      }
      numbers.push_back(static_cast<std::int64_t>(number));
    }
    numbers.insert(numbers.end(), tensor.loose_integers.begin(), tensor.loose_integers.end());
  }
  return check_count(tensor, numbers.size(), failure);
}

}  // namespace mica::onnx

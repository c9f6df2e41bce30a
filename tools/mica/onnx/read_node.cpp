#include "message.hpp"
#include "read_model.hpp"

namespace mica::onnx {
namespace {

// Field numbers of onnx.proto.
namespace field {
enum Node { input = 1, output = 2, name = 3, operation = 4, attribute = 5, domain = 7 };
enum Attribute {
  title = 1,
  number = 2,
  integer = 3,
  text = 4,
  tensor = 5,
  numbers = 7,
  integers = 8,
  texts = 9,
  type = 20
};
}  // namespace field

bool take_list(ProtobufReader& reader, std::vector<std::string_view>& texts, std::string& failure) {
  if (texts.size() == longest_list) {
    failure = "The list at byte " + std::to_string(reader.offset()) + " has too many entries.";
    return false;
  }
  std::string_view text;
  if (!take_text(reader, text)) return false;
  texts.push_back(text);
  return true;
}

bool read_attribute(Bytes message, Attribute& attribute, std::string& failure) {
  return for_each_field(message, failure, [&](ProtobufReader& reader) {
    switch (reader.number()) {
      case field::title:
        return take_text(reader, attribute.name);
      case field::number:
        if (!reader.is(ProtobufReader::Wire::fixed32)) return false;
        attribute.number = float_of_bits(static_cast<std::uint32_t>(reader.value()));
        return true;
      case field::integer:
        return take_integer(reader, attribute.integer);
      case field::text:
        return take_text(reader, attribute.text);
      case field::tensor:
        if (!reader.is(ProtobufReader::Wire::bytes)) return false;
        attribute.tensor = reader.bytes();
        attribute.has_tensor = true;
        return true;
      case field::numbers:
        return take_floats(reader, attribute.numbers, failure);
      case field::integers:
        return take_integers(reader, attribute.integers, failure);
      case field::texts:
        return take_list(reader, attribute.texts, failure);
      case field::type:
        return take_number(reader, attribute.type);
      default:
        return true;
    }
  });
}

}  // namespace

bool read_node(Bytes message, Node& node, std::string& failure) {
  node.offset = message.offset;
  return for_each_field(message, failure, [&](ProtobufReader& reader) {
    switch (reader.number()) {
      case field::input:
        return take_list(reader, node.inputs, failure);
      case field::output:
        return take_list(reader, node.outputs, failure);
      case field::name:
        return take_text(reader, node.name);
      case field::operation:
        return take_text(reader, node.operation);
      case field::domain:
        return take_text(reader, node.domain);
      case field::attribute:
        if (!reader.is(ProtobufReader::Wire::bytes)) return false;
        if (node.attributes.size() == 64) {
          failure = "The node at byte " + std::to_string(message.offset) + " has more than 64 attributes.";
          return false;
        }
        node.attributes.emplace_back();
        return read_attribute(reader.bytes(), node.attributes.back(), failure);
      default:
        return true;
    }
  });
}

const Attribute* Node::find(std::string_view attribute) const {
  for (const Attribute& candidate : attributes) {
    if (candidate.name == attribute) return &candidate;
  }
  return nullptr;
}
std::int64_t Node::integer(std::string_view attribute, std::int64_t otherwise) const {
  const Attribute* const found = find(attribute);
  return found != nullptr ? found->integer : otherwise;
}
float Node::number(std::string_view attribute, float otherwise) const {
  const Attribute* const found = find(attribute);
  return found != nullptr ? found->number : otherwise;
}
std::string_view Node::text(std::string_view attribute, std::string_view otherwise) const {
  const Attribute* const found = find(attribute);
  return found != nullptr ? found->text : otherwise;
}
std::vector<std::int64_t> Node::integers(std::string_view attribute, std::vector<std::int64_t> otherwise) const {
  const Attribute* const found = find(attribute);
  return found != nullptr ? found->integers : otherwise;
}

}  // namespace mica::onnx

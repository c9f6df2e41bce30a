#include "read_model.hpp"

#include "message.hpp"

namespace mica::onnx {
namespace {

// Field numbers of onnx.proto.
namespace field {
enum Model { producer = 2, graph = 7, opset_import = 8, metadata = 14 };
enum Metadata { key = 1, text = 2 };
enum OperatorSet { domain = 1, version = 2 };
enum Graph { node = 1, initializer = 5, input = 11, output = 12, sparse_initializer = 15 };
enum ValueInfo { name = 1, type = 2 };
enum Type { tensor_type = 1 };
enum TensorType { element = 1, shape = 2 };
enum Shape { dimension = 1 };
enum Dimension { value = 1 };
}  // namespace field

bool collect(ProtobufReader& reader, std::vector<Bytes>& messages) {
  if (!reader.is(ProtobufReader::Wire::bytes)) return false;
  messages.push_back(reader.bytes());
  return true;
}

// The lists grow to their lengths at once: a list that doubles would take more than the file is long.
bool read_graph(Bytes message, Model& model, std::string& failure) {
  std::size_t nodes = 0, initializers = 0, inputs = 0, outputs = 0;
  const auto count = [&](ProtobufReader& reader) {
    nodes += reader.number() == field::node;
    initializers += reader.number() == field::initializer;
    inputs += reader.number() == field::input;
    outputs += reader.number() == field::output;
    return true;
  };
  if (!for_each_field(message, failure, count)) return false;
  if (nodes + initializers + inputs + outputs > message.size / 16 + 64 || nodes > most_nodes) {
    failure = "The graph at byte " + std::to_string(message.offset) + " has " + std::to_string(nodes) + " nodes, " +
              std::to_string(initializers) + " initializers, " + std::to_string(inputs) + " inputs and " +
              std::to_string(outputs) + " outputs, which is more than a network that Mica could hold has.";
    return false;
  }
  model.nodes.reserve(nodes);
  model.initializers.reserve(initializers);
  model.inputs.reserve(inputs);
  model.outputs.reserve(outputs);
  return for_each_field(message, failure, [&](ProtobufReader& reader) {
    switch (reader.number()) {
      case field::node:
        return collect(reader, model.nodes);
      case field::initializer:
        return collect(reader, model.initializers);
      case field::input:
        return collect(reader, model.inputs);
      case field::output:
        return collect(reader, model.outputs);
      case field::sparse_initializer:
        failure = "The sparse initializer at byte " + std::to_string(reader.offset()) +
                  " cannot be taken; Mica's weights are dense.";
        return false;
      default:
        return true;
    }
  });
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool read_metadata(Bytes message, Model& model, std::string& failure) {
  Metadata entry;
  const bool read = for_each_field(message, failure, [&](ProtobufReader& reader) {
    if (reader.number() == field::key) return take_text(reader, entry.key);
    return reader.number() != field::text || take_text(reader, entry.value);
  });
  if (!read || !(ends_with(entry.key, ".running_mean_remainder") || ends_with(entry.key, ".num_batches_tracked")))
    return read;
  if (model.statistics.size() == model.statistics.capacity()) {
    failure = "At byte " + std::to_string(message.offset) + " the metadata names more statistics than there can be.";
    return false;
  }
  model.statistics.push_back(entry);
  return true;
}

bool read_operator_set(Bytes message, Model& model, std::string& failure) {
  std::string_view domain;
  std::int64_t version = 0;
  const bool read = for_each_field(message, failure, [&](ProtobufReader& reader) {
    if (reader.number() == field::domain) return take_text(reader, domain);
    if (reader.number() == field::version) return take_integer(reader, version);
    return true;
  });
  if (domain.empty() || domain == "ai.onnx") model.opset = version;
  return read;
}

bool read_shape(Bytes message, ValueInfo& value, std::string& failure) {
  value.has_shape = true;
  return for_each_field(message, failure, [&](ProtobufReader& reader) {
    if (reader.number() != field::dimension) return true;
    if (!reader.is(ProtobufReader::Wire::bytes)) return false;
    if (value.dims.size() == longest_list) {
      failure = "The shape at byte " + std::to_string(message.offset) + " has too many extents.";
      return false;
    }
    std::int64_t extent = -1;
    const bool read = for_each_field(reader.bytes(), failure, [&](ProtobufReader& dimension) {
      return dimension.number() != field::value || take_integer(dimension, extent);
    });
    value.dims.push_back(extent);
    return read;
  });
}

bool read_type(Bytes message, ValueInfo& value, std::string& failure) {
  return for_each_field(message, failure, [&](ProtobufReader& reader) {
    if (reader.number() != field::tensor_type) return true;
    if (!reader.is(ProtobufReader::Wire::bytes)) return false;
    return for_each_field(reader.bytes(), failure, [&](ProtobufReader& tensor) {
      if (tensor.number() == field::element) return take_number(tensor, value.type);
      if (tensor.number() != field::shape) return true;
      return tensor.is(ProtobufReader::Wire::bytes) && read_shape(tensor.bytes(), value, failure);
    });
  });
}

}  // namespace

bool read_model(Bytes file, Model& model, std::string& failure) {
  bool has_graph = false;
  model.statistics.reserve(file.size / 64 + 16);  // each stands beside the numbers of a BatchNorm
  const bool read = for_each_field(file, failure, [&](ProtobufReader& reader) {
    if (reader.number() == field::producer) return take_text(reader, model.producer);
    if (reader.number() != field::graph && reader.number() != field::opset_import && reader.number() != field::metadata)
      return true;
    if (!reader.is(ProtobufReader::Wire::bytes)) return false;
    if (reader.number() == field::metadata) return read_metadata(reader.bytes(), model, failure);
    if (reader.number() == field::opset_import) return read_operator_set(reader.bytes(), model, failure);
    if (has_graph) {
      failure = "At byte " + std::to_string(reader.offset()) + " a second graph begins, and an ONNX model has one.";
      return false;
    }
    has_graph = true;
    return read_graph(reader.bytes(), model, failure);
  });
  if (read && !has_graph)
    failure = "These " + std::to_string(file.size) + " bytes hold no graph, which an ONNX model has.";
  return failure.empty();
}

bool read_value_info(Bytes message, ValueInfo& value, std::string& failure) {
  return for_each_field(message, failure, [&](ProtobufReader& reader) {
    if (reader.number() == field::name) return take_text(reader, value.name);
    if (reader.number() != field::type) return true;
    return reader.is(ProtobufReader::Wire::bytes) && read_type(reader.bytes(), value, failure);
  });
}

}  // namespace mica::onnx

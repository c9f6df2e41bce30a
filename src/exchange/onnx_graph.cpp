#include <mica/exchange/onnx_graph.hpp>

#include "elements.hpp"
#include "onnx_fields.hpp"
#include "protobuf_writer.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {
namespace {

void write_attribute(const OnnxAttribute& attribute, ProtobufWriter& to) {
  to.text(onnx::attribute_name, attribute.name);
  switch (attribute.type) {
    case OnnxAttribute::real:
      to.real(onnx::attribute_real, attribute.value);
      break;
    case OnnxAttribute::integer:
      to.number(onnx::attribute_integer, attribute.numbers[0]);
      break;
    case OnnxAttribute::text:
      to.text(onnx::attribute_text, attribute.word);
      break;
    case OnnxAttribute::integers:
      for (int i = 0; i < attribute.count; ++i) to.number(onnx::attribute_integers, attribute.numbers[i]);
      break;
  }
  to.number(onnx::attribute_type, attribute.type);
}

void put_real(float number, ProtobufWriter& to) {
  unsigned char bytes[4];
  put_bytes(bytes, 4, bits_of(number));
  to.bytes(bytes, 4);
}

}  // namespace

FileName OnnxGraph::name_of_value(OnnxValue value) const {
  FileName name;
  if (value.number == output_) return name << "output";
  if (value.number == 0) return name << "input";
  return name << 'v' << value.number;
}

FileName OnnxGraph::name_of_tensor(const char* suffix) const {
  NamedTensor tensor;
  tensor.suffix = suffix;
  return name_of(placed(tensor));
}

OnnxValue OnnxGraph::node(const char* operation, std::initializer_list<OnnxInput> inputs,
                          std::initializer_list<OnnxAttribute> attributes, int outputs, int skipped) {
  const OnnxValue first{values + 1};
  values += outputs;
  if (pass_ != nodes) return first;
  writer_.message(onnx::graph_node, [&](ProtobufWriter& to) {
    for (const OnnxInput& input : inputs) {
      const FileName name = input.tensor == nullptr ? name_of_value(input.value) : name_of_tensor(input.tensor);
      to.text(onnx::node_input, input.tensor != nullptr && *input.tensor == '\0' ? "" : name.c_str());
    }
    for (int i = 0; i < skipped; ++i) to.text(onnx::node_output, "");
    for (int i = 0; i < outputs; ++i) to.text(onnx::node_output, name_of_value({first.number + i}).c_str());
    to.text(onnx::node_operation, operation);
    for (const OnnxAttribute& attribute : attributes) {
      to.message(onnx::node_attribute, [&](ProtobufWriter& inside) { write_attribute(attribute, inside); });
    }
  });
  return first;
}

template <class Content>
void OnnxGraph::write_tensor(const FileName& name, int type, const int* shape, int rank, int bytes, Content content) {
  if (pass_ != tensors) return;
  std::uint64_t size = static_cast<std::uint64_t>(bytes);
  for (int i = 0; i < rank; ++i) size *= static_cast<std::uint64_t>(shape[i]);
  writer_.message(onnx::graph_initializer, [&](ProtobufWriter& to) {
    for (int i = 0; i < rank; ++i) to.number(onnx::tensor_extent, shape[i]);
    to.number(onnx::tensor_type, type);
    to.text(onnx::tensor_name, name.c_str());
    to.begin(onnx::tensor_bytes, size);
    if (to.counts()) {
      to.count_bytes(size);
    } else {
      content(to);
    }
  });
}

void OnnxGraph::add(const NamedTensor& tensor) {
  if (tensor.kind != TensorKind::numbers) return;
  const NamedTensor whole = placed(tensor);
  write_tensor(name_of(whole), onnx::type_float, whole.shape, whole.rank, 4,
               [&](ProtobufWriter& to) { to.note(write_elements(whole, blocks_, to.sink())); });
}

void OnnxGraph::tensor(const char* name, std::initializer_list<int> shape, std::initializer_list<NamedTensor> pieces) {
  write_tensor(name_of_tensor(name), onnx::type_float, shape.begin(), static_cast<int>(shape.size()), 4,
               [&](ProtobufWriter& to) {
                 for (const NamedTensor& piece : pieces) to.note(write_elements(placed(piece), blocks_, to.sink()));
               });
}

void OnnxGraph::reals(const char* name, std::initializer_list<int> shape, std::initializer_list<float> numbers) {
  write_tensor(name_of_tensor(name), onnx::type_float, shape.begin(), static_cast<int>(shape.size()), 4,
               [&](ProtobufWriter& to) {
                 for (const float number : numbers) put_real(number, to);
               });
}

void OnnxGraph::integers(const char* name, std::initializer_list<int> numbers) {
  const int count = static_cast<int>(numbers.size());
  write_tensor(name_of_tensor(name), onnx::type_integer, &count, 1, 8, [&](ProtobufWriter& to) {
    for (const int number : numbers) {
      unsigned char bytes[8];
      put_bytes(bytes, 8, static_cast<std::uint64_t>(std::int64_t{number}));
      to.bytes(bytes, 8);
    }
  });
}

void OnnxGraph::filled(const char* name, std::initializer_list<int> shape, float (*number)(int i, const void* with),
                       const void* with) {
  int count = 1;
  for (const int extent : shape) count *= extent;
  write_tensor(name_of_tensor(name), onnx::type_float, shape.begin(), static_cast<int>(shape.size()), 4,
               [&](ProtobufWriter& to) {
                 for (int i = 0; i < count; ++i) put_real(number(i, with), to);
               });
}

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#include <mica/io/onnx.hpp>

#include "../exchange/elements.hpp"
#include "../exchange/onnx_fields.hpp"
#include "../exchange/protobuf_writer.hpp"
#include "could_not_write.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

using exchange::NamedTensor;
using exchange::OnnxGraph;
using exchange::ProtobufWriter;
using exchange::TensorKind;
namespace onnx = exchange::onnx;

// A value by name: floats, the batch in front.
void write_value(const char* name, int rank, const int* shape, ProtobufWriter& to) {
  to.text(onnx::value_name, name);
  to.message(onnx::value_type, [&](ProtobufWriter& type) {
    type.message(onnx::type_tensor, [&](ProtobufWriter& tensor) {
      tensor.number(onnx::of_type, onnx::type_float);
      tensor.message(onnx::of_shape, [&](ProtobufWriter& extents) {
        extents.message(onnx::shape_extent, [](ProtobufWriter& batch) { batch.text(onnx::extent_word, "batch"); });
        for (int i = 0; i < rank; ++i) {
          extents.message(onnx::shape_extent,
                          [&](ProtobufWriter& extent) { extent.number(onnx::extent_number, shape[i]); });
        }
      });
    });
  });
}

void write_graph(const OnnxNetwork& network, int output, ProtobufWriter& to) {
  OnnxGraph nodes(to, OnnxGraph::nodes, network.blocks, output);
  network.walk(nodes);
  to.text(onnx::graph_name, network.name);
  OnnxGraph tensors(to, OnnxGraph::tensors, network.blocks, output);
  network.walk(tensors);
  to.message(onnx::graph_input,
             [&](ProtobufWriter& value) { write_value("input", network.input_rank, network.input_shape, value); });
  to.message(onnx::graph_output,
             [&](ProtobufWriter& value) { write_value("output", nodes.output_rank, nodes.output_shape, value); });
}

// Eight hexadecimal digits for each number.
void write_digits(const NamedTensor& tensor, const exchange::Blocks<const float>& blocks, ProtobufWriter& to) {
  to.begin(onnx::entry_value, 8 * static_cast<std::uint64_t>(tensor.count()));
  for (int i = 0; i < tensor.count(); ++i) {
    const std::uint32_t bits = exchange::bits_of(blocks.of(tensor)[tensor.place(i)]);
    for (int shift = 28; shift >= 0; shift -= 4) to.bytes(&"0123456789abcdef"[bits >> shift & 15], 1);
  }
}

// What BatchNorm keeps and ONNX has no place for.
void write_metadata(const OnnxNetwork& network, ProtobufWriter& to) {
  for (int i = 0; i < network.tensors.count; ++i) {
    const NamedTensor& tensor = network.tensors.tensors[i];
    if (tensor.kind == TensorKind::numbers || all_zero(tensor, network.blocks)) continue;
    to.message(onnx::model_metadata, [&](ProtobufWriter& entry) {
      entry.text(onnx::entry_key, exchange::name_of(tensor).c_str());
      if (tensor.kind == TensorKind::remainder) return write_digits(tensor, network.blocks, entry);
      std::uint64_t count = 0;
      exchange::whole_count(network.blocks.of(tensor)[tensor.first], count);
      Text<20> digits;
      digits << static_cast<unsigned long long>(count);
      entry.text(onnx::entry_value, digits.c_str());
    });
  }
}

}  // namespace

Status write_onnx(const OnnxNetwork& network, ByteSink& sink) {
  if (Status status = check_batches(network.tensors, network.blocks); !status.ok()) return status;
  // The first walk finds out what cannot be written, and which value is the output.
  ProtobufWriter nothing(nullptr);
  OnnxGraph first(nothing, OnnxGraph::nodes, network.blocks, -1);
  network.walk(first);
  if (first.refusal.size() > 0) {
    Status::Message text;
    return Status::error(text << first.refusal.c_str());
  }
  ProtobufWriter to(&sink);
  to.number(onnx::model_version, onnx::file_version);
  to.text(onnx::model_producer, "mica");
  to.message(onnx::model_graph, [&](ProtobufWriter& graph) { write_graph(network, first.output.number, graph); });
  to.message(onnx::model_operators, [](ProtobufWriter& operators) {
    operators.text(onnx::operators_domain, "");
    operators.number(onnx::operators_version, onnx::operators_version_written);
  });
  write_metadata(network, to);
  return to.ok() ? Status() : could_not_write(sink);
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

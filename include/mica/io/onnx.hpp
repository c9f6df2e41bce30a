#pragma once

#include <mica/exchange/network_tensors.hpp>
#include <mica/exchange/onnx_layers.hpp>
#include <mica/io/bytes.hpp>
#include <mica/model.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// OnnxNetwork: what the loops of write_onnx need to know. Memory: about 100 bytes.
struct OnnxNetwork {
  const char* name;
  exchange::TensorNames tensors;
  exchange::Blocks<const float> blocks;
  void (*walk)(exchange::OnnxGraph& graph);
  int input_rank;
  const int* input_shape;
};
Status write_onnx(const OnnxNetwork& network, ByteSink& sink);

// save_onnx: a trained network as an ONNX model (operators of version 17), as it predicts: Dropout and noise are left out,
// BatchNorm uses its running averages. Values lie as PyTorch has them, channels first, with the batch free; the input is
// called "input", the result "output", and tensors have the names of docs/pytorch.md. Counts of batches, and what running
// means round off, stand in the model's metadata.
// Memory: about 1.5 KB of stack; the network is walked through four times.
// Errors: a layer that ONNX cannot express, by its name (nothing is then written); a sink that fails.
template <class Net>
Status save_onnx(const Model<Net>& model, ByteSink& sink, const char* name = "Net") {
  using Walk = exchange::OnnxWalk<Net>;
  static constexpr exchange::OnnxShape input = Walk::input();
  return write_onnx({name,
                     exchange::network_tensors<Net>(),
                     {model.parameters(), model.statistics()},
                     Walk::write,
                     input.rank,
                     input.extents},
                    sink);
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

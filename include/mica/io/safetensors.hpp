#pragma once

#include <mica/exchange/load_tensors.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// The loops behind the templates below, compiled once.
Status write_safetensors(exchange::TensorNames tensors, const exchange::Blocks<const float>& blocks, ByteSink& sink);
Status list_safetensors(const ByteSource& source, exchange::TensorMatching& matching);

// save_safetensors: a model as a safetensors file, with PyTorch's names, shapes and layouts (docs/pytorch.md).
// Numbers are floats of 32 bits, bit for bit; num_batches_tracked is an integer. What running_mean rounds off stands in
// the header's metadata, so that a model read back gives the same bits.
// Memory: about 1 KB of stack. Errors: a sink that fails, a count of batches that is no whole number.
template <class Net>
Status save_safetensors(const Model<Net>& model, ByteSink& sink) {
  return write_safetensors(exchange::network_tensors<Net>(), {model.parameters(), model.statistics()}, sink);
}

// load_safetensors: takes a model's numbers from a safetensors file, each by its name. Takes F32; F16 and BF16, which
// fit exactly; F64, rounded. Biases, num_batches_tracked and remainders may be absent and then are 0; tensors that the
// network has no place for are passed over, and told to options.report like all others.
// Memory: about 1.5 KB of stack and 32 bytes for each tensor.
// Errors: no safetensors file, cut short or contradictory; a tensor missing, of another shape or type, or there twice.
// The model then stays as it was; only a source that fails after it was verified can leave it in part overwritten.
template <class Net>
Status load_safetensors(Model<Net>& model, const ByteSource& source, const exchange::LoadOptions& options = {}) {
  return exchange::load_tensors(model, source, options, list_safetensors);
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#pragma once

#include <mica/exchange/load_tensors.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// The loops behind the templates below, compiled once.
Status write_npz(exchange::TensorNames tensors, const exchange::Blocks<const float>& blocks, ByteSink& sink);
Status list_npz(const ByteSource& source, exchange::TensorMatching& matching);

// save_npz: a model as NumPy's archive of arrays, what numpy.load reads and numpy.savez writes, with PyTorch's names,
// shapes and layouts (docs/pytorch.md): <name>.npy for each tensor, stored, not compressed.
// What running_mean rounds off stands in a field of its own of the archive's directory, so that a model read back gives
// the same bits; of norms of more than 16,382 channels it is left out.
// Memory: about 1 KB of stack. Errors: a sink that fails, a count of batches that is no whole number, more than 4 GB.
template <class Net>
Status save_npz(const Model<Net>& model, ByteSink& sink) {
  return write_npz(exchange::network_tensors<Net>(), {model.parameters(), model.statistics()}, sink);
}

// load_npz: takes a model's numbers from NumPy's archive of arrays, each by its name; rules and memory as for
// load_safetensors, and every array's checksum must be right. Takes little-endian floats of 32 bits; of 16 bits, which
// fit exactly; of 64 bits, rounded; in C's order or in Fortran's.
// Errors: those of load_safetensors; an archive that is compressed, encrypted or larger than 4 GB.
template <class Net>
Status load_npz(Model<Net>& model, const ByteSource& source, const exchange::LoadOptions& options = {}) {
  return exchange::load_tensors(model, source, options, list_npz);
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

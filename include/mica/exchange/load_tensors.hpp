#pragma once

#include <mica/exchange/network_tensors.hpp>
#include <mica/exchange/tensor_matching.hpp>
#include <mica/io/bytes.hpp>
#include <mica/model.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// Takes a model's numbers from a file of whatever format: list(source, matching) offers each tensor that the file has.
// Memory: 32 bytes of stack for each tensor of the network. Errors: those of list; a tensor that does not fit.
template <class Net>
Status load_tensors(Model<Net>& model, const io::ByteSource& source, const LoadOptions& options,
                    Status (*list)(const io::ByteSource&, TensorMatching&)) {
  constexpr TensorNames wanted = network_tensors<Net>();
  FoundTensor found[wanted.count > 0 ? wanted.count : 1];
  TensorMatching matching(wanted, found, options);
  Status status = list(source, matching);
  if (status.ok()) status = matching.finish(source);
  if (status.ok()) status = matching.read(source, {model.parameters(), model.statistics()});
  return status;
}

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

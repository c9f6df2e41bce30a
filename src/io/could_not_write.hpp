// What the writers of other programs' formats say when they fail.
#pragma once

#include "../exchange/elements.hpp"
#include "short_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

inline Status could_not_write(const ByteSink& sink) {
  Status::Message text;
  write_name(text, sink.name()) << " could not be written: " << sink.failure() << '.';
  return Status::error(text);
}

// Counts of batches must be integers, because other programs keep them as such.
inline Status check_batches(exchange::TensorNames tensors, const exchange::Blocks<const float>& blocks) {
  for (int i = 0; i < tensors.count; ++i) {
    const exchange::NamedTensor& tensor = tensors.tensors[i];
    std::uint64_t count = 0;
    if (tensor.kind != exchange::TensorKind::batches) continue;
    if (exchange::whole_count(blocks.of(tensor)[tensor.first], count)) continue;
    Status::Message text;
    return Status::error(text << exchange::name_of(tensor).c_str()
                              << " is no whole number of batches, which other programs keep as an integer.");
  }
  return {};
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

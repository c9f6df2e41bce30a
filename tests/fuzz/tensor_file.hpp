// What the fuzz targets of files of tensors have in common.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <mica/io/npz.hpp>
#include <mica/io/safetensors.hpp>
#include <mica/mica.hpp>

#include "tests/fuzz/require.hpp"

namespace fuzz {

// Reads every word that it is told.
struct ReadingReport final : mica::exchange::TensorReport {
  std::size_t read = 0;
  void tensor(const mica::exchange::TensorFate& fate) override {
    read += std::strlen(fate.name) + (fate.type == nullptr ? 0 : std::strlen(fate.type));
    for (int i = 0; i < fate.rank; ++i) read += fate.shape[i] > 0 ? 1 : 0;
  }
};

template <class Load>
void load_tensors(const std::uint8_t* bytes, std::size_t size, Load load) {
  using Net = mica::Sequential<mica::Input<2, 3, 1>, mica::Conv2d<2, 1>, mica::BatchNorm<>, mica::Dense<2>>;
  // A copy on the heap, so that the address sanitizer sees every byte too many.
  auto* const copy = static_cast<std::uint8_t*>(std::malloc(size + (size == 0 ? 1 : 0)));
  if (size > 0) std::memcpy(copy, bytes, size);
  static mica::Model<Net> model;
  model.initialize(1);
  const std::uint64_t before = model.hash();
  ReadingReport report;
  mica::exchange::LoadOptions options;
  options.report = &report;
  options.keep_others = size % 2 == 1;
  const mica::Status status = load(model, mica::io::MemorySource(copy, size, "file"), options);
  if (!status.ok()) {
    const std::size_t length = std::strlen(status.message());
    require(length > 0 && (status.message()[length - 1] == '.' || length == mica::Status::Message::longest));
    require(model.hash() == before);
  }
  std::free(copy);
}

}  // namespace fuzz

#pragma once

#include <mica/layers/normalized_groups.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// InstanceNorm: normalises each channel (the last extent) of each sample by itself over the pixels.
//   y = scale xhat + shift, xhat by the mean and biased variance of the channel's pixels; forward, backward, Params,
//   Stats, Cache and Memory as in NormalizedGroups (normalized_groups.hpp) with as many groups as channels
// Training and test time are the same, with batches of any size.
// Shape: [...pixels][channels], kept.
// Errors: an input with a single pixel does not compile.
// Paper: Ulyanov, Vedaldi, Lempitsky, "Instance normalization", 2016, arXiv:1607.08022.
struct InstanceNorm {
  template <class Input, class T = float>
  struct On : NormalizedGroups<Input, T, Input::extent(Input::rank - 1)> {
    static_assert(Input::size > Input::extent(Input::rank - 1),
                  "mica::InstanceNorm: a single pixel has no variance to normalise by.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "InstanceNorm";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

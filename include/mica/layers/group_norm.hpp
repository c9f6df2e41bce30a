#pragma once

#include <mica/layers/epsilon.hpp>
#include <mica/layers/normalized_groups.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// GroupNorm: normalises each sample by itself, the channels (the last extent) split into groups of neighbours.
//   y = scale xhat + shift, xhat by the mean and biased variance of the group's channels over all pixels; forward,
//   backward, Params, Stats, Cache and Memory as in NormalizedGroups (normalized_groups.hpp)
// Training and test time are the same, with batches of any size. GroupNorm<1> is over the whole sample, with scale and
// shift by channel.
// Another Added, such as Epsilon<1, 1000>, takes the place of 1e-5.
// Shape: [...pixels][channels], kept.
// Errors: groups that do not divide the channels, and groups of a single value, do not compile.
// Paper: Wu, He, "Group normalization", 2018, arXiv:1803.08494.
template <int groups, class Added = Epsilon<>>
struct GroupNorm {
  // At least 1, so that a wrong number is reported once.
  template <class Input>
  static constexpr bool divide = Input::extent(Input::rank - 1) % (groups > 0 ? groups : 1) == 0;

  template <class Input, class T = float>
  struct On : NormalizedGroups<Input, T, (divide<Input> && groups > 0) ? groups : 1, Added> {
    static_assert(divide<Input>, "mica::GroupNorm: the groups must divide the channels (the input's last extent).");
    static_assert(Input::size > groups, "mica::GroupNorm: a group of a single value has no variance to normalise by.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "GroupNorm<" << groups;
    Added::describe_argument(writer, true);
    writer << ">";
  }

  static_assert(groups > 0, "mica::GroupNorm: the number of groups must be at least 1.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

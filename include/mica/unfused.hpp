#pragma once

#include <mica/sequential.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Unfused: a network whose layers all run for themselves, so that what lies between them can be looked at. It has the same
// parameters, files, random numbers and results, bit for bit, and takes more memory and time.
// Memory: none; a type in place of the network's.
template <class Net>
struct Unfused;
template <class First, class... Layers>
struct Unfused<Sequential<First, Layers...>> {
  using Input = typename Sequential<First, Layers...>::Input;
  template <class T>
  using In = ChainOf<true, T, Input, BoundInTurn<T, Input, Layers...>>;
  using Bound = ChainOf<false, float, Input, BoundInTurn<float, Input, Layers...>>;
  using Output = typename Bound::Output;
  using Params = typename Bound::Params;
  using Stats = typename Bound::Stats;

  static constexpr int parameters = parameter_count<Bound>;
  static constexpr int statistics = statistic_count<Bound>;

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    Sequential<First, Layers...>::describe(writer);
  }
  static constexpr std::uint64_t fingerprint() { return Sequential<First, Layers...>::fingerprint(); }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

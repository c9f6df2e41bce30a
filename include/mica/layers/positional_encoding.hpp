#pragma once

#include <cstdint>

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// How far the wave of each column turns from one time step to the next, in 2^-32 of a turn: columns 2 i and 2 i + 1
// turn by 10000^(-2 i / columns) / (2 pi). Computed by the compiler.
template <int columns>
struct WaveTurns {
  std::uint32_t values[columns];
};
template <int columns>
constexpr WaveTurns<columns> make_wave_turns() {
  constexpr double log_of_10000 = 9.2103403719761836, turns_per_radian = 0.15915494309189535;
  WaveTurns<columns> turns{};
  for (int j = 0; j < columns; ++j) {
    // exp(a) = exp(a / 64)^64, with ten terms of the series: exact to 2^-50
    const double a = -log_of_10000 * (j - j % 2) / columns / 64;
    double exponential = 1;
    for (int k = 10; k > 0; --k) exponential = 1 + exponential * a / k;
    for (int k = 0; k < 6; ++k) exponential *= exponential;
    // NOLINTNEXTLINE(bugprone-incorrect-roundings): no number is negative
    turns.values[j] = static_cast<std::uint32_t>(exponential * turns_per_radian * 4294967296.0 + 0.5);
  }
  return turns;
}

// PositionalEncoding: adds to each time step a pattern of waves that tells where it stands, for attention, which sees
// no order by itself.
//   y[t][2 i] = x[t][2 i] + sin(t / 10000^(2 i / features)),   y[t][2 i + 1] = x[t][2 i + 1] + cos of the same
//   dx = dy
// The phase is counted in 2^-32 of a turn, exactly and modulo a turn; sine is a polynomial. The pattern errs by at most
// 1.3e-7 + 7.4e-10 t.
// Shape: [time][features], kept. Params, Stats, Cache: none; works in place. Memory: 4 features bytes of constants.
// Errors: an input without two extents does not compile.
// Paper: Vaswani and others, "Attention is all you need", 2017, arXiv:1706.03762.
struct PositionalEncoding {
  template <class Input, class T = float>
  struct On : LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr int time = Input::extent(0);
    static constexpr int features = Input::size / time;
    static constexpr WaveTurns<features> turns = make_wave_turns<features>();
    static constexpr bool in_place = true;

    template <class Params, class Stats>
    static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Input> y, T*) {
      kernels::add_positions(x.size, time, features, turns.values, x.data, y.data);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Input>,
                         BatchView<T, Input> dy, BatchView<T, Input> dx, StepContext<T>) {
      if (dx.data == nullptr) return;
      for (int i = 0; dx.data != dy.data && i < dx.count(); ++i) dx.data[i] = dy.data[i];
    }
    static_assert(Input::rank == 2, "mica::PositionalEncoding: the input must have two extents: time and features.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "PositionalEncoding";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

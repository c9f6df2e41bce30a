#pragma once

#include <mica/layers/recurrent.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// LSTM: long short-term memory.
//   i_t, f_t, o_t = sigmoid(x_t w + h_{t-1} u + b)        input, forget and output gate, each with its w, u, b
//   g_t = tanh(x_t w_g + h_{t-1} u_g + b_g)               candidate
//   c_t = f_t c_{t-1} + i_t g_t                           memory
//   h_t = o_t tanh(c_t),   h and c before the first step = 0
// backward: with s = tanh(c_t) and a the sums that sigmoid and tanh are applied to,
//   dc_t += dh o (1 - s)(1 + s),   dc_{t-1} = dc_t f,   da_i = dc g i (1 - i),   da_f = dc c_{t-1} f (1 - f)
//   da_g = dc i (1 - g)(1 + g),    da_o = dh s o (1 - o),   dh_{t-1} = dy_{t-1} + da transposed(u)
//   dx_t = da transposed(w),   dw = sum of transposed(x_t) da,   du = sum of transposed(h_{t-1}) da,   db = sum of da
// Each sum before a gate is one chain: from b, the terms of x in order, then those of h. A hidden state, a memory, or a
// gradient on its way back in time, below 2^-100 in magnitude is 0.
// Shape: [time][features] -> [units] (LastState, the state after the last step) or [time][units] (FullSequence).
// Streaming with State and step: see RecurrentOn.
// Params: input_weight [features][4][units] (Xavier normal), hidden_weight [units][4][units] (each gate orthogonal: see
// SimpleRNN), bias [4][units] (0, of the forget gate 1, so that a new layer remembers); gates in the order i, f, g, o.
// From PyTorch: transposed(weight_ih_l0), transposed(weight_hh_l0), bias_ih_l0 + bias_hh_l0. Stats: none.
// Cache: i, f, g, o, c [time][5][units], with LastState also the hidden states [time][units].
// Fan-in and fan-out of each gate: features and units of w, units and units of u.
// Memory: 16 units (features + units + 1) bytes of parameters, 4 batch time units 5 (LastState: 6) in training; scratch
// for 8 time steps.
// Errors: an input without two extents does not compile.
// Paper: Hochreiter, Schmidhuber, "Long short-term memory", 1997, doi:10.1162/neco.1997.9.8.1735; the forget gate:
// Gers, Schmidhuber, Cummins, 2000, doi:10.1162/089976600300015015; its bias: Jozefowicz, Zaremba, Sutskever, "An
// empirical exploration of recurrent network architectures", ICML 2015.
template <int units, class Return = LastState, class InputInitializer = XavierNormal<>,
          class HiddenInitializer = Orthogonal<>>
struct LSTM {
  template <class Input, class T = float>
  struct On : RecurrentOn<kernels::MemoryCell, (units > 0 ? units : 1), Return, InputInitializer, HiddenInitializer,
                          Input, T> {
    using Shared = RecurrentOn<kernels::MemoryCell, (units > 0 ? units : 1), Return, InputInitializer,
                               HiddenInitializer, Input, T>;
    static constexpr int forget_gate = 1;

    static void initialize(typename Shared::Params& params, typename Shared::Stats& stats, Activation next,
                           Random random) {
      Shared::initialize(params, stats, next, random);
      for (int u = 0; u < units; ++u) params.bias(forget_gate, u) = 1;
    }
    static_assert(Input::rank == 2, "mica::LSTM: the input must have two extents: time and features.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    describe_recurrent<Return>(writer, "LSTM", units);
  }

  static_assert(units > 0, "mica::LSTM: the number of units must be at least 1.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

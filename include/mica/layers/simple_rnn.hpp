#pragma once

#include <mica/layers/recurrent.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// SimpleRNN: the plain recurrent layer with tanh.
//   h_t = tanh(x_t w + h_{t-1} u + b),   h before the first step = 0
//   da_t = dh_t (1 - h_t)(1 + h_t),   dh_{t-1} = dy_{t-1} + da_t transposed(u),   dx_t = da_t transposed(w)
//   dw = sum of transposed(x_t) da_t,   du = sum of transposed(h_{t-1}) da_t,   db = sum of da_t
// Each sum before tanh is one chain: from b, the terms of x in order, then those of h. A hidden state, or a gradient on
// its way back in time, below 2^-100 in magnitude is 0.
// Shape: [time][features] -> [units] (LastState, the state after the last step) or [time][units] (FullSequence).
// Streaming with State and step: see RecurrentOn.
// Params: input_weight w [features][1][units] (Xavier normal), hidden_weight u [units][1][units] (orthogonal: the state
// neither shrinks nor grows on its way through time; PyTorch's uniform u shrinks it by about 0.58 at each step),
// bias [1][units] (0). From PyTorch: w, u = transposed(weight_ih_l0), transposed(weight_hh_l0), b = bias_ih_l0 +
// bias_hh_l0. Stats: none. Cache: with LastState the hidden states [time][units], else none (backward reads the
// output).
// Fan-in and fan-out: features and units of w, units and units of u.
// Memory: 4 units (features + units + 1) bytes of parameters, 4 batch time units in training with LastState; scratch
// for 8 time steps.
// Errors: an input without two extents does not compile.
// Paper: Elman, "Finding structure in time", 1990, doi:10.1207/s15516709cog1402_1.
template <int units, class Return = LastState, class InputInitializer = XavierNormal<>,
          class HiddenInitializer = Orthogonal<>>
struct SimpleRNN {
  template <class Input, class T = float>
  struct On : RecurrentOn<kernels::SimpleCell, (units > 0 ? units : 1), Return, InputInitializer, HiddenInitializer,
                          Input, T> {
    static_assert(Input::rank == 2, "mica::SimpleRNN: the input must have two extents: time and features.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    describe_recurrent<Return>(writer, "SimpleRNN", units);
  }

  static_assert(units > 0, "mica::SimpleRNN: the number of units must be at least 1.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

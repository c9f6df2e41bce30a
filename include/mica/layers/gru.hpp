#pragma once

#include <mica/layers/recurrent.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// GRU: gated recurrent unit, the form in which the reset gate is applied after the product with the hidden state.
//   r_t = sigmoid(x_t w_r + h_{t-1} u_r + b_r)           reset gate
//   z_t = sigmoid(x_t w_z + h_{t-1} u_z + b_z)           update gate
//   q_t = h_{t-1} u_n + b_q
//   n_t = tanh(x_t w_n + b_n + r_t q_t)                  candidate
//   h_t = n_t + z_t (h_{t-1} - n_t),   h before the first step = 0
// backward: with a the sums that sigmoid and tanh are applied to,
//   da_n = dh (1 - z)(1 - n)(1 + n),   dq = da_n r,   da_r = da_n q r (1 - r),   da_z = dh (h_{t-1} - n) z (1 - z)
//   dh_{t-1} = dy_{t-1} + dh z + da_r transposed(u_r) + da_z transposed(u_z) + dq transposed(u_n)
//   dx_t = da transposed(w),   dw = sum of transposed(x_t) da,   du likewise with h_{t-1} and (da_r, da_z, dq)
// Each sum is one chain: from its bias, the terms of x in order, then, for r and z, those of h; r q is added to the
// finished chain of n. A hidden state, or a gradient on its way back in time, below 2^-100 in magnitude is 0.
// Shape: [time][features] -> [units] (LastState, the state after the last step) or [time][units] (FullSequence).
// Streaming with State and step: see RecurrentOn.
// Params: input_weight [features][3][units] (Xavier normal), hidden_weight [units][3][units] (each gate orthogonal: see
// SimpleRNN), gates in the order r, z, n; bias [4][units]: b_r, b_z, b_n, b_q (0).
// From PyTorch: transposed(weight_ih_l0), transposed(weight_hh_l0); b_r and b_z are the sums of its two biases, b_n is
// the last third of bias_ih_l0, b_q that of bias_hh_l0. Stats: none.
// Cache: r, z, n, q [time][4][units], with LastState also the hidden states [time][units].
// Fan-in and fan-out of each gate: features and units of w, units and units of u.
// Memory: 4 units (3 features + 3 units + 4) bytes of parameters, 4 batch time units 4 (LastState: 5) in training;
// scratch for 8 time steps.
// Errors: an input without two extents does not compile.
// Paper: Cho and others, "Learning phrase representations using RNN encoder-decoder", 2014, arXiv:1406.1078.
template <int units, class Return = LastState, class InputInitializer = XavierNormal<>,
          class HiddenInitializer = Orthogonal<>>
struct GRU {
  template <class Input, class T = float>
  struct On : RecurrentOn<kernels::GatedCell, (units > 0 ? units : 1), Return, InputInitializer, HiddenInitializer,
                          Input, T> {
    static_assert(Input::rank == 2, "mica::GRU: the input must have two extents: time and features.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    describe_recurrent<Return>(writer, "GRU", units);
  }

  static_assert(units > 0, "mica::GRU: the number of units must be at least 1.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

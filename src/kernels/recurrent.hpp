// The recurrent layers: products over blocks of time steps, then step by step the products with the hidden state and
// the cell's functions.
#pragma once

#include <mica/kernels/recurrent.hpp>

#include "cells.hpp"
#include "reductions.hpp"
#include "transposed.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// One row per sample, `stride` apart; 0: the same for all.
template <class T>
struct Rows {
  T* values;
  long stride;
  T* operator[](int sample) const { return values + sample * stride; }
};

// The hidden states of all samples after step t; before the first step they are `first`.
template <class T>
inline Rows<const T> states_after(HiddenStates<T> h, int t, Rows<const T> first) {
  if (t < 0) return first;
  return {h.values + static_cast<long>(t) * h.time, h.sample};
}

namespace on {

// `slots` time steps fit into the records, which are taken in turns.
template <class P, class Cell>
inline void recurrent_run(const Sequence& s, RecurrentWeights<const typename P::Value> weights,
                          const typename P::Value* x, HiddenStates<typename P::Value> h, typename P::Value* records,
                          int slots, Rows<const typename P::Value> first_h, Rows<const typename P::Value> first_c) {
  using T = typename P::Value;
  const int units = s.units, gates = Cell::gates * units, shared = Cell::shared * units;
  const int record = Cell::record * units;
  const long slot = static_cast<long>(s.samples) * record;
  const Right<T> input = by_rows(weights.input, gates), hidden = by_rows(weights.hidden, gates);
  const Right<T> apart = by_rows(weights.hidden + shared, gates);
  Rows<const T> c_before = first_c;
  for (int t0 = 0; t0 < s.time; t0 += slots) {
    const int steps = s.time - t0 < slots ? s.time - t0 : slots;
    // Every gate begins with its bias and the product with x.
    for (int sample = 0; sample < s.samples; ++sample) {
      const T* const from = x + (static_cast<long>(sample) * s.time + t0) * s.features;
      multiply_within<P>(steps, gates, {1, 0, s.features}, {from, s.features, 1}, input, Start<T>::row(weights.bias),
                         records + static_cast<long>(sample) * record, slot);
    }
    for (int step = 0; step < steps; ++step) {
      T* const at = records + step * slot;
      const Rows<const T> before = states_after<T>(h, t0 + step - 1, first_h);
      // The shared gates go on with the product with h; for the others it begins with its own bias.
      const Strided<T> left = {before.values, before.stride, 1};
      multiply_within<P>(s.samples, shared, {1, 0, units}, left, hidden, Start<T>::matrix(at, record), at, record);
      if (gates > shared) {
        multiply_within<P>(s.samples, gates - shared, {1, 0, units}, left, apart, Start<T>::row(weights.bias + gates),
                           at + gates, record);
      }
      const Rows<T> after = {h.values + static_cast<long>(t0 + step) * h.time, h.sample};
      for (int sample = 0; sample < s.samples; ++sample) {
        CellOn<P, Cell>::forward(
            units, {at + static_cast<long>(sample) * record, before[sample], c_before[sample], after[sample]});
      }
      if (Cell::has_memory) c_before = {at + Cell::biases * units, record};
    }
  }
}

template <class P, class Cell>
void recurrent_forward(const Sequence& s, RecurrentWeights<const typename P::Value> weights, const typename P::Value* x,
                       HiddenStates<typename P::Value> h, typename P::Value* records, typename P::Value* scratch) {
  for (int u = 0; u < s.units; ++u) scratch[u] = 0;
  const bool kept = records != nullptr;
  recurrent_run<P, Cell>(s, weights, x, h, kept ? records : scratch + s.units, kept ? s.time : recurrent_steps(s),
                         {scratch, 0}, {scratch, 0});
}

template <class P, class Cell>
void recurrent_step(int features, int units, RecurrentWeights<const typename P::Value> weights,
                    const typename P::Value* x, typename P::Value* hidden, typename P::Value* memory,
                    typename P::Value* scratch) {
  recurrent_run<P, Cell>({1, 1, features, units}, weights, x, {hidden, 0, 0}, scratch, 1, {hidden, 0}, {memory, 0});
  if (!Cell::has_memory) return;
  for (int u = 0; u < units; ++u) memory[u] = scratch[Cell::biases * units + u];
}

template <class P, class Cell>
void recurrent_backward(const Sequence& s, RecurrentWeights<const typename P::Value> weights,
                        RecurrentWeights<typename P::Value> gradient, const typename P::Value* x,
                        HiddenStates<const typename P::Value> h, const typename P::Value* records, bool full,
                        const typename P::Value* dy, typename P::Value* dx, typename P::Value* scratch) {
  using T = typename P::Value;
  const int units = s.units, gates = Cell::gates * units, shared = Cell::shared * units;
  const int record = Cell::record * units, size = Cell::biases * units;
  const int carried = s.samples * units, block = recurrent_steps(s);
  const long slot = static_cast<long>(s.samples) * size;

  T* const zeros = scratch;
  T* const dh = zeros + units;
  T* const dc = dh + carried;
  T* const d = dc + (Cell::has_memory ? carried : 0);
  T* const hidden_copy = d + block * slot;
  for (T* to = zeros; to < d; ++to) *to = 0;
  const Right<T> to_hidden = by_columns<P>(units, gates, weights.hidden, gates, hidden_copy);
  Right<T> to_input{};
  if (dx != nullptr) {
    T* const input_copy = hidden_copy + transposed_size(units, gates);
    to_input = by_columns<P>(s.features, gates, weights.input, gates, input_copy);
  }
  // The rows of to_hidden that belong to the products that stand apart.
  const Right<T> to_hidden_apart = {to_hidden.values.from(0, shared), to_hidden.padded};

  for (int t0 = (s.time - 1) / block * block; t0 >= 0; t0 -= block) {
    const int steps = s.time - t0 < block ? s.time - t0 : block;
    for (int step = steps - 1; step >= 0; --step) {
      const int t = t0 + step;
      T* const d_at = d + step * slot;
      const Rows<const T> after = states_after<const T>(h, t, {zeros, 0});
      const Rows<const T> before = states_after<const T>(h, t - 1, {zeros, 0});
      for (int sample = 0; sample < s.samples; ++sample) {
        // dh_t = what came back from step t + 1, plus dy_t
        T* const dh_at = dh + sample * units;
        const bool seen = full || t == s.time - 1;
        const T* const dy_at = !seen ? zeros : dy + (full ? static_cast<long>(sample) * s.time + t : sample) * units;
        map<P>(
            units, [](auto a, auto b) { return keep_normal<P>(P::add(a, b)); }, dh_at, dh_at, dy_at);

        const long place = static_cast<long>(t) * s.samples + sample;
        const T* const record_at = records == nullptr ? nullptr : records + place * record;
        const T* const c_before = t == 0 || !Cell::has_memory ? zeros : record_at - s.samples * record + size;
        CellOn<P, Cell>::backward(units, {record_at, after[sample], before[sample], c_before, dh_at,
                                          dc + sample * units, d_at + static_cast<long>(sample) * size});
      }
      if (t == 0) break;
      // dh_{t-1} += d transposed(hidden weights), gate by gate
      const Start<T> start = Start<T>::matrix(dh, units);
      multiply_within<P>(s.samples, units, {1, 0, shared}, {d_at, size, 1}, to_hidden, start, dh, units);
      if (gates > shared) {
        multiply_within<P>(s.samples, units, {1, 0, gates - shared}, {d_at + gates, size, 1}, to_hidden_apart, start,
                           dh, units);
      }
    }

    // dx = d transposed(input weights)
    for (int sample = 0; dx != nullptr && sample < s.samples; ++sample) {
      T* const to = dx + (static_cast<long>(sample) * s.time + t0) * s.features;
      multiply_within<P>(steps, s.features, {1, 0, gates}, {d + static_cast<long>(sample) * size, slot, 1}, to_input,
                         Start<T>::zero(), to, s.features);
    }
    // Gradients of the weights: for each step of the block the samples in order.
    const long per_sample = static_cast<long>(s.time) * s.features;
    multiply_within<P>(s.features, gates, {steps, s.features, s.samples},
                       {x + static_cast<long>(t0) * s.features, 1, per_sample}, by_rows<T>(d, size),
                       Start<T>::matrix(gradient.input, gates), gradient.input, gates);
    const int first = t0 == 0 ? 1 : 0;  // h before the first step is 0
    if (steps > first) {
      const Strided<T> left = {h.values + static_cast<long>(t0 + first - 1) * h.time, 1, h.sample};
      const Depth depth = {steps - first, h.time, s.samples};
      const T* const right = d + first * slot;
      multiply_within<P>(units, shared, depth, left, by_rows<T>(right, size), Start<T>::matrix(gradient.hidden, gates),
                         gradient.hidden, gates);
      if (gates > shared) {
        T* const to = gradient.hidden + shared;
        multiply_within<P>(units, gates - shared, depth, left, by_rows<T>(right + gates, size),
                           Start<T>::matrix(to, gates), to, gates);
      }
    }
    on::add_rows<P>(steps * s.samples, size, d, gradient.bias);
  }
}

}  // namespace on

template <class Cell, class T>
void recurrent_forward(const Sequence& s, RecurrentWeights<const T> weights, const T* x, HiddenStates<T> h, T* records,
                       T* scratch) {
  on::recurrent_forward<PortOf<T>, Cell>(s, weights, x, h, records, scratch);
}
template <class Cell, class T>
void recurrent_step(int features, int units, RecurrentWeights<const T> weights, const T* x, T* hidden, T* memory,
                    T* scratch) {
  on::recurrent_step<PortOf<T>, Cell>(features, units, weights, x, hidden, memory, scratch);
}
template <class Cell, class T>
void recurrent_backward(const Sequence& s, RecurrentWeights<const T> weights, RecurrentWeights<T> gradient, const T* x,
                        HiddenStates<const T> h, const T* records, bool full, const T* dy, T* dx, T* scratch) {
  on::recurrent_backward<PortOf<T>, Cell>(s, weights, gradient, x, h, records, full, dy, dx, scratch);
}

// Row i of the result is row from(i) of what was there; where that row has moved already, it is found by going on.
template <class T>
void interleave_gates(int gates, int rows, int units, T* x) {
  const auto source = [=](int i) { return i % gates * rows + i / gates; };
  for (int i = 0; i < gates * rows; ++i) {
    int from = source(i);
    while (from < i) from = source(from);
    for (int u = 0; u < units; ++u) {
      const T kept = x[i * units + u];
      x[i * units + u] = x[from * units + u];
      x[from * units + u] = kept;
    }
  }
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/recurrent.cpp, double in src/testing/.
#define MICA_INSTANTIATE_RECURRENT_CELL(Cell, T)                                                                       \
  template void recurrent_forward<Cell, T>(const Sequence&, RecurrentWeights<const T>, const T*, HiddenStates<T>, T*,  \
                                           T*);                                                                        \
  template void recurrent_step<Cell, T>(int, int, RecurrentWeights<const T>, const T*, T*, T*, T*);                    \
  template void recurrent_backward<Cell, T>(const Sequence&, RecurrentWeights<const T>, RecurrentWeights<T>, const T*, \
                                            HiddenStates<const T>, const T*, bool, const T*, T*, T*);
#define MICA_INSTANTIATE_RECURRENT(T)            \
  MICA_INSTANTIATE_RECURRENT_CELL(SimpleCell, T) \
  MICA_INSTANTIATE_RECURRENT_CELL(GatedCell, T)  \
  MICA_INSTANTIATE_RECURRENT_CELL(MemoryCell, T) \
  template void interleave_gates<T>(int, int, int, T*);

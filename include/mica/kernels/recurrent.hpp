// The loops of the recurrent layers.
#pragma once

#include <mica/kernels/transposed.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Sizes of one pass: x is [samples][time][features].
struct Sequence {
  int samples, time, features, units;
};

// What tells one recurrent cell from another, in groups of `units` numbers. Each gate has a column in both weight
// matrices. The first `shared` gates add the products with x and with h in one chain; for the others the product with h
// stands apart and has a bias of its own. For each sample and time step a cell makes a record: the gates, the products
// that stand apart, and its memory if it has one.
template <int gate_count, int shared_count, bool memory_kept, bool record_read_again>
struct RecurrentCell {
  static constexpr int gates = gate_count;
  static constexpr int shared = shared_count;
  static constexpr bool has_memory = memory_kept;
  static constexpr bool keeps_record = record_read_again;  // backward reads the records
  static constexpr int biases = 2 * gates - shared;
  static constexpr int record = biases + (has_memory ? 1 : 0);
};
using SimpleCell = RecurrentCell<1, 1, false, false>;  // h
using GatedCell = RecurrentCell<3, 2, false, true>;    // r, z, n, and the product with h in n
using MemoryCell = RecurrentCell<4, 4, true, true>;    // i, f, g, o, and c

// The parameters or their gradient: input [features][gates][units], hidden [units][gates][units], bias [biases][units].
template <class T>
struct RecurrentWeights {
  T* input;
  T* hidden;
  T* bias;
};

// The hidden states: h of sample s after step t lies at values + s * sample + t * time. With time = 0 each takes the
// place of the one before it.
template <class T>
struct HiddenStates {
  T* values;
  int sample, time;
};

// Time steps that are worked on at a time where nothing has to be kept.
constexpr int recurrent_block = 8;
constexpr int recurrent_steps(const Sequence& s) { return s.time < recurrent_block ? s.time : recurrent_block; }

template <class Cell>
constexpr int recurrent_forward_scratch(const Sequence& s) {
  return s.units + recurrent_steps(s) * s.samples * Cell::record * s.units;
}
template <class Cell>
constexpr int recurrent_backward_scratch(const Sequence& s) {
  const int carried = (Cell::has_memory ? 3 : 2) * s.units * s.samples;
  const int gates = Cell::gates * s.units;
  return s.units + carried + recurrent_steps(s) * s.samples * Cell::biases * s.units + transposed_size(s.units, gates) +
         transposed_size(s.features, gates);
}

// All time steps from the state 0. records [time][samples][record][units] are kept for backward; null: in scratch, in
// turns. Hidden states and memories below smallest_kept in magnitude become 0.
template <class Cell, class T>
void recurrent_forward(const Sequence& s, RecurrentWeights<const T> weights, const T* x, HiddenStates<T> h, T* records,
                       T* scratch);
// One time step of one sample from the state (hidden, memory), which becomes the new one; null where the cell has no
// memory. The same bits as within recurrent_forward. The scratch holds record * units numbers.
template <class Cell, class T>
void recurrent_step(int features, int units, RecurrentWeights<const T> weights, const T* x, T* hidden, T* memory,
                    T* scratch);
// Backpropagation through time. dy is [samples][time][units] if it is `full`, else [samples][units], that of the last
// state. Adds to the gradient, overwrites dx, which may be null. Gradients below smallest_kept become 0.
template <class Cell, class T>
void recurrent_backward(const Sequence& s, RecurrentWeights<const T> weights, RecurrentWeights<T> gradient, const T* x,
                        HiddenStates<const T> h, const T* records, bool full, const T* dy, T* dx, T* scratch);

// Turns [gates][rows][units] into [rows][gates][units], in place.
template <class T>
void interleave_gates(int gates, int rows, int units, T* x);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

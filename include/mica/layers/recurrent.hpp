#pragma once

#include <mica/initializers.hpp>
#include <mica/layer.hpp>
#include <mica/slot.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// What a recurrent layer gives on: the state after the last time step, or the states after all of them.
struct LastState {
  static constexpr bool full = false;
  template <int time, int units>
  using Output = Shape<units>;
};
struct FullSequence {
  static constexpr bool full = true;
  template <int time, int units>
  using Output = Shape<time, units>;
};

// RecurrentOn: what SimpleRNN, GRU and LSTM have in common, for one input shape [time][features].
//   forward: for each t the products with x_t and h_{t-1}, then the cell's functions; h before the first step is 0.
//   backward through time, exactly: dh_{t-1} = dy_{t-1} + what came back through step t.
// Streaming: a State and one call of step for each time step give the bits of infer over the whole sequence.
//   Layer::State state;  state.reset();
//   auto h = Layer::step(params, state, x_t, scratch);    // the new hidden state; scratch holds step_scratch numbers
// Params: input_weight [features][gates][units], hidden_weight [units][gates][units], bias [biases][units].
// Cache: the records (see kernels::RecurrentCell), and with LastState the hidden states.
// Memory: State: units numbers, twice that with a memory.
template <class Cell, int units, class Return, class InputInitializer, class HiddenInitializer, class InputShape,
          class T>
struct RecurrentOn : LayerDefaults<RecurrentOn<Cell, units, Return, InputInitializer, HiddenInitializer, InputShape, T>,
                                   InputShape, typename Return::template Output<InputShape::extent(0), units>, T> {
  using Input = InputShape;
  using Output = typename Return::template Output<InputShape::extent(0), units>;
  using Stats = typename LayerDefaults<RecurrentOn, Input, Output, T>::Stats;
  static constexpr int time = Input::extent(0);
  static constexpr int features = Input::size / time;
  static constexpr int gates = Cell::gates;
  // Of one gate: every gate is a map of its own.
  static constexpr Fan input_fan = {features, units};
  static constexpr Fan hidden_fan = {units, units};
  static constexpr bool needs_input = true;
  static constexpr bool needs_output = Return::full;  // the output is the hidden states
  static constexpr Activation activation = {Activation::weights, 0};

  struct Params {
    Tensor<T, features, gates, units> input_weight;
    Tensor<T, units, gates, units> hidden_weight;
    Tensor<T, Cell::biases, units> bias;
    // The biases of several gates are a matrix, but no weights that decay.
    static constexpr bool is_weight[] = {true, true, false};
  };
  static constexpr int record_count = Cell::keeps_record ? time * Cell::record * units : 0;
  static constexpr int state_count = Return::full ? 0 : time * units;
  template <int batch>
  struct Cache : Slot<0, Values<T, batch * record_count>>, Slot<1, Values<T, batch * state_count>> {};

  static constexpr int infer_scratch(int batch) { return kernels::recurrent_forward_scratch<Cell>(sequence(batch)); }
  static constexpr int train_scratch(int batch) {
    const int forward = kernels::recurrent_forward_scratch<Cell>(sequence(batch));
    const int backward = kernels::recurrent_backward_scratch<Cell>(sequence(batch));
    return forward > backward ? forward : backward;
  }

  static void initialize(Params& params, Stats&, Activation next, Random random) {
    InputInitializer::fill(params.input_weight.data(), features, gates * units, input_fan, next, random.fork(0));
    T* const hidden = params.hidden_weight.data();
    for (int gate = 0; gate < gates; ++gate) {
      HiddenInitializer::fill(hidden + gate * units * units, units, units, hidden_fan, next,
                              random.fork(1).fork(static_cast<std::uint32_t>(gate)));
    }
    kernels::interleave_gates(gates, units, units, hidden);
    for (T& bias : params.bias.values) bias = 0;
  }

  static void infer(const Params& params, const Stats&, BatchView<const T, Input> x, BatchView<T, Output> y,
                    T* scratch) {
    kernels::recurrent_forward<Cell, T>(sequence(x.size), weights_of(params), x.data, states_in(y.data), null(),
                                        scratch);
  }

  template <int batch>
  static void forward(const Params& params, Stats&, Cache<batch>& cache, BatchView<const T, Input> x,
                      BatchView<T, Output> y, StepContext<T> context) {
    T* const records = item_at<0>(cache).data();
    T* const states = Return::full ? y.data : item_at<1>(cache).data();
    kernels::recurrent_forward<Cell, T>(sequence(x.size), weights_of(params), x.data,
                                        kernels::HiddenStates<T>{states, time * units, units}, records,
                                        context.scratch);
    for (int i = 0; !Return::full && i < y.count(); ++i) {
      y.data[i] = states[(i / units * time + time - 1) * units + i % units];
    }
  }

  template <int batch>
  static void backward(const Params& params, Params& gradient, const Cache<batch>& cache, BatchView<const T, Input> x,
                       BatchView<const T, Output> y, BatchView<T, Output> dy, BatchView<T, Input> dx,
                       StepContext<T> context) {
    const T* const records = item_at<0>(cache).data();
    const T* const states = Return::full ? y.data : item_at<1>(cache).data();
    const kernels::RecurrentWeights<T> to = {gradient.input_weight.data(), gradient.hidden_weight.data(),
                                             gradient.bias.data()};
    kernels::recurrent_backward<Cell, T>(sequence(x.size), weights_of(params), to, x.data,
                                         kernels::HiddenStates<const T>{states, time * units, units}, records,
                                         Return::full, dy.data, dx.data, context.scratch);
  }

  // What one stream carries from one time step to the next.
  struct State {
    Tensor<T, Cell::has_memory ? 2 : 1, units> values;
    void reset() {
      for (T& value : values.values) value = 0;
    }
    T* hidden() { return values.data(); }
    T* memory() { return Cell::has_memory ? values.data() + units : nullptr; }
  };
  static constexpr int step_scratch = Cell::record * units;

  static BatchView<const T, Shape<units>> step(const Params& params, State& state,
                                               BatchView<const T, Shape<features>> x, T* scratch) {
    kernels::recurrent_step<Cell>(features, units, weights_of(params), x.data, state.hidden(), state.memory(), scratch);
    return {state.hidden(), 1};
  }

 private:
  static constexpr kernels::Sequence sequence(int batch) { return {batch, time, features, units}; }
  static constexpr T* null() { return nullptr; }
  static kernels::RecurrentWeights<const T> weights_of(const Params& params) {
    return {params.input_weight.data(), params.hidden_weight.data(), params.bias.data()};
  }
  // The output as the place of the hidden states; the last one alone is overwritten step by step.
  static kernels::HiddenStates<T> states_in(T* y) {
    return Return::full ? kernels::HiddenStates<T>{y, time * units, units} : kernels::HiddenStates<T>{y, units, 0};
  }
};

// Writes "GRU<32>" or "GRU<32, FullSequence>".
template <class Return, class Writer>
constexpr void describe_recurrent(Writer& writer, const char* name, int units) {
  writer << name << "<" << units << (Return::full ? ", FullSequence>" : ">");
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#pragma once

#include <mica/assert.hpp>
#include <mica/losses/loss.hpp>
#include <mica/model.hpp>
#include <mica/namespace.hpp>
#include <mica/schedule.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Trainer: everything that training needs beside the model, for up to `batch` samples a step.
//   step:  y = net(x),  loss(y, target),  gradient by backpropagation,  clipping,  optimizer
// Every step draws its random numbers from (seed, step), so that training stopped and resumed goes on bit for bit.
// Memory: sizeof(Trainer), all of it named members: gradient (4 bytes per parameter), the optimizer's state, the values
// that backward reads, two gradient buffers and the matrix product's scratch.
template <class Net, class Loss, class Optimizer, int batch>
class Trainer {
  using Bound = typename Net::Bound;
  using Output = typename Net::Output;

 public:
  using Network = Net;
  using Input = typename Net::Input;
  using LossOn = typename Loss::template On<Output, float>;
  using Target = typename LossOn::Target;
  using State = typename Optimizer::template State<Net::parameters>;
  static constexpr int batch_size = batch;
  static_assert(batch > 0, "mica::Trainer: a batch holds at least one sample.");
  static_assert(Net::parameters > 0, "mica::Trainer: this network has nothing to train.");

  Optimizer optimizer;     // its settings
  Schedule schedule;       // multiplies optimizer.learning_rate
  float clip_norm = 0;     // the gradient's norm is cut to this; 0: never
  std::uint64_t seed = 0;  // of dropout and the like

  // One step on 1 to `batch` samples; returns their mean loss before the step.
  float step(Model<Net>& model, BatchView<const float, Input> x, Target target) {
    MICA_ASSERT(x.size > 0 && x.size <= batch && x.size == target.size);
    backpropagate(model, x, target);
    apply(model);
    return last_.mean;
  }

  // Adds this batch's gradient to what the gradient holds; returns the mean loss.
  float backpropagate(Model<Net>& model, BatchView<const float, Input> x, Target target) {
    const int n = x.size;
    const StepContext<float> context{scratch_.data(), Random(seed).fork(static_cast<std::uint32_t>(steps_))};
    const BatchView<float, Output> y(output_.data(), n);
    const BatchView<float, Output> dy(keeps_output ? output_gradient_.data() : output_.data(), n);
    Bound::template forward<batch>(model.params(), model.stats(), cache_, x, y, context);
    last_ = LossOn::evaluate(y, target, dy, scratch_.data());
    Bound::template backward<batch>(model.params(), gradient_, cache_, x, y, dy, {nullptr, n}, context);
    return last_.mean;
  }

  // Takes one optimizer step with the gradient, which is 0 afterwards.
  void apply(Model<Net>& model) {
    float* const gradient = gradients();
    if (clip_norm > 0) {
      const float norm = __builtin_sqrtf(kernels::sum_of_squares(Net::parameters, gradient));
      if (norm > clip_norm) kernels::scale(Net::parameters, clip_norm / norm, gradient);
    }
    optimizer.update(Net::parameters, learning_rate(), gradient, item_at<0>(state_), model.parameters());
    ++steps_;
  }

  // Forgets the gradient, the optimizer's state and the steps taken; the settings stay.
  void reset() {
    for (int i = 0; i < Net::parameters; ++i) gradients()[i] = 0;
    for (int i = 0; i < state_count; ++i) state()[i] = 0;
    steps_ = 0;
  }

  float learning_rate() const { return optimizer.learning_rate * schedule.factor(steps_); }
  float loss() const { return last_.mean; }
  int correct() const { return last_.correct; }
  long steps() const { return steps_; }
  float* gradients() { return reinterpret_cast<float*>(&gradient_); }
  const float* gradients() const { return reinterpret_cast<const float*>(&gradient_); }

  // What a training checkpoint holds.
  static constexpr int state_count = count_of<State, float>();
  float* state() { return reinterpret_cast<float*>(&item_at<0>(state_)); }
  const float* state() const { return reinterpret_cast<const float*>(&item_at<0>(state_)); }
  void resume_at(long steps) { steps_ = steps; }

 private:
  // Where the last layer's backward reads its output, the loss must not write its gradient over it.
  static constexpr bool keeps_output = Bound::needs_output;
  static constexpr int scratch_count = largest({Bound::train_scratch(batch), LossOn::scratch(batch)});

  typename Net::Params gradient_{};
  Slot<0, State> state_{};
  typename Bound::template Cache<batch> cache_;
  Values<float, batch * Output::size> output_;
  Values<float, keeps_output ? batch * Output::size : 0> output_gradient_;
  Values<float, scratch_count> scratch_;
  LossValue<float> last_{};
  long steps_ = 0;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

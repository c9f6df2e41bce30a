#pragma once

#include <type_traits>

#include <mica/assert.hpp>
#include <mica/diagnostics/observed_gradient.hpp>
#include <mica/losses/loss.hpp>
#include <mica/model.hpp>
#include <mica/namespace.hpp>
#include <mica/not_finite.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// TrainingPass: what a Trainer of any kind needs to take a batch through a network and back, at once or in slices:
//   trainer.begin(x, target);                                   // both stay where they are until the step is done
//   while (trainer.advance(model)) look_after_other_things();   // one layer forward, the loss, one layer back, the update
// Self, the trainer, has random_of_batch(), weight_of_batch(n), with_sink(model, use) and end_batch(model, n).
// With an Executor (executor.hpp), trainer.executor = &pool shares each layer's work among its threads, with the same
// bits.
// Memory: the values that backward reads, the outputs, two gradient buffers and the matrix product's scratch; 48 bytes
// about the batch; also what the check for NaN and infinity keeps.
template <class Net, class Loss, int batch, class Executor>
using TrainingScratch = ScratchMemory<Executor,
                                      largest({Net::Bound::train_scratch(batch),
                                               Loss::template On<typename Net::Output, float>::scratch(batch)}),
                                      Net::Bound::shared_scratch(batch)>;

template <class Self, class Net, class Loss, int batch, class Check, class Executor>
class TrainingPass : public NotFiniteWatch<Net, Check>, public TrainingScratch<Net, Loss, batch, Executor> {
 protected:
  using Bound = typename Net::Bound;
  using Output = typename Net::Output;

 public:
  using Network = Net;
  using Input = typename Net::Input;
  using LossOn = typename Loss::template On<Output, float>;
  using Target = typename LossOn::Target;
  using Checks = Check;
  static constexpr int batch_size = batch;
  static_assert(batch > 0, "mica::Trainer: a batch holds at least one sample.");
  static_assert(Net::parameters > 0, "mica::Trainer: this network has nothing to train.");

  // One batch of 1 to `batch` samples; returns their mean loss before the step. One observer, if there is any, sees
  // each layer (diagnostics/observed_gradient.hpp); the bits stay the same.
  template <class ItsNet, class... Observer>
  float step(Model<ItsNet>& model, BatchView<const float, Input> x, Target target, Observer&... observer) {
    constexpr bool fits = std::is_same_v<ItsNet, Net>;
    static_assert(fits, "mica::Trainer: the model is of another network than the trainer.");
    if constexpr (fits) {
      begin(x, target);
      if constexpr (sizeof...(observer) == 0) {
        while (advance(model)) {
        }
      } else {
        observe(model, observer...);
      }
    }
    return loss();
  }
  // The same in slices, with the same bits.
  void begin(BatchView<const float, Input> x, Target target) { start(x, target, self().weight_of_batch(x.size)); }
  // Does one slice; false when the step is done.
  bool advance(Model<Net>& model) {
    if (slice_ < pass_slices) return advance_pass(model);
    if (slice_ == pass_slices) self().end_batch(model, x_.size);
    slice_ = nothing_to_do;
    return false;
  }

  // Of the last batch, before the step.
  float loss() const { return last_.mean; }
  int correct() const { return last_.correct; }

 protected:
  // A whole pass whose gradient counts `weight` times; false if the batch is to be left out.
  bool pass(Model<Net>& model, BatchView<const float, Input> x, Target target, float weight) {
    start(x, target, weight);
    while (slice_ < pass_slices) {
      if (!advance_pass(model)) return false;
    }
    slice_ = nothing_to_do;
    return true;
  }

 private:
  // The slices of a pass: every layer forward, the loss, every layer back that has to be gone back through.
  static constexpr int layers = Bound::layers;
  static constexpr int pass_slices = 2 * layers + 1 - Bound::Plan::first_backward;
  static constexpr int nothing_to_do = pass_slices + 1;

  Self& self() { return static_cast<Self&>(*this); }

  void start(BatchView<const float, Input> x, Target target, float weight) {
    MICA_ASSERT(x.size > 0 && x.size <= batch && x.size == target.size);
    x_ = x;
    target_ = target;
    weight_ = weight;
    random_ = self().random_of_batch();
    slice_ = 0;
  }

  bool advance_pass(Model<Net>& model) {
    const int slice = slice_++;
    const StepContext<float> context{this->scratch(), random_};
    const BatchView<float, Output> y(output_.data(), x_.size);
    if (slice < layers) {
      if (slice == 0 && refuses_input(model)) return false;
      Bound::template forward_slice<batch>(slice, model.params(), model.stats(), cache_, x_, y, context);
    } else if (slice == layers) {
      last_ = LossOn::evaluate(y, target_, output_gradient(), this->numbers());
      if (refuses_loss(model, y, context)) return false;
      if (weight_ != 1) kernels::scale(output_gradient().count(), weight_, output_gradient().data);
    } else {
      self().with_sink(model, [&](auto& sink) {
        Bound::template backward_slice<batch>(2 * layers - slice, model.params(), sink, cache_, x_, y,
                                              output_gradient(), {nullptr, x_.size}, context);
      });
    }
    return true;
  }

  template <class Observer>
  void observe(Model<Net>& model, Observer& observer) {
    observer.before_pass();
    if (!refuses_input(model)) {
      const StepContext<float> context{this->scratch(), random_};
      const BatchView<float, Output> y(output_.data(), x_.size);
      Bound::template forward_watched<batch>(model.params(), model.stats(), cache_, x_, y, context, observer);
      slice_ = layers;
      if (advance_pass(model)) {
        self().with_sink(model, [&](auto& sink) {
          ObservedGradient<Observer, Net, std::remove_reference_t<decltype(sink)>> observed{observer, sink};
          Bound::template backward_into<batch>(model.params(), observed, cache_, x_, y, output_gradient(),
                                               {nullptr, x_.size}, context);
        });
        slice_ = pass_slices;
        advance(model);
      }
    }
    observer.after_pass(model);
  }

  bool refuses_input(Model<Net>& model) {
    if constexpr (Check::looks) {
      this->start_watch(model);
      last_ = {__builtin_nanf(""), 0};
      if (this->find_in_input(x_.size, x_.data, self().steps() + 1)) {
        slice_ = nothing_to_do;
        return true;
      }
    }
    return false;
  }
  bool refuses_loss(Model<Net>& model, BatchView<float, Output> y, StepContext<float> context) {
    if constexpr (Check::looks) {
      if (last_.mean - last_.mean != 0) {
        // Once more, for the loss may have written over the output.
        this->restore(model);
        typename NotFiniteWatch<Net, Check>::Search search{*this, model.parameters(), self().steps() + 1};
        Bound::template forward_watched<batch>(model.params(), model.stats(), cache_, x_, y, context, search);
        this->loss_not_finite(search);
        this->restore(model);
        slice_ = nothing_to_do;
        return true;
      }
    }
    return false;
  }

  BatchView<float, Output> output_gradient() {
    return {keeps_output ? output_gradient_.data() : output_.data(), x_.size};
  }

  // Where the last layer's backward reads its output, the loss must not write its gradient over it.
  static constexpr bool keeps_output = Bound::needs_output;

  typename Bound::template Cache<batch> cache_;
  Values<float, batch * Output::size> output_;
  Values<float, keeps_output ? batch * Output::size : 0> output_gradient_;
  LossValue<float> last_{};
  BatchView<const float, Input> x_{nullptr, 0};
  Target target_{nullptr, 0};
  float weight_ = 1;
  int slice_ = nothing_to_do;
  Random random_{0};
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#pragma once

#include <mica/losses/loss.hpp>
#include <mica/model.hpp>
#include <mica/namespace.hpp>
#include <mica/not_finite.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// TrainingPass: what a Trainer of any kind needs to take a batch through a network and back.
// Memory: the values that backward reads, the outputs, two gradient buffers and the matrix product's scratch; also what
// the check for NaN and infinity keeps.
template <class Net, class Loss, int batch, class Check>
class TrainingPass : public NotFiniteWatch<Net, Check> {
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

  // Of the last batch, before the step.
  float loss() const { return last_.mean; }
  int correct() const { return last_.correct; }

 protected:
  // Forward and loss; false if the batch is to be left out. `step` is counted from 1.
  bool forward(Model<Net>& model, BatchView<const float, Input> x, Target target, Random random, long step) {
    const int n = x.size;
    const StepContext<float> context{scratch_.data(), random};
    const BatchView<float, Output> y(output_.data(), n);
    if constexpr (Check::looks) {
      this->start(model);
      last_ = {__builtin_nanf(""), 0};
      if (this->find_in_input(n, x.data, step)) return false;
    }
    Bound::template forward<batch>(model.params(), model.stats(), cache_, x, y, context);
    last_ = LossOn::evaluate(y, target, output_gradient(n), scratch_.data());
    if constexpr (Check::looks) {
      if (last_.mean - last_.mean != 0) {
        // Once more, for the loss may have written over the output.
        this->restore(model);
        typename NotFiniteWatch<Net, Check>::Search search{*this, model.parameters(), step};
        Bound::template forward_watched<batch>(model.params(), model.stats(), cache_, x, y, context, search);
        this->loss_not_finite(search);
        this->restore(model);
        return false;
      }
    }
    return true;
  }

  template <class Sink>
  void backward(const Model<Net>& model, Sink& sink, BatchView<const float, Input> x, Random random) {
    const int n = x.size;
    Bound::template backward_into<batch>(model.params(), sink, cache_, x, {output_.data(), n}, output_gradient(n),
                                         {nullptr, n}, {scratch_.data(), random});
  }

  BatchView<float, Output> output_gradient(int n) {
    return {keeps_output ? output_gradient_.data() : output_.data(), n};
  }

 private:
  // Where the last layer's backward reads its output, the loss must not write its gradient over it.
  static constexpr bool keeps_output = Bound::needs_output;
  static constexpr int scratch_count = largest({Bound::train_scratch(batch), LossOn::scratch(batch)});

  typename Bound::template Cache<batch> cache_;
  Values<float, batch * Output::size> output_;
  Values<float, keeps_output ? batch * Output::size : 0> output_gradient_;
  Values<float, scratch_count> scratch_;
  LossValue<float> last_{};
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#pragma once

#include <mica/namespace.hpp>
#include <mica/optimizers/optimizer.hpp>
#include <mica/schedule.hpp>
#include <mica/square_root.hpp>
#include <mica/training_pass.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Trainer: everything that training needs beside the model, for up to `batch` samples a step.
//   step:  y = net(x),  loss(y, target),  gradient by backpropagation,  clipping,  optimizer
// With micro_batches = k only every k-th call of step() changes the model, by the gradient's mean over the samples of k
// batches (by its sum, if the loss is a Sum): one step on a batch k times as large, in the memory of one.
// Every step draws its random numbers from (seed, step), so that training stopped and resumed goes on bit for bit.
// Check says what becomes of NaN and infinity (not_finite.hpp). FusedUpdate<Optimizer> stores no gradient of the model.
// Memory: sizeof(Trainer), all of it named members: gradient (4 bytes per parameter), the optimizer's state, and a
// TrainingPass.
template <class Net, class Loss, class Optimizer, int batch, class Check = IgnoreNotFinite, class Executor = OneThread>
class Trainer
    : public TrainingPass<Trainer<Net, Loss, Optimizer, batch, Check, Executor>, Net, Loss, batch, Check, Executor> {
  using Pass = TrainingPass<Trainer, Net, Loss, batch, Check, Executor>;
  friend Pass;

 public:
  using typename Pass::Input;
  using typename Pass::LossOn;
  using typename Pass::Target;
  using State = typename Optimizer::template State<Net::parameters>;

  Optimizer optimizer;     // its settings
  Schedule schedule;       // multiplies optimizer.learning_rate
  float clip_norm = 0;     // the gradient's norm is cut to this; 0: never
  float clip_value = 0;    // before that, each of its numbers is cut to -clip_value ... clip_value; 0: never
  int micro_batches = 1;   // how many batches are one step
  std::uint64_t seed = 0;  // of dropout and the like

  // Takes the step with fewer micro-batches, if any are waiting: at the end of the data.
  void finish_step(Model<Net>& model) {
    if (batches_ == 0) return;
    const float share = static_cast<float>(batch) / static_cast<float>(samples_);
    if (averages() && share != 1) kernels::scale(Net::parameters, share, gradients());
    apply(model);
  }

  // The parts of a step, for loops of one's own. Adds this batch's gradient to what the gradient holds; returns the
  // mean loss.
  float backpropagate(Model<Net>& model, BatchView<const float, Input> x, Target target) {
    this->pass(model, x, target, 1);
    return this->loss();
  }
  // Takes one optimizer step with the gradient as it is, which is 0 afterwards.
  void apply(Model<Net>& model) {
    float* const gradient = gradients();
    batches_ = samples_ = 0;
    if constexpr (Check::looks) {
      if (this->find_in_gradient(gradient, steps_ + 1)) {
        this->restore(model);
        return clear_gradient();
      }
      this->finish();
    }
    if (clip_value > 0) kernels::clip(Net::parameters, clip_value, gradient);
    if (clip_norm > 0) {
      const float norm = square_root(kernels::sum_of_squares(Net::parameters, gradient));
      if (norm > clip_norm) kernels::scale(Net::parameters, clip_norm / norm, gradient);
    }
    const float rate = learning_rate();
    this->scratch().share(Net::parameters, steps_of_update, [&](int first, int count, float*) {
      update_parameters<typename Net::Params>(optimizer, rate, steps_ + 1, first, first, count, gradient + first,
                                              item_at<0>(state_), model.parameters() + first);
    });
    ++steps_;
  }

  // Forgets the gradient, the optimizer's state and the steps taken; the settings stay.
  void reset() {
    clear_gradient();
    for (int i = 0; i < state_count; ++i) state()[i] = 0;
    steps_ = 0;
    batches_ = samples_ = 0;
  }

  float learning_rate() const { return optimizer.learning_rate * schedule.factor(steps_); }
  long steps() const { return steps_; }
  float* gradients() { return reinterpret_cast<float*>(&gradient_); }
  const float* gradients() const { return reinterpret_cast<const float*>(&gradient_); }
  // Micro-batches of a step that is not complete.
  int waiting() const { return batches_; }

  // What a training checkpoint holds.
  static constexpr bool keeps_gradient = true;
  static constexpr int state_count = count_of<State, float>();
  float* state() { return reinterpret_cast<float*>(&item_at<0>(state_)); }
  const float* state() const { return reinterpret_cast<const float*>(&item_at<0>(state_)); }
  void resume_at(long steps) { steps_ = steps; }

 private:
  static constexpr std::uint32_t micro_batch_stream = 0x80000000;
  static constexpr long steps_of_update = 16;  // it takes the time of about so many multiply-adds

  bool averages() const { return micro_batches > 1 && !adds_up<LossOn>; }
  void clear_gradient() {
    for (int i = 0; i < Net::parameters; ++i) gradients()[i] = 0;
  }

  Random random_of_batch() const {
    const Random random = Random(seed).fork(static_cast<std::uint32_t>(steps_));
    return batches_ == 0 ? random : random.fork(micro_batch_stream + static_cast<std::uint32_t>(batches_));
  }
  // A batch that is not full weighs as much less.
  float weight_of_batch(int samples) const {
    return averages() ? static_cast<float>(samples) / static_cast<float>(batch) : 1.0f;
  }
  template <class Use>
  void with_sink(Model<Net>&, Use use) {
    WholeGradient<typename Net::Params> sink{gradient_};
    use(sink);
  }
  void end_batch(Model<Net>& model, int samples) {
    ++batches_;
    samples_ += samples;
    if (batches_ >= micro_batches) finish_step(model);
  }

  typename Net::Params gradient_{};
  Slot<0, State> state_{};
  long steps_ = 0;
  int batches_ = 0, samples_ = 0;  // accumulated for the step
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#pragma once

#include <mica/trainer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// FusedUpdate: in place of an optimizer, Trainer<Net, Loss, FusedUpdate<SGD>, batch> updates each layer as soon as
// backpropagation has passed it. The bits are those of Trainer<Net, Loss, SGD, batch>, and so are its checkpoints; the
// gradient takes the memory of the largest layer's parameters instead of all, and that of a Dense layer only part by
// part. SGD keeps nothing else; other optimizers work as well and keep their state. With batches of one, SGD and
// SGDMomentum take the gradient of Dense layers as the product that it is, so that no number of it is ever stored.
// Such a trainer has no clip_norm and no micro_batches, for which the whole gradient would have to be known.
template <class Optimizer>
struct FusedUpdate {
  using Updates = Optimizer;
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    Optimizer::describe(writer);
  }
};

// Memory: the largest layer's gradient (of a Dense layer about 4 KB of it at most, or 64 KB with batches on a port that
// packs its matrix products), the optimizer's state, and a TrainingPass.
template <class Net, class Loss, class Optimizer, int batch, class Check, class Executor>
class Trainer<Net, Loss, FusedUpdate<Optimizer>, batch, Check, Executor>
    : public TrainingPass<Trainer<Net, Loss, FusedUpdate<Optimizer>, batch, Check, Executor>, Net, Loss, batch, Check,
                          Executor> {
  using Pass = TrainingPass<Trainer, Net, Loss, batch, Check, Executor>;
  friend Pass;
  using Plan = typename Net::Bound::Plan;

 public:
  using typename Pass::Input;
  using typename Pass::Target;
  using State = typename Optimizer::template State<Net::parameters>;

  Optimizer optimizer;     // its settings
  Schedule schedule;       // multiplies optimizer.learning_rate
  float clip_value = 0;    // each number of the gradient is cut to -clip_value ... clip_value; 0: never
  std::uint64_t seed = 0;  // of dropout and the like

  void finish_step(Model<Net>&) {}

  // Forgets the optimizer's state and the steps taken; the settings stay.
  void reset() {
    for (int i = 0; i < state_count; ++i) state()[i] = 0;
    steps_ = 0;
  }

  float learning_rate() const { return optimizer.learning_rate * schedule.factor(steps_); }
  long steps() const { return steps_; }

  // What a training checkpoint holds.
  static constexpr bool keeps_gradient = false;
  static constexpr int state_count = count_of<State, float>();
  float* state() { return reinterpret_cast<float*>(&item_at<0>(state_)); }
  const float* state() const { return reinterpret_cast<const float*>(&item_at<0>(state_)); }
  void resume_at(long steps) { steps_ = steps; }

 private:
  Random random_of_batch() const { return Random(seed).fork(static_cast<std::uint32_t>(steps_)); }
  static constexpr float weight_of_batch(int) { return 1; }
  template <class Use>
  void with_sink(Model<Net>& model, Use use) {
    LayerByLayer sink{*this, model, learning_rate()};
    use(sink);
  }
  void end_batch(Model<Net>&, int) { ++steps_; }

  static constexpr int parameters_before(int layer) {
    int before = 0;
    for (int i = 0; i < layer; ++i) before += Plan::properties[i].parameters;
    return before;
  }
  template <class... Bound>
  static constexpr int largest_gradient(TypeList<Bound...>) {
    return largest({gradient_room<Bound>(batch)...});
  }

  static constexpr int gradient_count = largest_gradient(typename Net::Bound::Parts{});

  // Hands the same memory, which is 0, to one layer after the other, or to one part of a layer after the other.
  struct LayerByLayer {
    static constexpr bool takes_parts = true;
    Trainer& trainer;
    Model<Net>& model;
    float rate;

    template <int i>
    using ParamsAt = typename Net::Bound::template LayerAt<i>::Params;

    template <int i>
    auto& of_layer() {
      if constexpr (std::is_empty_v<ParamsAt<i>>) {
        return Slot<0, ParamsAt<i>>::item;
      } else {
        return *reinterpret_cast<ParamsAt<i>*>(trainer.gradient_.data());
      }
    }
    template <int i>
    void complete() {
      if constexpr (Plan::properties[i].parameters > 0) Parts<i>{*this}.complete(0, Plan::properties[i].parameters);
    }
    template <int i>
    struct Parts {
      static constexpr int room = gradient_count;
      static constexpr int largest_batch = batch;
      static constexpr bool takes_products = batch == 1 && has_update_outer<Optimizer>;
      LayerByLayer& sink;
      float* gradient() { return sink.trainer.gradient_.data(); }
      void complete(int begin, int count) {
        Trainer& its = sink.trainer;
        const int first = parameters_before(i) + begin;
        if (its.clip_value > 0) kernels::clip(count, its.clip_value, gradient());
        update_parameters<ParamsAt<i>>(its.optimizer, sink.rate, its.steps_ + 1, first, begin, count, gradient(),
                                       item_at<0>(its.state_), sink.model.parameters() + first);
      }
      // What is cut has to be there first.
      bool wants_products() const { return sink.trainer.clip_value <= 0; }
      void complete_product(int begin, int rows, int columns, const float* column, const float* row) {
        Trainer& its = sink.trainer;
        const int first = parameters_before(i) + begin;
        its.optimizer.update_outer(rows, columns, sink.rate, column, row, item_at<0>(its.state_),
                                   sink.model.parameters() + first, UpdateContext{its.steps_ + 1, first, true});
      }
    };
    template <int i>
    Parts<i> parts_of() {
      return {*this};
    }
  };

  Values<float, gradient_count> gradient_{};
  Slot<0, State> state_{};
  long steps_ = 0;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#pragma once

#include <type_traits>

#include <mica/layer.hpp>
#include <mica/testing/guarded.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {

// LayerBench: one layer on the bench: everything its passes work on, between guards, and what each pass starts from.
// Memory: about sizeof(Params) * 4 + sizeof(Cache<batch>) + batch * (inputs + outputs) * 4 numbers.
template <class Bound, int batch>
class LayerBench {
 public:
  using T = typename Bound::Value;
  using Input = typename Bound::Input;
  using Output = typename Bound::Output;
  using Params = typename Bound::Params;
  using Stats = typename Bound::Stats;
  using Cache = typename Bound::template Cache<batch>;
  static constexpr int inputs = Input::size;
  static constexpr int outputs = Output::size;
  static constexpr int parameters = parameter_count<Bound>;
  static constexpr int statistics = statistic_count<Bound>;
  static_assert(std::is_trivially_copyable_v<Params> && std::is_trivially_copyable_v<Stats>,
                "mica::check_layer: Params and Stats must be plain structs of numbers.");
  static_assert(!Bound::in_place || inputs == outputs,
                "mica::check_layer: a layer that works in place must have as many outputs as inputs.");

  // What every pass starts from.
  Values<T, batch * inputs> start_x;
  Values<T, batch * outputs> start_dy;
  Params start_params;
  Stats start_stats;
  Random random{0};

  // What a pass works on.
  Guarded<T, batch * inputs> x, dx;
  Guarded<T, batch * outputs> y, dy;
  Sealed<Params> params, gradient;
  Sealed<Stats> stats;
  Sealed<Cache> cache;

  // Puts everything back to the start, for `n` samples from sample `first` on; what a pass has to write is unwritten.
  void reset(int n, int first = 0) {
    samples_ = n;
    first_ = first;
    x.open(n * inputs, start_x.data() + first * inputs);
    dy.open(n * outputs, start_dy.data() + first * outputs);
    y.open(n * outputs);
    dx.open(n * inputs);
    params.open(start_params);
    stats.open(start_stats);
    cache.open();
    clear_gradient();
  }
  void clear_gradient() {
    gradient.open();
    for (int i = 0; i < parameters; ++i) numbers_of<T>(*gradient)[i] = 0;
  }

  void infer(T* to) {
    scratch_.open(Bound::infer_scratch(samples_));
    const Params& const_params = *params;
    const Stats& const_stats = *stats;
    Bound::infer(const_params, const_stats, BatchView<const T, Input>(x.data(), samples_),
                 BatchView<T, Output>(to, samples_), scratch_.data());
  }
  void forward(T* to) {
    scratch_.open(Bound::train_scratch(samples_));
    const Params& const_params = *params;
    Bound::forward(const_params, *stats, *cache, BatchView<const T, Input>(x.data(), samples_),
                   BatchView<T, Output>(to, samples_), StepContext<T>{scratch_.data(), random});
  }
  void backward(const T* from_x, const T* from_y, T* from_dy, T* to_dx) {
    scratch_.open(Bound::train_scratch(samples_));
    const Params& const_params = *params;
    const Cache& const_cache = *cache;
    Bound::backward(const_params, *gradient, const_cache, BatchView<const T, Input>(from_x, samples_),
                    BatchView<const T, Output>(from_y, samples_), BatchView<T, Output>(from_dy, samples_),
                    BatchView<T, Input>(to_dx, samples_), StepContext<T>{scratch_.data(), random});
  }

  int samples() const { return samples_; }
  // The input that x was set to.
  const T* first_x() const { return start_x.data() + first_ * inputs; }
  int scratch_damage() const { return scratch_.damage(); }

 private:
  static constexpr int most_scratch() {
    int most = 0;
    for (int n = 1; n <= batch; ++n) {
      most = Bound::infer_scratch(n) > most ? Bound::infer_scratch(n) : most;
      most = Bound::train_scratch(n) > most ? Bound::train_scratch(n) : most;
    }
    return most;
  }

  Guarded<T, most_scratch()> scratch_;
  int samples_ = 0;
  int first_ = 0;
};

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

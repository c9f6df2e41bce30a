#pragma once

#include <mica/layer.hpp>
#include <mica/testing/bench.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {

// LayerBench: one layer on the bench: everything its passes work on, between guards, and what each pass starts from.
// Memory: about sizeof(Params) * 4 + sizeof(Cache<batch>) + batch * (inputs + outputs) * 4 numbers.
template <class Bound, int batch>
class LayerBench : public BenchState {
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

  // What every pass starts from.
  Values<T, batch * inputs> start_x;
  Values<T, batch * outputs> start_dy;
  Params start_params;
  Stats start_stats;

  // What a pass works on.
  Guarded<T, batch * inputs> x, dx;
  Guarded<T, batch * outputs> y, dy;
  Sealed<Params> params, gradient;
  Sealed<Stats> stats;
  Sealed<Cache> cache;

  // See Bench.
  void reset(int n, int first = 0) { any().reset(n, first); }
  void clear_gradient() { any().clear_gradient(); }
  void infer(T* to) { any().infer(to); }
  void forward(T* to) { any().forward(to); }
  void backward(const T* from_x, const T* from_y, T* from_dy, T* to_dx) {
    any().backward(from_x, from_y, from_dy, to_dx);
  }

  // This bench without its type.
  Bench<T> any() {
    return {
        any_layer<Bound, batch>,    this,           start_x.data(),   start_dy.data(), numbers_of<T>(start_params),
        numbers_of<T>(start_stats), x.numbers(),    dx.numbers(),     y.numbers(),     dy.numbers(),
        scratch_.numbers(),         params.bytes(), gradient.bytes(), stats.bytes(),   cache.bytes(),
    };
  }

 private:
  Guarded<T, most_scratch<Bound>(batch)> scratch_;
};

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

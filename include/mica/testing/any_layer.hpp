#pragma once

#include <cstddef>
#include <type_traits>

#include <mica/batch_view.hpp>
#include <mica/layer.hpp>
#include <mica/namespace.hpp>
#include <mica/rng.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {

// AnyLayer: a layer without its type: what it says of itself, and its passes on pointers (x, y, dy, dx: `samples`
// samples, one after the other). What checks layers is written for it and so compiled once, not for each of them.
// Memory: about 100 bytes, constant.
template <class T>
struct AnyLayer {
  int batch;                                    // a pass takes at most so many samples
  int inputs, outputs, parameters, statistics;  // numbers of one sample, and of the layer
  int most_scratch;                             // numbers that a pass uses at most
  std::size_t cache_bytes;                      // 0 for an empty one
  bool in_place, changes_dy, needs_input, needs_output, trains_differently;

  int (*infer_scratch)(int samples);
  int (*train_scratch)(int samples);
  void (*initialize)(void* params, void* stats, Activation next, Random random);
  void (*infer)(const void* params, const void* stats, const T* x, T* y, int samples, T* scratch);
  void (*forward)(const void* params, void* stats, void* cache, const T* x, T* y, int samples, T* scratch,
                  Random random);
  void (*backward)(const void* params, void* gradient, const void* cache, const T* x, const T* y, T* dy, T* dx,
                   int samples, T* scratch, Random random);
};

// LayerPasses: the passes of one layer as AnyLayer has them, for batches of up to `batch` samples.
// Memory: none.
template <class Bound, int batch>
struct LayerPasses {
  using T = typename Bound::Value;
  using Params = typename Bound::Params;
  using Stats = typename Bound::Stats;
  using Cache = typename Bound::template Cache<batch>;
  using X = BatchView<T, typename Bound::Input>;
  using Y = BatchView<T, typename Bound::Output>;
  using ConstX = BatchView<const T, typename Bound::Input>;
  using ConstY = BatchView<const T, typename Bound::Output>;
  static_assert(std::is_trivially_copyable_v<Params> && std::is_trivially_copyable_v<Stats>,
                "mica::check_layer: Params and Stats must be plain structs of numbers.");
  static_assert(!Bound::in_place || Bound::Input::size == Bound::Output::size,
                "mica::check_layer: a layer that works in place must have as many outputs as inputs.");

  static void initialize(void* params, void* stats, Activation next, Random random) {
    Bound::initialize(*static_cast<Params*>(params), *static_cast<Stats*>(stats), next, random);
  }
  static void infer(const void* params, const void* stats, const T* x, T* y, int samples, T* scratch) {
    Bound::infer(*static_cast<const Params*>(params), *static_cast<const Stats*>(stats), ConstX(x, samples),
                 Y(y, samples), scratch);
  }
  static void forward(const void* params, void* stats, void* cache, const T* x, T* y, int samples, T* scratch,
                      Random random) {
    Bound::forward(*static_cast<const Params*>(params), *static_cast<Stats*>(stats), *static_cast<Cache*>(cache),
                   ConstX(x, samples), Y(y, samples), StepContext<T>{scratch, random});
  }
  static void backward(const void* params, void* gradient, const void* cache, const T* x, const T* y, T* dy, T* dx,
                       int samples, T* scratch, Random random) {
    Bound::backward(*static_cast<const Params*>(params), *static_cast<Params*>(gradient),
                    *static_cast<const Cache*>(cache), ConstX(x, samples), ConstY(y, samples), Y(dy, samples),
                    X(dx, samples), StepContext<T>{scratch, random});
  }
};

template <class Bound>
constexpr int most_scratch(int batch) {
  int most = 0;
  for (int n = 1; n <= batch; ++n) {
    most = Bound::infer_scratch(n) > most ? Bound::infer_scratch(n) : most;
    most = Bound::train_scratch(n) > most ? Bound::train_scratch(n) : most;
  }
  return most;
}

template <class Bound, int batch>
constexpr AnyLayer<typename Bound::Value> any_layer = {
    batch,
    Bound::Input::size,
    Bound::Output::size,
    parameter_count<Bound>,
    statistic_count<Bound>,
    most_scratch<Bound>(batch),
    std::is_empty_v<typename Bound::template Cache<batch>> ? 0 : sizeof(typename Bound::template Cache<batch>),
    Bound::in_place,
    Bound::in_place || Bound::changes_dy,
    Bound::needs_input,
    Bound::needs_output,
    Bound::trains_differently,
    Bound::infer_scratch,
    Bound::train_scratch,
    LayerPasses<Bound, batch>::initialize,
    LayerPasses<Bound, batch>::infer,
    LayerPasses<Bound, batch>::forward,
    LayerPasses<Bound, batch>::backward,
};

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

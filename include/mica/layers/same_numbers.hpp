#pragma once

#include <mica/layer.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// What layers have in common that hand on the same numbers, under the same extents or others: y = x, dx = dy, in place.
template <class Self, class Input, class Output, class T>
struct SameNumbers : LayerDefaults<Self, Input, Output, T> {
  static constexpr bool in_place = true;
  static constexpr bool keeps_values = true;

  template <class Params, class Stats>
  static void infer(const Params&, const Stats&, BatchView<const T, Input> x, BatchView<T, Output> y, T*) {
    kernels::move<T>(x.count(), x.data, y.data);
  }
  template <class Params, class Cache>
  static void backward(const Params&, Params&, const Cache&, BatchView<const T, Input>, BatchView<const T, Output>,
                       BatchView<T, Output> dy, BatchView<T, Input> dx, StepContext<T>) {
    if (dx.data != nullptr) kernels::move<T>(dy.count(), dy.data, dx.data);
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

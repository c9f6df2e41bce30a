// Applies a function of vectors to arrays: whole vectors first, then one partial vector that touches nothing outside.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// y[i] = f(x[i]...). y may be one of the x.
template <class P, class Function, class... Inputs>
inline void map(int n, Function f, typename P::Value* y, const Inputs*... x) {
  int i = 0;
  for (; i + P::lanes <= n; i += P::lanes) P::store(y + i, f(P::load(x + i)...));
  if (i < n) P::store_first(y + i, f(P::load_first(x + i, n - i)...), n - i);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// One layer, or a few in a row, with everything its passes work on.
#pragma once

#include <memory>

#include <mica/mica.hpp>

#include "case.hpp"

namespace benchmarks {

template <class Bound, int batch>
struct LayerMemory {
  alignas(64) typename Bound::Params params;
  alignas(64) typename Bound::Params gradient;
  typename Bound::Stats stats;
  alignas(64) typename Bound::template Cache<batch> cache;
  alignas(64) float x[batch * Bound::Input::size];
  alignas(64) float dx[batch * Bound::Input::size];
  alignas(64) float y[batch * Bound::Output::size];
  alignas(64) float dy[batch * Bound::Output::size];
  alignas(64) float scratch[mica::largest({Bound::train_scratch(batch), Bound::infer_scratch(batch)}) + 1];
};

// Measures both directions of a layer. `steps` are the multiply-adds of one sample forward; 0: its elements count, by
// the larger of its input and output. Its backward passes do two products, or one if it has no parameters.
template <class Bound, int batch, class Measure>
void measure_layer(Measure& measure, Memory memory, const char* kernel, const char* model, const char* shape,
                   double steps) {
  using Held = LayerMemory<Bound, batch>;
  if (!memory.holds(sizeof(Held))) return;
  const auto held = std::make_unique<Held>();
  Bound::initialize(held->params, held->stats, {mica::Activation::rectifier, 0}, mica::Random(1));
  fill(held->x, batch * Bound::Input::size, 1);
  fill(held->dy, batch * Bound::Output::size, 2);
  using Input = typename Bound::Input;
  using Output = typename Bound::Output;
  const mica::BatchView<const float, Input> x(held->x, batch);
  const mica::BatchView<float, Output> y(held->y, batch), dy(held->dy, batch);
  const mica::BatchView<float, Input> dx(held->dx, batch);
  const mica::StepContext<float> context{held->scratch, mica::Random(1)};
  const auto& params = held->params;
  const auto& cache = held->cache;

  const double in = 4.0 * batch * Input::size, out = 4.0 * batch * Output::size, weights = sizeof(held->params);
  const double elements = 1.0 * batch * mica::largest({Input::size, Output::size});
  const bool learns = mica::parameter_count<Bound> > 0;
  Case one{kernel, model, batch, shape, steps > 0 ? "multiply-add" : "element"};
  const auto pass = [&](const char* name, double times, double read, double written, auto f) {
    one.kernel = name;
    one.units = steps > 0 ? times * steps * batch : elements;
    one.flops = steps > 0 ? 2 * one.units : elements;
    one.read = read, one.written = written, one.footprint = read + written;
    measure(one, f);
  };
  char backward[48];
  std::snprintf(backward, sizeof backward, "%s_backward", kernel);
  pass(kernel, 1, in + weights, out, [&] { Bound::forward(params, held->stats, held->cache, x, y, context); });
  pass(backward, learns ? 2 : 1, in + out + weights, in + (learns ? weights : 0), [&] {
    Bound::backward(params, held->gradient, cache, x, mica::BatchView<const float, Output>(held->y, batch), dy, dx,
                    context);
  });
}

}  // namespace benchmarks

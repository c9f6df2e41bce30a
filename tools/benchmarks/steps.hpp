// Whole training steps, and the kernels that such a step cannot do without, called one after the other.
#pragma once

#include <memory>

#include "case.hpp"
#include "tools/models/networks.hpp"

namespace benchmarks {

// Multiply-adds of one sample forward, and those of the first layer, whose input gradient is never computed.
struct Steps {
  double forward, first;
  constexpr double training() const { return 3 * forward - first; }
};
constexpr Steps tiny_steps{64 * 32 + 32 * 10, 64 * 32};
constexpr Steps mlp_steps{784 * 128 + 128 * 10, 784 * 128};
constexpr Steps mlp_bn_steps{784 * 256 + 256 * 128 + 128 * 10, 784 * 256};
constexpr Steps deep50_steps{784 * 100 + 48 * 100 * 100 + 100 * 10, 784 * 100};
constexpr Steps cnn_steps{28 * 28 * 9 * 8 + 14 * 14 * 72 * 16 + 784 * 10, 28 * 28 * 9 * 8};
constexpr Steps lenet5_steps{28 * 28 * 25 * 6 + 100 * 150 * 16 + 400 * 120 + 120 * 84 + 84 * 10, 28 * 28 * 25 * 6};

// in - hidden (ReLU) - out with its optimizer: what a step would cost if nothing came on top of its kernels.
template <int in, int hidden, int out, int batch, class Optimizer>
struct StepParts {
  static constexpr int parameters = (in + 1) * hidden + (hidden + 1) * out;
  float x[batch * in], h[batch * hidden], dh[batch * hidden], y[batch * out], losses[batch];
  float panel[mica::kernels::panel_size + 1];
  float w1[in * hidden], b1[hidden], w2[hidden * out], b2[out];  // one block, like the gradient and the velocity
  float gradient[parameters], velocity[parameters];
  std::uint8_t labels[batch];

  void run() {
    namespace kernels = mica::kernels;
    using Start = kernels::Start<float>;
    float* const scratch = mica::kernels::panel_size > 0 ? panel : nullptr;
    float *const dw1 = gradient, *const db1 = dw1 + in * hidden, *const dw2 = db1 + hidden;
    float* const db2 = dw2 + hidden * out;
    kernels::matmul(batch, hidden, in, x, w1, Start::row(b1), h, scratch);
    kernels::relu(batch * hidden, h, h);
    kernels::matmul(batch, out, hidden, h, w2, Start::row(b2), y, scratch);
    kernels::softmax_cross_entropy(batch, out, y, labels, 1.0f / batch, losses, y);
    losses[0] = kernels::sum(batch, losses);
    kernels::matmul_transposed_a(hidden, out, batch, h, y, Start::matrix(dw2, out), dw2, scratch);
    kernels::add_rows(batch, out, y, db2);
    kernels::matmul_transposed_b(batch, hidden, out, y, w2, Start::zero(), dh, scratch);
    kernels::relu_backward(batch * hidden, h, dh, dh);
    kernels::matmul_transposed_a(in, hidden, batch, x, dh, Start::matrix(dw1, hidden), dw1, scratch);
    kernels::add_rows(batch, hidden, dh, db1);
    update(Optimizer{});
  }
  void update(mica::SGD) { mica::kernels::sgd(parameters, 0.01f, 0.0f, gradient, w1); }
  void update(mica::SGDMomentum) {
    mica::kernels::sgd_momentum(parameters, 0.01f, 0.0f, 0.9f, false, gradient, velocity, w1);
  }
};

template <class Named, int batch, class Measure, class Optimizer = typename Named::Optimizer>
void measure_step(Measure& measure, Memory memory, Steps steps, const char* name = "training_step", Optimizer = {}) {
  using Net = typename Named::Net;
  using Trainer = mica::Trainer<Net, typename Named::Loss, Optimizer, batch>;
  struct Held {
    alignas(64) mica::Model<Net> model;
    alignas(64) Trainer trainer;
  };
  if (!memory.holds(sizeof(Held) + 4.0 * batch * Net::Input::size)) return;
  const auto held = std::make_unique<Held>();
  held->model.initialize(1);
  held->trainer.optimizer = Named::optimizer;
  const Numbers x = numbers(count_of(batch, Net::Input::size), 1);
  const std::vector<std::uint8_t> labels(batch, 3);
  const double bytes = 3.0 * sizeof(held->model);
  const double all = steps.training() * batch;
  measure({name, Named::name, batch, "", "multiply-add", all, 2 * all, bytes, bytes}, [&] {
    held->trainer.step(held->model, {x.data(), batch}, {labels.data(), batch});
  });
}

template <class Named, class Parts, class Measure>
void measure_parts(Measure& measure, Memory memory, Steps steps) {
  if (!memory.holds(sizeof(Parts))) return;
  const auto parts = std::make_unique<Parts>();
  fill(parts->x, sizeof parts->x / sizeof(float), 1);
  fill(parts->w1, sizeof parts->w1 / sizeof(float), 2);
  fill(parts->w2, sizeof parts->w2 / sizeof(float), 3);
  constexpr int batch = Named::batch;
  const double bytes = 12.0 * Parts::parameters;
  const double all = steps.training() * batch;
  measure({"sum_of_parts", Named::name, batch, "", "multiply-add", all, 2 * all, bytes, bytes}, [&] { parts->run(); });
}

template <class Measure>
void measure_steps(Measure& measure, Memory memory) {
  using namespace mica::models;
  measure_parts<Tiny, StepParts<64, 32, 10, Tiny::batch, mica::SGD>>(measure, memory, tiny_steps);
  measure_step<Tiny, Tiny::batch>(measure, memory, tiny_steps);
  measure_parts<Mlp, StepParts<784, 128, 10, Mlp::batch, mica::SGDMomentum>>(measure, memory, mlp_steps);
  measure_step<Mlp, 1>(measure, memory, mlp_steps);
  measure_step<Mlp, 1>(measure, memory, mlp_steps, "fused_step", mica::FusedUpdate<Mlp::Optimizer>{});
  measure_step<Mlp, Mlp::batch>(measure, memory, mlp_steps);
  measure_step<MlpBn, MlpBn::batch>(measure, memory, mlp_bn_steps);
  measure_step<Deep50, Deep50::batch>(measure, memory, deep50_steps);
  measure_step<Cnn, Cnn::batch>(measure, memory, cnn_steps);
  measure_step<Lenet5, Lenet5::batch>(measure, memory, lenet5_steps);
}

}  // namespace benchmarks

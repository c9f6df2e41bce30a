// A small trained model with its trainer and checkpoint, for the tests of checkpoints.
#pragma once

#include <cstdint>
#include <cstring>

#include <doctest/doctest.h>

#include <mica/io/checkpoint.hpp>
#include <mica/mica.hpp>

namespace {

namespace io = mica::io;
using io::TrainingPosition;

// A layer with statistics: passes its input on and keeps a moving average of the batch's first sample.
struct Watch {
  template <class Input, class T = float>
  struct On : mica::LayerDefaults<On<Input, T>, Input, Input, T> {
    struct Stats {
      T average[Input::size];
    };
    template <class Params>
    static void infer(const Params&, const Stats&, mica::BatchView<const T, Input> x, mica::BatchView<T, Input> y, T*) {
      for (int i = 0; i < x.count(); ++i) y.data[i] = x.data[i];
    }
    template <class Params, class Cache>
    static void forward(const Params& params, Stats& stats, Cache&, mica::BatchView<const T, Input> x,
                        mica::BatchView<T, Input> y, mica::StepContext<T> context) {
      for (int i = 0; i < Input::size; ++i) stats.average[i] += (x.data[i] - stats.average[i]) / 8;
      infer(params, stats, x, y, context.scratch);
    }
    template <class Params, class Cache>
    static void backward(const Params&, Params&, const Cache&, mica::BatchView<const T, Input>,
                         mica::BatchView<const T, Input>, mica::BatchView<T, Input> dy, mica::BatchView<T, Input> dx,
                         mica::StepContext<T>) {
      for (int i = 0; dx.data != nullptr && i < dy.count(); ++i) dx.data[i] = dy.data[i];
    }
  };
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Watch";
  }
};

using Net = mica::Sequential<mica::Input<3>, mica::Dense<2>, mica::Tanh, Watch, mica::Dense<2>>;
using Trainer = mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::SGDMomentum, 4>;
using SGDTrainer = mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::SGD, 4>;
static_assert(Net::statistics == 2);

const float samples[4][3] = {{1, -2, 3}, {0, 1, 0}, {-1, 0.5f, 2}, {3, 3, -3}};
const std::uint8_t labels[4] = {0, 1, 1, 0};

template <class SomeTrainer>
void train(mica::Model<Net>& model, SomeTrainer& trainer, int steps) {
  for (int i = 0; i < steps; ++i) trainer.step(model, {&samples[0][0], 4}, {labels, 4});
}

// A trained model, its trainer, and both as a training checkpoint.
struct Trained {
  mica::Model<Net> model;
  Trainer trainer;
  TrainingPosition position = {7, 0, 0x123456789abcdef0, 5, 0.25f};
  unsigned char bytes[512];
  std::size_t size;

  Trained() {
    model = {};
    model.initialize(1);
    trainer.optimizer.nesterov = true;
    trainer.optimizer.weight_decay = 0.001f;
    trainer.schedule = mica::Schedule::cosine(50, 0.1f).warm_up(3);
    trainer.clip_norm = 0.5f;
    trainer.seed = 0xfedcba9876543210;
    train(model, trainer, 5);
    io::MemorySink sink(bytes, sizeof bytes);
    REQUIRE(io::save(model, trainer, position, sink).ok());
    size = sink.used();
  }
};

}  // namespace

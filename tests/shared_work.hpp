// Networks whose layers share their work, trained some steps with an executor: the bits must be those of one thread.
#pragma once

#include <mica/mica.hpp>

#include <cstring>
#include <memory>

namespace mica::testing {

using Products = Sequential<Input<8, 8, 3>, Dense<200>, BatchNorm<>, ReLU, Dropout<1, 4>, Dense<150>, Tanh, Dense<10>>;
using Convolutions = Sequential<Input<12, 12, 4>, Conv2d<24, 3, Same>, GroupNorm<4>, SiLU, DepthwiseConv2d<3, Same>,
                                Conv2d<32, 1>, ReLU, AvgPool2d<2>, Dense<10>>;
using Pooled =
    Sequential<Input<20, 20, 1>, Conv2d<8, 5, Same>, ReLU, MaxPool2d<2>, Conv2d<16, 3>, ReLU, MaxPool2d<2>, Dense<10>>;
using Composites =
    Sequential<Input<10, 10, 4>, Residual<Shortcut<Conv2d<16, 1>>, Conv2d<16, 3, Same>, BatchNorm<>, ReLU>,
               Concat<Branch<Conv2d<8, 3, Same>>, Branch<Frozen<Conv2d<8, 1>>, ReLU>>, GlobalAvgPool, Dense<10>>;

// A hash of the weights after 6 steps and of what a Predictor with the same executor then says.
template <class Net, class Optimizer, class Executor>
std::uint64_t hash_after_training(Executor* executor, int batch_size = 40) {
  constexpr int batch = 40;
  using ItsTrainer = Trainer<Net, SoftmaxCrossEntropy, Optimizer, batch, IgnoreNotFinite, Executor>;
  const auto model = std::make_unique<Model<Net>>();
  const auto trainer = std::make_unique<ItsTrainer>();
  const auto predict = std::make_unique<Predictor<Net, batch, Executor>>();
  if constexpr (Executor::most_threads > 1) trainer->executor = predict->executor = executor;
  const auto x = std::make_unique<float[]>(std::size_t{batch} * Net::Input::size);
  float y[batch * 10];
  std::uint8_t labels[batch];
  model->initialize(3);
  trainer->seed = 4;
  for (int step = 0; step < 6; ++step) {
    const Random random = Random(7).fork(static_cast<std::uint32_t>(step));
    for (int i = 0; i < batch * Net::Input::size; ++i) x[i] = random.uniform(static_cast<std::uint32_t>(i)) - 0.5f;
    for (int i = 0; i < batch; ++i) labels[i] = static_cast<std::uint8_t>((i * 7 + step) % 10);
    trainer->step(*model, {x.get(), batch_size}, {labels, batch_size});
  }
  (*predict)(*model, {x.get(), batch_size}, {y, batch_size});
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto take = [&](float value) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    hash = (hash ^ bits) * 0x100000001b3;
  };
  for (int i = 0; i < Net::parameters; ++i) take(model->parameters()[i]);
  for (int i = 0; i < Net::statistics; ++i) take(model->statistics()[i]);
  for (int i = 0; i < batch_size * 10; ++i) take(y[i]);
  return hash;
}

}  // namespace mica::testing

// The promise of the same bits everywhere for networks of every kind of layer: the hash of the weights after 100 steps
// on synthetic digits. Batches are small so that an emulator has little to do.
#include <doctest/doctest.h>

#include "bits.hpp"

using tests::check_hash;
using tests::Training;

namespace {

using mica::BatchNorm;
using mica::Conv2d;
using mica::Dense;
using mica::MaxPool2d;
using mica::ReLU;
using mica::Same;

using Cnn = mica::Sequential<mica::Input<28, 28, 1>, Conv2d<8, 3, Same>, ReLU, MaxPool2d<2>, Conv2d<16, 3, Same>, ReLU,
                             MaxPool2d<2>, Dense<10>>;
using MlpBn = mica::Sequential<mica::Input<28, 28, 1>, Dense<256>, BatchNorm<>, ReLU, mica::Dropout<1, 5>, Dense<128>,
                               BatchNorm<>, ReLU, Dense<10>>;
// Strided, depthwise and residual convolutions.
using Blocks = mica::Sequential<mica::Input<14, 14, 1>, Conv2d<12, mica::rectangle(5, 4), Same, 2>, BatchNorm<>, ReLU,
                                mica::DepthwiseConv2d<3, Same>, BatchNorm<>, ReLU,
                                mica::Residual<mica::Shortcut<Conv2d<20, 1, Same, 2>>, Conv2d<20, 3, Same, 2>,
                                               BatchNorm<>, ReLU, Conv2d<20, 3, Same>, BatchNorm<>>,
                                ReLU, mica::SpatialDropout<1, 5>, mica::GlobalAvgPool, Dense<10>>;
// The rows of an image as a sequence.
using Reader = mica::Sequential<mica::Input<14, 14>, mica::GRU<12, mica::FullSequence>, mica::LayerNorm<>,
                                mica::SelfAttention<3>, mica::LSTM<10>, Dense<10>>;

Training<Cnn, mica::SGDMomentum, 8> cnn;
Training<MlpBn, mica::SGDMomentum, 8> mlp_bn;
Training<Blocks, mica::Adam, 8> blocks;
Training<Reader, mica::Adam, 8> reader;

template <class Its>
void check_training(const char* what, Its& training, float learning_rate, float largest_loss, std::uint64_t expected) {
  using Trainer = decltype(training.trainer);
  constexpr int steps = 100;
  const auto digits =
      mica::SyntheticDigits<typename Trainer::Input>::training(steps * Trainer::batch_size, tests::seed);
  training.trainer.optimizer.learning_rate = learning_rate;
  check_hash(what, training.run(digits), expected);
  CHECK(training.trainer.steps() == steps);
  CHECK(training.loss < largest_loss);
}

}  // namespace

TEST_CASE("cnn, 100 steps") { check_training("cnn", cnn, 0.01f, 1.7f, 0xae093dbcfd59bf22); }

TEST_CASE("mlp_bn, 100 steps") { check_training("mlp_bn", mlp_bn, 0.01f, 1.7f, 0x7cd1095870482ed2); }

TEST_CASE("depthwise and residual convolutions, 100 steps") {
  check_training("blocks", blocks, 0.01f, 2.1f, 0x9f433987e7640a5b);
}

TEST_CASE("recurrence and attention, 100 steps") { check_training("reader", reader, 0.01f, 2.2f, 0x72f8a03eacd9baaa); }

// The types that docs/choosing.md recommends to begin with, one for each case.
#include <cstdio>

#include <mica/mica.hpp>

namespace plain {

using Net = mica::Sequential<mica::Input<28, 28, 1>, mica::Dense<128>, mica::ReLU, mica::Dense<10>>;
using Trainer = mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::SGDMomentum, 32>;

}  // namespace plain

namespace deep {

using Block = mica::Residual<mica::LayerNorm<>, mica::Dense<50>, mica::ReLU>;
using Net = mica::Sequential<mica::Input<28, 28, 1>, mica::Dense<50>, mica::ReLU, Block, Block, Block, mica::Dense<10>>;
using Trainer = mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::SGDMomentum, 32>;

}  // namespace deep

namespace images {

using Net = mica::Sequential<mica::Input<28, 28, 1>, mica::Conv2d<8, 3, mica::Same>, mica::ReLU, mica::MaxPool2d<2>,
                             mica::Conv2d<16, 3, mica::Same>, mica::ReLU, mica::MaxPool2d<2>, mica::Dense<10>>;
using Trainer = mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::Adam, 32>;

}  // namespace images

namespace sequences {

using Net = mica::Sequential<mica::Input<40, 2>, mica::LSTM<16>, mica::Dense<4>>;
using Trainer = mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::Adam, 32>;

}  // namespace sequences

namespace device {

// On the PC with BatchNorm<>, on the device with its averages as they are, one sample at a time.
template <class Norm>
using Net = mica::Sequential<mica::Input<28, 28, 1>, mica::Conv2d<8, 3, mica::Same, 2>, Norm, mica::ReLU,
                             mica::Conv2d<16, 3, mica::Same, 2>, Norm, mica::ReLU, mica::Dense<10>>;
using OnPc = Net<mica::BatchNorm<>>;
using OnDevice = Net<mica::BatchNorm<mica::FrozenAverages>>;
using Trainer = mica::Trainer<OnDevice, mica::SoftmaxCrossEntropy, mica::FusedUpdate<mica::SGD>, 1>;

}  // namespace device

namespace tuning {

using Tuned = mica::FreezeFirst<6, images::Net>;  // all but the last layer
using Trainer = mica::Trainer<Tuned, mica::SoftmaxCrossEntropy, mica::FusedUpdate<mica::SGD>, 1>;

}  // namespace tuning

static mica::Model<images::Net> trained;
static mica::Model<tuning::Tuned> tuned;
static mica::Model<device::OnPc> from_pc;
static mica::Model<device::OnDevice> on_device;

int main() {
  trained.initialize(/*seed*/ 1);
  mica::copy_weights(trained, tuned);
  from_pc.initialize(/*seed*/ 1);
  mica::copy_weights(from_pc, on_device);

  // A cosine over all steps, and clipping for recurrent layers.
  static sequences::Trainer trainer;
  trainer.optimizer.learning_rate = 0.01f;
  trainer.schedule = mica::Schedule::cosine(/*steps*/ 1000);
  trainer.clip_norm = 1;

  std::printf("bytes to train: plain %zu, deep %zu, images %zu, sequences %zu, on a device %zu, its last layer %zu\n",
              sizeof(plain::Trainer), sizeof(deep::Trainer), sizeof(images::Trainer), sizeof(sequences::Trainer),
              sizeof(device::Trainer), sizeof(tuning::Trainer));
}

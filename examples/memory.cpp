// What each byte of a network is: the sums of docs/memory.md, checked by the compiler.
// To change: Net, and the numbers that follow from it.
#include <cstdio>
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<32>, mica::ReLU, mica::Dense<10>>;
using Loss = mica::SoftmaxCrossEntropy;

// Weights [64][32] and [32][10], one bias for each output.
static_assert(Net::parameters == 64 * 32 + 32 + 32 * 10 + 10);
static_assert(sizeof(mica::Model<Net>) == 4 * Net::parameters);

// BatchNorm learns a scale and a shift for each channel, and keeps three numbers for each and a count of batches.
using Normalized =
    mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<32>, mica::BatchNorm<>, mica::ReLU, mica::Dense<10>>;
static_assert(sizeof(mica::Model<Normalized>) == sizeof(mica::Model<Net>) + 4 * (2 * 32) + 4 * (3 * 32 + 1));

// One sample at a time: the 32 numbers between the two Dense layers. ReLU works in their place.
static_assert(sizeof(mica::Predictor<Net>) == 4 * 32);

// The gradient is as large as the parameters. A sample adds the 32 numbers that the way back reads, its 10 outputs, and
// 32 for the gradient on its way. The panel is where matrix products put a block in order; the rest are settings.
template <class Optimizer, int batch>
using TrainerOf = mica::Trainer<Net, Loss, Optimizer, batch>;
constexpr std::size_t gradient = 4 * Net::parameters, sample = 4 * (32 + 10 + 32), settings = 160;
constexpr std::size_t panel = 4 * mica::kernels::panel_size;
static_assert(sizeof(TrainerOf<mica::SGD, 8>) <= gradient + 8 * sample + panel + settings);
static_assert(sizeof(TrainerOf<mica::SGD, 9>) - sizeof(TrainerOf<mica::SGD, 8>) == sample);

// What an optimizer remembers of each parameter: momentum one number, Adam two.
static_assert(sizeof(TrainerOf<mica::SGDMomentum, 8>) - sizeof(TrainerOf<mica::SGD, 8>) == 4 * Net::parameters);
static_assert(sizeof(TrainerOf<mica::Adam, 8>) - sizeof(TrainerOf<mica::SGD, 8>) <= 8 * Net::parameters + 16);

// Without a stored gradient: each part of it is used as soon as it is there.
static_assert(sizeof(TrainerOf<mica::FusedUpdate<mica::SGD>, 1>) < sizeof(TrainerOf<mica::SGD, 1>) / 2 + panel);

int main() {
  std::printf("bytes            \n");
  std::printf("Model            %6zu\n", sizeof(mica::Model<Net>));
  std::printf("Predictor        %6zu\n", sizeof(mica::Predictor<Net>));
  std::printf("Trainer, SGD, 8  %6zu\n", sizeof(TrainerOf<mica::SGD, 8>));
  std::printf("Trainer, Adam, 8 %6zu\n", sizeof(TrainerOf<mica::Adam, 8>));
  std::printf("Trainer, fused, 1%6zu\n", sizeof(TrainerOf<mica::FusedUpdate<mica::SGD>, 1>));
}

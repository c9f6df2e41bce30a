// What the other files here get wrong about images and sequences, done right.
#include <mica/mica.hpp>

namespace {

using Image = mica::Sequential<mica::Input<28, 7, 1>, mica::Conv2d<8, 5, mica::Pad<1>>, mica::ReLU,
                               mica::DepthwiseConv2d<3, mica::Same, 1, 2>, mica::ReLU, mica::Conv2d<12, 1>, mica::ReLU,
                               mica::MaxPool2d<2, 2, mica::DropBorder>, mica::ConvTranspose2d<4, 3, mica::Pad<1>, 2, 1>,
                               mica::AvgPool2d<2>, mica::Upsample2d<2>, mica::ZeroPad2d<1>, mica::GlobalAvgPool>;
using Sequence = mica::Sequential<mica::Input<126, 6>, mica::Conv1d<8, 7, mica::Same>, mica::MaxPool1d<2>,
                                  mica::AvgPool1d<4, 4, mica::DropBorder>, mica::Flatten, mica::Dense<6>>;
static_assert(std::is_same_v<Image::Bound::Output, mica::Shape<4>>, "");

mica::Trainer<Image, mica::SoftmaxCrossEntropy, mica::SGD, 4> image;
mica::Trainer<Sequence, mica::SoftmaxCrossEntropy, mica::SGD, 4> sequence;

}  // namespace

int main() { return sizeof image > sizeof sequence ? 0 : 1; }

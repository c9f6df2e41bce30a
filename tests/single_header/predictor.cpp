// What a board needs of Mica: a network whose weights lie in flash, and a prediction.
#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<8, 8, 1>, mica::Conv2d<4, 3, mica::Same>, mica::ReLU, mica::MaxPool2d<2>,
                             mica::Dense<10>, mica::Softmax>;

static const mica::Model<Net> model = {};
static mica::Predictor<Net> predict;
static_assert(sizeof(predict) < 4 * 1024);

int main() {
  mica::Tensor<float, 8, 8, 1> image;
  mica::Tensor<float, 10> chances;
  predict(model, image, chances);
  return chances[0] > 0.0f ? 0 : 1;
}

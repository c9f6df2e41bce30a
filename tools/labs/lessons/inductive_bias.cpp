// A fully connected and a convolutional net with as many parameters, on digits that stand anywhere in the image.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

using Cnn = Sequential<Input<28, 28, 1>, Conv2d<8, 5, Same>, ReLU, MaxPool2d<4>, Conv2d<16, 5, Same>, ReLU,
                       MaxPool2d<7>, Dense<40>, ReLU, Dense<10>>;
using Mlp = Sequential<Input<28, 28, 1>, Dense<6>, ReLU, Dense<10>>;
static_assert(Mlp::parameters > Cnn::parameters * 9 / 10 && Mlp::parameters < Cnn::parameters * 11 / 10,
              "equal parameters");

// Moves each digit by up to so many pixels.
Digits shifted(const Digits& digits, int most, std::uint64_t seed) {
  Digits moved = digits;
  const float black = standardised(0);
  for (int i = 0; i < digits.size(); ++i) {
    const Random random = Random(seed).fork(static_cast<std::uint32_t>(i));
    const int dy = static_cast<int>(random.below(static_cast<std::uint32_t>(2 * most + 1), 0)) - most;
    const int dx = static_cast<int>(random.below(static_cast<std::uint32_t>(2 * most + 1), 1)) - most;
    for (int y = 0; y < 28; ++y) {
      for (int x = 0; x < 28; ++x) {
        const int from_y = y - dy, from_x = x - dx;
        const bool inside = from_y >= 0 && from_y < 28 && from_x >= 0 && from_x < 28;
        moved.image(i)[28 * y + x] = inside ? digits.image(i)[28 * from_y + from_x] : black;
      }
    }
  }
  return moved;
}

template <class Net>
double accuracy(Context& lab, const Digits& digits, const Digits& test) {
  auto run = start<Run<Net, Adam>>(lab.seed);
  run->trainer.optimizer.learning_rate = 0.003f;
  run->train(digits, lab.full_or_quick(3000, 500));
  return 100 * run->test(test).accuracy;
}

void run(Context& lab) {
  const std::vector<int> counts = {100, 300, 1000, 3000};
  const Digits all = shifted(lab.digits.training(counts.back(), lab.seed), 4, lab.seed),
               test = shifted(lab.digits.testing(1000), 4, 1234);
  Series mlp{{"fully connected", "kết nối đầy đủ"}}, cnn{{"convolutional", "tích chập"}};
  for (const int count : counts) {
    const Digits digits = all.first(count);
    mlp.add(count, accuracy<Mlp>(lab, digits, test));
    cnn.add(count, accuracy<Cnn>(lab, digits, test));
  }
  LinePlot plot{"accuracy",
                {"Test accuracy on shifted digits", "Độ chính xác với chữ số bị dịch"},
                {"training samples", "số mẫu huấn luyện"},
                {"accuracy, %", "độ chính xác, %"},
                Scale::logarithmic};
  plot.series = {mlp, cnn};
  lab.report.show(plot);
  lab.report.find(
      {"With {} parameters the fully connected net reaches {} % on 1,000 digits, with {} the convolutional one {} %: "
       "that "
       "a digit is the same wherever it stands it need not learn.",
       "Với {} tham số, mạng kết nối đầy đủ đạt {} % trên 1.000 chữ số; với {} tham số, mạng tích chập đạt {} %: nó "
       "không cần học rằng chữ số đứng đâu cũng là chữ số đó."},
      Mlp::parameters, mlp.y[2], Cnn::parameters, cnn.y[2]);
  lab.report.claim_at_least(
      "ahead",
      {"convolutional minus fully connected, 1,000 samples, points", "tích chập trừ kết nối đầy đủ, 1.000 mẫu, điểm"},
      cnn.y[2] - mlp.y[2], 15);
}

}  // namespace

const Lab inductive_bias{
    "inductive-bias",
    {"What a convolution knows beforehand", "Thiên kiến quy nạp của tích chập"},
    {"How much better than a fully connected net is a convolutional one of the same size on shifted digits?",
     "Với cùng số tham số, mạng tích chập tốt hơn mạng kết nối đầy đủ bao nhiêu khi chữ số bị dịch?"},
    run};

}  // namespace mica::labs

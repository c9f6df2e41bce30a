// Every weight the same: the units of a layer are one unit, many times over. Noise or dropout tells them apart.
#include <cstring>

#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

constexpr int units = 32, steps = 200;
using Same = Constant<1, 50>;
using Plain = Sequential<Input<28, 28, 1>, Dense<units, Same>, ReLU, Dense<10, Same>>;
using Dropped = Sequential<Input<28, 28, 1>, Dense<units, Same>, ReLU, Dropout<1, 2>, Dense<10, Same>>;

// How many different units the first layer has: columns of its weights, compared bit by bit.
template <class Net>
int different_units(const Model<Net>& model) {
  const float* const weights = model.parameters();
  int different = 0;
  for (int unit = 0; unit < units; ++unit) {
    bool is_new = true;
    for (int other = 0; other < unit && is_new; ++other) {
      bool same = true;
      for (int i = 0; i < 784 && same; ++i) {
        same = std::memcmp(weights + i * units + unit, weights + i * units + other, sizeof(float)) == 0;
      }
      is_new = !same;
    }
    different += is_new;
  }
  return different;
}

template <class Net>
int train(Run<Net, SGD>& run, const Digits& digits, LinePlot& plot, const Text& name) {
  run.trainer.optimizer.learning_rate = 0.05f;
  Series& loss = plot.add(name);
  double mean = 0;
  for (int step = 0; step < steps; ++step) {
    mean += run.step(digits) / 10;
    if (step % 10 == 9) {
      loss.add(step, mean);
      mean = 0;
    }
  }
  return different_units(run.model);
}

void run(Context& lab) {
  const Digits digits = lab.digits.training(2000, lab.seed);
  LinePlot plot{"loss", {"Training loss", "Mất mát khi huấn luyện"}, {"step", "bước"}, {"loss", "mất mát"}};
  auto constant = start<Run<Plain, SGD>>(lab.seed), noisy = start<Run<Plain, SGD>>(lab.seed);
  auto dropped = start<Run<Dropped, SGD>>(lab.seed);
  // Noise of deviation 0.001 on weights of 0.02.
  std::vector<float> noise(784 * units);
  kernels::fill_normal(784 * units, Random(lab.seed).fork(9), 0.001f, 1.0f, noise.data());
  kernels::add(784 * units, noise.data(), noisy->model.parameters());

  const int same = train(*constant, digits, plot, {"constant", "hằng số"});
  const int with_noise = train(*noisy, digits, plot, {"constant and noise", "hằng số cộng nhiễu"});
  const int with_dropout = train(*dropped, digits, plot, {"constant, dropout", "hằng số, dropout"});
  lab.report.show(plot);
  BarPlot bars{"units",
               {"Different hidden units after 200 steps, of 32", "Số nút ẩn khác nhau sau 200 bước, trên 32"},
               {"different units", "số nút khác nhau"},
               {{"constant", "hằng số"},
                {"constant and noise", "hằng số cộng nhiễu"},
                {"constant, dropout", "hằng số, dropout"}},
               {{{"units", "nút"}, {1.0 * same, 1.0 * with_noise, 1.0 * with_dropout}}}};
  lab.report.show(bars);
  lab.report.find(
      {"Units that start equal get equal gradients and stay equal, bit by bit: 32 units are worth {}. A noise "
       "of 0.001 makes {} different ones, dropout {}: it hides different units in different steps.",
       "Các nút ban đầu giống nhau nhận gradient giống nhau và mãi giống nhau đến từng bit: 32 nút chỉ bằng "
       "{}. Nhiễu 0.001 tạo ra {} nút khác nhau, dropout tạo {}: nó che các nút khác nhau ở mỗi bước."},
      same, with_noise, with_dropout);
  lab.report.claim("equal", {"different units, constant start", "số nút khác nhau, khởi tạo hằng"}, same, 1, 1);
  lab.report.claim("noise-breaks", {"different units, with noise", "số nút khác nhau, có nhiễu"}, with_noise, units,
                   units);
  lab.report.claim_at_least("dropout-breaks", {"different units, with dropout", "số nút khác nhau, có dropout"},
                            with_dropout, 16);
}

}  // namespace

const Lab symmetry{
    "symmetry",
    {"Breaking the symmetry", "Phá vỡ đối xứng"},
    {"What if all weights start at the same number?", "Điều gì xảy ra nếu mọi trọng số bắt đầu bằng nhau?"},
    run};

}  // namespace mica::labs

// One sigmoid unit far out: w = 6.74, z = 14.15, and its slope is 7e-7.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

using Unit = Sequential<Input<1>, Dense<1>, Sigmoid>;

// y = sigmoid(w x), and how y changes with z, by the library: the gradient that comes back through the sigmoid when that
// of y is 1.
struct ByLibrary {
  double y, slope;
};
ByLibrary at(float z) {
  float y, slope;
  const float one = 1;
  kernels::sigmoid(1, &z, &y);
  kernels::sigmoid_backward(1, &y, &one, &slope);
  return {static_cast<double>(y), static_cast<double>(slope)};
}

void run(Context& lab) {
  const double w = 6.74, z = 14.15;
  const double by_hand = 1 / (1 + std::exp(-z)),
               slope_by_hand = std::exp(-z) / ((1 + std::exp(-z)) * (1 + std::exp(-z)));
  const ByLibrary library = at(static_cast<float>(z));
  LinePlot plot{"slope",       {"The sigmoid's slope over z", "Độ dốc của sigmoid theo z"},
                {"z", "z"},    {"slope of the sigmoid", "độ dốc của sigmoid"},
                Scale::linear, Scale::logarithmic};
  Series& exact = plot.add({"exact", "chính xác"});
  for (double x = -16; x <= 16.001; x += 0.25)
    exact.add(x, std::exp(-std::abs(x)) / std::pow(1 + std::exp(-std::abs(x)), 2));
  Series& found = plot.add({"library, 32-bit", "thư viện, 32 bit"}, Series::Style::points);
  for (double x = -16; x <= 16.001; x += 1) found.add(x, at(static_cast<float>(x)).slope);
  plot.marks.push_back({z, {"z = 14.15", "z = 14.15"}});
  lab.report.show(plot);

  // The unit in a training step: with loss y the weight's gradient is slope x.
  static Model<Unit> model;
  static Trainer<Unit, MeanSquaredError, SGD, 1> trainer;
  model.parameters()[0] = static_cast<float>(w);
  model.parameters()[1] = 0;
  trainer.optimizer.learning_rate = 1;
  const auto x = static_cast<float>(z / w);
  const float target = 0;
  static Diagnostics<Unit> look;
  static_cast<void>(trainer.step(model, {&x, 1}, {&target, 1}, look));
  const double gradient = static_cast<double>(look.parameter(0).gradient.mean);
  char said[1000];
  diagnose(look, said, sizeof said);

  lab.report.find(
      {"At z = {} the sigmoid is {} and its slope {}; the library's is {}. A step at rate 1 on the unit with "
       "w = {} has the gradient {}, next to nothing although the error is nearly 1.",
       "Tại z = {} sigmoid bằng {} với độ dốc {}; thư viện cho {}. Một bước với tốc độ 1 ở nút có w = {} có "
       "gradient {}, gần như bằng không dù sai số gần 1."},
      number(z, 4), number(by_hand, 8), slope_by_hand, library.slope, w, gradient);
  const double quoted = -std::log(7.08e-7);
  lab.report.find({"The slope is 7.08e-7 at z = {}; at z = 14.15 it is {}.",
                   "Độ dốc là 7.08e-7 tại z = {}; tại z = 14.15 nó là {}."},
                  number(quoted, 6), number(slope_by_hand, 4));
  lab.report.find({"Mica's diagnosis: {}", "Chẩn đoán của Mica: {}"}, std::string(said));
  lab.report.explain(
      {"On the left the slope is as exact as the exponential. On the right y is so close to 1 that 1 - y, and with it "
       "the slope, comes in steps of 6e-8: z = 14.15 and z = 14.1608 give the same one.",
       "Bên trái, độ dốc chính xác như hàm mũ. Bên phải, y gần 1 đến mức 1 - y, và do đó độ dốc, chỉ nhận các bước "
       "6e-8: z = 14.15 và z = 14.1608 cho cùng một giá trị."});
  lab.report.claim("sigmoid", {"library's sigmoid over that by hand", "sigmoid thư viện chia tính tay"},
                   library.y / by_hand, 0.999, 1.001);
  lab.report.claim("slope",
                   {"library's slope over that by hand, at z = 14.15", "độ dốc thư viện chia tính tay, z = 14.15"},
                   library.slope / slope_by_hand, 0.999, 1.001);
  lab.report.claim("quoted", {"z at which the slope is 7.08e-7", "z mà tại đó độ dốc là 7.08e-7"}, quoted, 14.15,
                   14.17);
}

}  // namespace

const Lab saturation{"saturation",
                     {"A saturated sigmoid", "Sigmoid bão hòa"},
                     {"How flat is a sigmoid at z = 14.15?", "Sigmoid phẳng đến mức nào tại z = 14.15?"},
                     run};

}  // namespace mica::labs

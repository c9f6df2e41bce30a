// Chains of sigmoids with one unit per layer: every layer takes at least three quarters of the gradient away.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

template <int depth, class... Layers>
struct ChainOfUnits : ChainOfUnits<depth - 1, Dense<1>, Sigmoid, Layers...> {};
template <class... Layers>
struct ChainOfUnits<0, Layers...> {
  using Net = Sequential<Input<1>, Layers...>;
};

double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }

constexpr double first_weight = 0.919, x = 1, target = 1;

// Weights of layer 1, 2, ...; biases are 0.
double weight(int layer) { return layer == 0 ? first_weight : 0.5 + 0.1 * (layer % 4); }

struct Result {
  std::vector<double> gradient;  // of the loss by each weight, from the first layer on
  std::vector<double> ratio;     // of the gradient by z of layer i to that of layer i + 1, over the weight between them
};

Result by_hand(int depth) {
  std::vector<double> y = {x};
  for (int layer = 0; layer < depth; ++layer) y.push_back(sigmoid(weight(layer) * y.back()));
  Result result;
  result.gradient.resize(static_cast<std::size_t>(depth));
  // Loss (y - target)^2 and its gradient by y.
  double dy = 2 * (y.back() - target), above = 0;
  for (int layer = depth - 1; layer >= 0; --layer) {
    const auto l = static_cast<std::size_t>(layer);
    const double dz = dy * y[l + 1] * (1 - y[l + 1]);
    if (layer < depth - 1) result.ratio.push_back(std::abs(dz / above) / weight(layer + 1));
    result.gradient[l] = dz * y[l];
    above = dz;
    dy = dz * weight(layer);
  }
  return result;
}

template <int depth>
std::vector<double> by_library() {
  using Net = typename ChainOfUnits<depth>::Net;
  static Model<Net> model;
  static Trainer<Net, MeanSquaredError, SGD, 1> trainer;
  static Diagnostics<Net> look;
  for (int layer = 0; layer < depth; ++layer) {
    model.parameters()[2 * layer] = static_cast<float>(weight(layer));
    model.parameters()[2 * layer + 1] = 0;
  }
  trainer.optimizer.learning_rate = 0;
  const auto input = static_cast<float>(x), wanted = static_cast<float>(target);
  static_cast<void>(trainer.step(model, {&input, 1}, {&wanted, 1}, look));
  std::vector<double> gradient;
  for (int layer = 0; layer < depth; ++layer)
    gradient.push_back(static_cast<double>(look.parameter(2 * layer).gradient.mean));
  return gradient;
}

void run(Context& lab) {
  const int depths[] = {2, 5, 8};
  const std::vector<double> library[] = {by_library<2>(), by_library<5>(), by_library<8>()};
  LinePlot plot{"gradients",       {"Gradient of each layer's weight", "Gradient của trọng số từng tầng"},
                {"layer", "tầng"}, {"|gradient|", "|gradient|"},
                Scale::linear,     Scale::logarithmic};
  double worst = 0, largest_ratio = 0;
  Table table{"first",
              {"Gradient of the first weight", "Gradient của trọng số đầu tiên"},
              {{"layers", "số tầng"},
               {"by hand", "tính tay"},
               {"by the library", "bằng thư viện"},
               {"relative difference", "sai khác tương đối"}},
              {}};
  for (int d = 0; d < 3; ++d) {
    const Result hand = by_hand(depths[d]);
    const std::string layers = std::to_string(depths[d]);
    Series line{{layers + " layers, by hand", layers + " tầng, tính tay"}};
    Series points{{layers + ", library", layers + ", thư viện"}, {}, {}, Series::Style::points};
    for (std::size_t l = 0; l < hand.gradient.size(); ++l) {
      line.add(static_cast<double>(l + 1), std::abs(hand.gradient[l]));
      points.add(static_cast<double>(l + 1), std::abs(library[d][l]));
      worst = std::max(worst, std::abs(library[d][l] / hand.gradient[l] - 1));
    }
    for (const double ratio : hand.ratio) largest_ratio = std::max(largest_ratio, ratio);
    plot.series.push_back(line);
    plot.series.push_back(points);
    table.rows.push_back({layers, number(hand.gradient[0], 7), number(library[d][0], 7),
                          number(std::abs(library[d][0] / hand.gradient[0] - 1))});
  }
  lab.report.show(plot);
  lab.report.show(table);

  // A gradient of -0.0002 moves a weight of 0.919 by 2e-6 at rate 0.01.
  const float gradient = -0.0002f;
  float moved = static_cast<float>(first_weight), copy = gradient;
  kernels::sgd(1, 0.01f, 0.0f, &copy, &moved);
  const double first = by_hand(8).gradient[0];
  lab.report.find(
      {"Of the gradient at the end of 8 layers {} arrives at the first. A gradient of -0.0002 moves the weight "
       "0.919 to {} at rate 0.01: nothing learns like that.",
       "Trong gradient ở cuối 8 tầng chỉ có {} đến được tầng đầu. Gradient -0.0002 đưa trọng số 0.919 thành {} "
       "với tốc độ 0.01: không thể học như vậy."},
      std::abs(first / by_hand(8).gradient[7]), number(static_cast<double>(moved), 7));
  lab.report.claim_at_most(
      "agree", {"relative difference of hand and library", "sai khác tương đối giữa tay và thư viện"}, worst, 1e-6);
  lab.report.claim_at_most("quarter",
                           {"largest ratio per layer, over the weight", "tỉ số lớn nhất mỗi tầng, chia cho trọng số"},
                           largest_ratio, 0.25);
  lab.report.claim("update", {"0.919 after the step", "0.919 sau một bước"}, static_cast<double>(moved),
                   0.919002 - 1e-7, 0.919002 + 1e-7);
}

}  // namespace

const Lab vanishing{"vanishing",
                    {"Vanishing gradients", "Gradient triệt tiêu"},
                    {"How much of a gradient arrives at the first layer of a chain of sigmoids?",
                     "Bao nhiêu phần gradient đến được tầng đầu của chuỗi sigmoid?"},
                    run};

}  // namespace mica::labs

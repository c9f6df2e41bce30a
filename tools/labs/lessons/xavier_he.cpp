// Where the variances of initializers come from: derived, drawn, and put to the test at depth 20.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

// Variance of z = sum over n of x w with drawn x and w.
double variance_of_sum(int draws, int n, float x_deviation, float w_bound, std::uint64_t seed) {
  std::vector<float> x(static_cast<std::size_t>(n)), w(static_cast<std::size_t>(n));
  double sum = 0, squares = 0;
  for (int d = 0; d < draws; ++d) {
    const Random random = Random(seed).fork(static_cast<std::uint32_t>(d));
    kernels::fill_normal(n, random.fork(0), x_deviation, 1.0f, x.data());
    kernels::fill_uniform(n, random.fork(1), -w_bound, w_bound, w.data());
    double z = 0;
    for (std::size_t i = 0; i < x.size(); ++i) z += static_cast<double>(x[i]) * static_cast<double>(w[i]);
    sum += z;
    squares += z * z;
  }
  const double mean = sum / draws;
  return squares / draws - mean * mean;
}

// Variance of numbers drawn between -bound and bound.
double variance_of_uniform(int draws, float bound, std::uint64_t seed) {
  std::vector<float> w(static_cast<std::size_t>(draws));
  kernels::fill_uniform(draws, Random(seed), -bound, bound, w.data());
  ValueStatistics of;
  of.add(draws, w.data());
  return static_cast<double>(of.deviation) * static_cast<double>(of.deviation);
}

constexpr int depth = 20;
template <class Act>
using Net =
    typename RepeatedOf<Sequential<Input<14, 14, 1>>, depth, Dense<50, Drawn>, Act>::template With<Dense<10, Drawn>>;

template <class Act>
std::vector<double> accuracies(Context& lab, const Digits& digits, const Digits& test) {
  std::vector<double> row;
  for (const double over : {1.0, 2.0, 16.0}) {
    double best = 0;
    // The better of two rates.
    for (const float rate : {0.1f, 0.01f}) {
      Drawn::over_inputs = over;
      auto run = start<Run<Net<Act>, SGDMomentum>>(lab.seed);
      run->trainer.optimizer = {rate, 0.9f};
      run->trainer.clip_norm = 1;
      run->train_epochs(digits, lab.full_or_quick(20, 12));
      best = std::max(best, 100 * run->test(test).accuracy);
    }
    row.push_back(best);
  }
  return row;
}

void run(Context& lab) {
  Table table{"variances",
              {"Variances, derived and drawn", "Phương sai: suy ra và lấy mẫu"},
              {{"quantity", "đại lượng"}, {"derived", "suy ra"}, {"drawn", "lấy mẫu"}, {"ratio", "tỉ số"}},
              {}};
  double worst = 0;
  const auto compare = [&](const std::string& name, double derived, double drawn) {
    table.rows.push_back({name, number(derived, 5), number(drawn, 5), number(drawn / derived, 5)});
    worst = std::max(worst, std::abs(drawn / derived - 1));
  };
  const int n = 50, draws = 1000000;
  const auto root = [](double x) { return static_cast<float>(std::sqrt(x)); };
  compare("U(-√(3/n), √(3/n)): 1/n", 1.0 / n, variance_of_uniform(draws, root(3.0 / n), lab.seed));
  compare("U(-√(6/n), √(6/n)): 2/n", 2.0 / n, variance_of_uniform(draws, root(6.0 / n), lab.seed + 1));
  compare("U(-4√(3/n), 4√(3/n)): 16/n", 16.0 / n, variance_of_uniform(draws, 4 * root(3.0 / n), lab.seed + 2));
  // Glorot: in = 50, out = 150.
  compare("Glorot U(-√(6/(in+out)), ...): 2/(in+out)", 2.0 / 200,
          variance_of_uniform(draws, root(6.0 / 200), lab.seed + 3));
  const int sums = lab.full_or_quick(1000000, 200000);
  compare("Var(z) = n Var(x) Var(w)", 1.5 * 1.5, variance_of_sum(sums, n, 1.5f, root(3.0 / n), lab.seed + 4));
  // What an activation passes on of a z of variance 1 (ReLU, mean square) or of a small one (tanh, sigmoid).
  std::vector<float> z(1000000), y(z.size());
  kernels::fill_normal(1000000, Random(lab.seed + 5), 1.0f, 1.0f, z.data());
  kernels::relu(1000000, z.data(), y.data());
  ValueStatistics of;
  of.add(1000000, y.data());
  compare("ReLU: E[y²] = Var(z)/2", 0.5, std::pow(static_cast<double>(of.root_mean_square()), 2));
  kernels::scale(1000000, 0.05f, z.data());
  kernels::tanh(1000000, z.data(), y.data());
  of = {};
  of.add(1000000, y.data());
  compare("tanh, small z: Var(y) = Var(z)", 0.0025, std::pow(static_cast<double>(of.deviation), 2));
  kernels::sigmoid(1000000, z.data(), y.data());
  of = {};
  of.add(1000000, y.data());
  compare("sigmoid, small z: Var(y) = Var(z)/16", 0.0025 / 16, std::pow(static_cast<double>(of.deviation), 2));
  lab.report.explain(
      {"z = sum of n products has Var(z) = n Var(x) Var(w). ReLU passes on half of the mean square, so it wants "
       "Var(w) = 2/n; tanh near 0 passes on all, 1/n; the sigmoid near 0 has slope 1/4 and passes on 1/16, so it "
       "wants 16/n. A uniform distribution on (-b, b) has the variance b²/3.",
       "z là tổng n tích nên Var(z) = n Var(x) Var(w). ReLU giữ một nửa trung bình bình phương nên cần Var(w) = "
       "2/n; tanh gần 0 giữ tất cả: 1/n; sigmoid gần 0 có độ dốc 1/4, giữ 1/16, nên cần 16/n. Phân phối đều "
       "trên (-b, b) có phương sai b²/3."});
  lab.report.show(table);

  const Digits digits = lab.digits.training(lab.full_or_quick(5000, 2000), lab.seed).halved(),
               test = lab.digits.testing(1000).halved();
  Heatmap map{"matrix",
              {"Test accuracy in % of nets 20 layers deep", "Độ chính xác (%) của mạng sâu 20 tầng"},
              {"activation", "kích hoạt"},
              {"Var(w)", "Var(w)"},
              {{"tanh", "tanh"}, {"ReLU", "ReLU"}, {"sigmoid", "sigmoid"}},
              {{"1/n", "1/n"}, {"2/n", "2/n"}, {"16/n", "16/n"}}};
  map.values = {accuracies<Tanh>(lab, digits, test), accuracies<ReLU>(lab, digits, test),
                accuracies<Sigmoid>(lab, digits, test)};
  lab.report.show(map);
  lab.report.find(
      {"With the variance that was derived for it, tanh (1/n) reaches {} %, ReLU (2/n) {} %, sigmoid (16/n) {} %.",
       "Với phương sai được suy ra cho nó, tanh (1/n) đạt {} %, ReLU (2/n) {} %, sigmoid (16/n) {} %."},
      map.values[0][0], map.values[1][1], map.values[2][2]);
  const double sigmoid = *std::max_element(map.values[2].begin(), map.values[2].end());
  if (sigmoid < 20) {
    lab.report.find(
        {"No variance makes 20 sigmoid layers learn here (best {} %): 16/n keeps the signal of small z, but then z is "
         "not "
         "small any more, and every slope is at most 1/4.",
         "Ở đây không phương sai nào giúp 20 tầng sigmoid học được (tốt nhất {} %): 16/n giữ tín hiệu khi z nhỏ, nhưng "
         "khi đó z không còn nhỏ, và mọi độ dốc nhiều nhất là 1/4."},
        sigmoid);
  }
  lab.report.claim_at_most("variances", {"largest |drawn / derived - 1|", "|lấy mẫu / suy ra - 1| lớn nhất"}, worst,
                           0.02);
  lab.report.claim_at_least("right-pairs",
                            {"the worst of tanh 1/n and ReLU 2/n, %", "kém hơn trong tanh 1/n và ReLU 2/n, %"},
                            std::min(map.values[0][0], map.values[1][1]), 40);
  lab.report.claim_at_least(
      "relu-needs-2", {"ReLU: accuracy at 2/n minus at 16/n, points", "ReLU: độ chính xác ở 2/n trừ ở 16/n, điểm"},
      map.values[1][1] - map.values[1][2], 5);
}

}  // namespace

const Lab xavier_he{
    "xavier-he",
    {"Xavier, He and the sigmoid's 16", "Xavier, He và số 16 của sigmoid"},
    {"Which variance does which activation want, and why?", "Kích hoạt nào cần phương sai nào, vì sao?"},
    run};

}  // namespace mica::labs

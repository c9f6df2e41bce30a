// What the derivations of initializers rest on: means and variances, drawn and exact.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

std::vector<float> uniform(int count, std::uint64_t seed, float low, float high) {
  std::vector<float> x(static_cast<std::size_t>(count));
  kernels::fill_uniform(count, Random(seed), low, high, x.data());
  return x;
}
std::vector<float> normal(int count, std::uint64_t seed, float mean, float deviation) {
  std::vector<float> x(static_cast<std::size_t>(count));
  kernels::fill_normal(count, Random(seed), deviation, 1.0f, x.data());
  for (float& value : x) value += mean;
  return x;
}

// Mean of f(i) and its standard error.
struct Sampled {
  double mean, error;
};
template <class Function>
Sampled sampled(int count, Function f) {
  double sum = 0, squares = 0;
  for (int i = 0; i < count; ++i) sum += f(static_cast<std::size_t>(i));
  const double mean = sum / count;
  for (int i = 0; i < count; ++i) squares += std::pow(f(static_cast<std::size_t>(i)) - mean, 2);
  return {mean, std::sqrt(squares / count / count)};
}

void run(Context& lab) {
  const int count = lab.full_or_quick(4000000, 200000);
  const auto u = uniform(count, lab.seed * 10 + 1, 2, 5), g = normal(count, lab.seed * 10 + 2, 1, 2);
  const auto at = [](const std::vector<float>& x, std::size_t i) { return static_cast<double>(x[i]); };
  Table table{"table",
              {"Drawn and exact", "Lấy mẫu và chính xác"},
              {{"quantity", "đại lượng"},
               {"drawn", "lấy mẫu"},
               {"exact", "chính xác"},
               {"standard errors apart", "cách nhau, theo sai số chuẩn"}},
              {}};
  double worst = 0;
  int outside = 0;
  const auto compare = [&](const std::string& name, Sampled found, double exact) {
    const double apart = std::abs(found.mean - exact) / found.error;
    worst = std::max(worst, apart);
    outside += apart > 3;
    table.rows.push_back({name, number(found.mean, 6), number(exact, 6), number(apart, 2)});
  };
  // X uniform on [2, 5): mean 7/2, variance 9/12. Y normal, mean 1, deviation 2. Independent.
  compare("E[X] = (a+b)/2", sampled(count, [&](std::size_t i) { return at(u, i); }), 3.5);
  compare("Var[X] = (b-a)²/12", sampled(count, [&](std::size_t i) { return std::pow(at(u, i) - 3.5, 2); }), 0.75);
  compare("E[Y]", sampled(count, [&](std::size_t i) { return at(g, i); }), 1);
  compare("Var[Y]", sampled(count, [&](std::size_t i) { return std::pow(at(g, i) - 1, 2); }), 4);
  compare("E[XY] = E[X] E[Y]", sampled(count, [&](std::size_t i) { return at(u, i) * at(g, i); }), 3.5);
  // Var[XY] = E[X²] E[Y²] - E[X]² E[Y]² = 13 * 5 - 12.25.
  compare("Var[XY] = E[X²]E[Y²] - E[X]²E[Y]²",
          sampled(count, [&](std::size_t i) { return std::pow(at(u, i) * at(g, i) - 3.5, 2); }), 52.75);
  compare("E[X²] - E[X]²", sampled(count, [&](std::size_t i) { return at(u, i) * at(u, i) - 12.25; }), 0.75);
  // Somebody comes at any time to a stop where a bus leaves every 15 minutes: the wait is uniform on [0, 15).
  const auto wait = uniform(count, lab.seed * 10 + 3, 0, 15);
  compare("E[wait]", sampled(count, [&](std::size_t i) { return at(wait, i); }), 7.5);
  compare("Var[wait] = 15²/12", sampled(count, [&](std::size_t i) { return std::pow(at(wait, i) - 7.5, 2); }), 18.75);
  compare("P(wait < 5)", sampled(count, [&](std::size_t i) { return at(wait, i) < 5 ? 1.0 : 0.0; }), 1.0 / 3);
  lab.report.show(table);

  LinePlot plot{"densities",
                {"Drawn numbers and exact densities", "Số lấy mẫu và mật độ chính xác"},
                {"value", "giá trị"},
                {"share per bin", "tỉ lệ mỗi khoảng"}};
  const double bin = 0.25;
  plot.series.push_back(histogram({"uniform on [2, 5)", "đều trên [2, 5)"}, {u.begin(), u.end()}, -7, 9, 64));
  plot.series.push_back(
      histogram({"normal, mean 1, deviation 2", "chuẩn, trung bình 1, độ lệch 2"}, {g.begin(), g.end()}, -7, 9, 64));
  Series& density = plot.add({"exact density", "mật độ chính xác"});
  for (double x = -7; x <= 9; x += 0.1)
    density.add(x, bin * std::exp(-std::pow((x - 1) / 2, 2) / 2) / (2 * std::sqrt(2 * 3.14159265358979)));
  lab.report.show(plot);

  lab.report.find({"Of {} comparisons on {} draws each, the furthest apart is {} standard errors off.",
                   "Trong {} phép so sánh, mỗi phép {} mẫu, sai khác lớn nhất là {} sai số chuẩn."},
                  table.rows.size(), count, worst);
  // Each lies outside three standard errors once in 370 times by chance, so one of ten may.
  lab.report.claim_at_most("within-3",
                           {"comparisons of ten that are more than 3 standard errors apart",
                            "số phép so sánh trong mười cách nhau hơn 3 sai số chuẩn"},
                           outside, 1);
  lab.report.claim_at_most(
      "within-5", {"largest distance, in standard errors", "khoảng cách lớn nhất, theo sai số chuẩn"}, worst, 5);
}

}  // namespace

const Lab distributions{"distributions",
                        {"Means and variances", "Kỳ vọng và phương sai"},
                        {"Do the formulas for mean and variance hold for numbers that are drawn?",
                         "Các công thức kỳ vọng và phương sai có đúng với số ngẫu nhiên không?"},
                        run};

}  // namespace mica::labs

// Three ways to measure a vector's length, and what makes each of them a norm.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

constexpr int size = 8;
enum { one, two, infinity };

double norm(int which, const double* x) {
  double sum = 0, most = 0, squares = 0;
  for (int i = 0; i < size; ++i) {
    sum += std::abs(x[i]);
    squares += x[i] * x[i];
    most = std::max(most, std::abs(x[i]));
  }
  return which == one ? sum : which == two ? std::sqrt(squares) : most;
}

void run(Context& lab) {
  LinePlot balls{"balls", {"The vectors of length 1", "Các vectơ có chuẩn bằng 1"}, {"x1", "x1"}, {"x2", "x2"}};
  balls.same_units = true;
  Series l1{{"L1", "L1"}}, l2{{"L2", "L2"}}, l8{{"L∞", "L∞"}};
  for (int i = 0; i <= 200; ++i) {
    const double angle = 2 * 3.14159265358979 * i / 200, x = std::cos(angle), y = std::sin(angle);
    const double sum = std::abs(x) + std::abs(y), most = std::max(std::abs(x), std::abs(y));
    l1.add(x / sum, y / sum);
    l2.add(x, y);
    l8.add(x / most, y / most);
  }
  balls.series = {l1, l2, l8};
  lab.report.show(balls);

  const int pairs = lab.full_or_quick(1000000, 50000);
  std::vector<float> numbers(static_cast<std::size_t>(pairs) * 2 * size);
  kernels::fill_normal(static_cast<int>(numbers.size()), Random(lab.seed), 1.0f, 1.0f, numbers.data());
  long violations[3][3] = {}, order = 0;
  std::vector<double> share[3];
  for (int p = 0; p < pairs; ++p) {
    double x[size], y[size], sum[size], scaled[size];
    const float* const drawn = numbers.data() + static_cast<std::ptrdiff_t>(p) * 2 * size;
    const double factor = static_cast<double>(drawn[0]) * 3;
    for (int i = 0; i < size; ++i) {
      x[i] = static_cast<double>(drawn[i]);
      y[i] = static_cast<double>(drawn[size + i]);
      sum[i] = x[i] + y[i];
      scaled[i] = factor * x[i];
    }
    constexpr double rounding = 1e-12;
    for (int which : {one, two, infinity}) {
      const double nx = norm(which, x), ny = norm(which, y);
      violations[which][0] += !(nx > 0);
      violations[which][1] += std::abs(norm(which, scaled) - std::abs(factor) * nx) > rounding * nx;
      violations[which][2] += norm(which, sum) > (nx + ny) * (1 + rounding);
      if (p < 20000) share[which].push_back(norm(which, sum) / (nx + ny));
    }
    order += !(norm(infinity, x) <= norm(two, x) * (1 + rounding) && norm(two, x) <= norm(one, x) * (1 + rounding));
  }
  Table table{"violations",
              {"Violations by random vectors of 8 numbers", "Số lần vi phạm với vectơ ngẫu nhiên 8 chiều"},
              {{"norm", "chuẩn"},
               {"|x| > 0 for x ≠ 0", "|x| > 0 với x ≠ 0"},
               {"|ax| = |a| |x|", "|ax| = |a| |x|"},
               {"|x + y| ≤ |x| + |y|", "|x + y| ≤ |x| + |y|"}},
              {}};
  const char* const names[] = {"L1", "L2", "L∞"};
  long all = order;
  LinePlot plot{"triangle",
                {"How far below the triangle inequality's bound", "Tỉ số trong bất đẳng thức tam giác"},
                {"|x + y| / (|x| + |y|)", "|x + y| / (|x| + |y|)"},
                {"share of pairs", "tỉ lệ cặp"}};
  for (int which : {one, two, infinity}) {
    std::vector<std::string> row = {names[which]};
    for (const long count : violations[which]) {
      row.push_back(std::to_string(count));
      all += count;
    }
    table.rows.push_back(row);
    Series line = histogram({names[which], names[which]}, share[which], 0, 1.05, 42);
    line.style = Series::Style::line;
    plot.series.push_back(line);
  }
  lab.report.show(table);
  lab.report.show(plot);
  double most = 0;
  for (const auto& values : share) most = std::max(most, *std::max_element(values.begin(), values.end()));
  lab.report.find(
      {"{} pairs of vectors violate none of the conditions; always |x|∞ ≤ |x|2 ≤ |x|1. |x + y| came up to {} of "
       "|x| + |y|.",
       "{} cặp vectơ không vi phạm điều kiện nào; luôn có |x|∞ ≤ |x|2 ≤ |x|1. |x + y| đạt đến {} lần |x| + |y|."},
      pairs, most);
  lab.report.claim("violations", {"violations of any condition", "số lần vi phạm"}, static_cast<double>(all), 0, 0);
  lab.report.claim("tight",
                   {"largest |x + y| / (|x| + |y|) of the first 20,000", "tỉ số lớn nhất trong 20.000 cặp đầu"}, most,
                   0.9, 1);
}

}  // namespace

const Lab norms{"norms",
                {"Norms of vectors", "Chuẩn của vectơ"},
                {"What do L1, L2 and the infinity norm have in common?", "L1, L2 và chuẩn vô cùng có điểm gì chung?"},
                run};

}  // namespace mica::labs

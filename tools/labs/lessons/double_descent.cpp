// Test error against width: it falls, rises where the net can just fit the wrong labels, and falls again.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

// Random features: a fixed random first layer, ReLU, and the least-squares readout with the smallest norm. The width
// at which it can just fit every label, right or wrong, is the number of samples.
using Features = Sequential<Input<14, 14, 1>, Dense<1200, KaimingNormal<>>, ReLU>;

std::vector<double> features_of(const Digits& digits, std::uint64_t seed) {
  static Model<Features> model;
  static Predictor<Features, 100> predict;
  model.initialize(seed);
  std::vector<float> y(100 * 1200);
  std::vector<double> all;
  for (int first = 0; first < digits.size(); first += 100) {
    const int size = std::min(100, digits.size() - first);
    predict(model, {digits.image(first), size}, {y.data(), size});
    for (int i = 0; i < size * 1200; ++i) all.push_back(static_cast<double>(y[static_cast<std::size_t>(i)]) / 14);
  }
  return all;
}

// Solves (A + ridge I) X = B for symmetric positive A [n][n] and B [n][10] by Cholesky; the answer is in B.
void solve(int n, std::vector<double>& a, std::vector<double>& b, double ridge) {
  const auto at = [n](int i, int j) {
    return static_cast<std::size_t>(i) * static_cast<std::size_t>(n) + static_cast<std::size_t>(j);
  };
  for (int i = 0; i < n; ++i) a[at(i, i)] += ridge;
  for (int j = 0; j < n; ++j) {
    for (int i = j; i < n; ++i) {
      double sum = a[at(i, j)];
      const double *p = &a[at(i, 0)], *q = &a[at(j, 0)];
      for (int k = 0; k < j; ++k) sum -= p[k] * q[k];
      a[at(i, j)] = i == j ? std::sqrt(std::max(sum, 1e-14)) : sum / a[at(j, j)];
    }
  }
  for (int c = 0; c < 10; ++c) {
    const auto cell = [c](int i) { return static_cast<std::size_t>(i) * 10 + static_cast<std::size_t>(c); };
    for (int i = 0; i < n; ++i) {
      for (int k = 0; k < i; ++k) b[cell(i)] -= a[at(i, k)] * b[cell(k)];
      b[cell(i)] /= a[at(i, i)];
    }
    for (int i = n - 1; i >= 0; --i) {
      for (int k = i + 1; k < n; ++k) b[cell(i)] -= a[at(k, i)] * b[cell(k)];
      b[cell(i)] /= a[at(i, i)];
    }
  }
}

struct Errors {
  double training, test;
};
Errors errors_at(int width, const std::vector<double>& train, const Digits& digits,
                 const std::vector<double>& test_features, const Digits& test) {
  const int samples = digits.size();
  const auto row = [](const std::vector<double>& features, int i) {
    return features.data() + static_cast<std::ptrdiff_t>(i) * 1200;
  };
  // With fewer features than samples the normal equations of the features, else of the samples: the least norm.
  const bool by_features = width < samples;
  const int n = by_features ? width : samples;
  std::vector<double> gram(static_cast<std::size_t>(n) * static_cast<std::size_t>(n)),
      right(static_cast<std::size_t>(n) * 10);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j <= i; ++j) {
      double sum = 0;
      if (by_features) {
        for (int s = 0; s < samples; ++s) sum += row(train, s)[i] * row(train, s)[j];
      } else {
        for (int f = 0; f < width; ++f) sum += row(train, i)[f] * row(train, j)[f];
      }
      gram[static_cast<std::size_t>(i) * static_cast<std::size_t>(n) + static_cast<std::size_t>(j)] = sum;
    }
  }
  const auto target = [&](int s, int c) { return digits.label(s) == c ? 0.9 : -0.1; };
  for (int i = 0; i < n; ++i) {
    for (int c = 0; c < 10; ++c) {
      double sum = by_features ? 0 : target(i, c);
      for (int s = 0; by_features && s < samples; ++s) sum += row(train, s)[i] * target(s, c);
      right[static_cast<std::size_t>(i) * 10 + static_cast<std::size_t>(c)] = sum;
    }
  }
  solve(n, gram, right, 1e-9);
  std::vector<double> weights(static_cast<std::size_t>(width) * 10, 0);
  for (int f = 0; f < width; ++f) {
    for (std::size_t c = 0; c < 10; ++c) {
      double& w = weights[static_cast<std::size_t>(f) * 10 + c];
      if (by_features) w = right[static_cast<std::size_t>(f) * 10 + c];
      for (int s = 0; !by_features && s < samples; ++s)
        w += row(train, s)[f] * right[static_cast<std::size_t>(s) * 10 + c];
    }
  }
  const auto error = [&](const std::vector<double>& features, const Digits& of) {
    int wrong = 0;
    for (int i = 0; i < of.size(); ++i) {
      double scores[10] = {};
      for (int f = 0; f < width; ++f) {
        for (std::size_t c = 0; c < 10; ++c)
          scores[c] += row(features, i)[f] * weights[static_cast<std::size_t>(f) * 10 + c];
      }
      wrong += std::max_element(scores, scores + 10) - scores != of.label(i);
    }
    return 100.0 * wrong / of.size();
  };
  return {error(train, digits), error(test_features, test)};
}

void run(Context& lab) {
  const int samples = lab.full_or_quick(300, 150);
  Digits digits = lab.digits.training(samples, lab.seed).halved();
  spoil_labels(digits, 0.2, lab.seed);
  const Digits test = lab.digits.testing(lab.full_or_quick(2000, 500)).halved();
  const int draws = lab.full_or_quick(5, 2);
  std::vector<double> shares = {0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4};
  if (lab.quick) shares.push_back(8);
  Series training{{"training error", "lỗi huấn luyện"}}, testing{{"test error", "lỗi kiểm tra"}};
  for (const double share : shares) {
    training.add(std::round(share * samples), 0);
    testing.add(std::round(share * samples), 0);
  }
  for (int draw = 0; draw < draws; ++draw) {
    const std::uint64_t seed = lab.seed * 100 + static_cast<std::uint64_t>(draw);
    const std::vector<double> features = features_of(digits, seed), test_features = features_of(test, seed);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const Errors errors = errors_at(static_cast<int>(training.x[i]), features, digits, test_features, test);
      training.y[i] += errors.training / draws;
      testing.y[i] += errors.test / draws;
    }
  }
  const auto peak = std::max_element(testing.y.begin() + 3, testing.y.end() - 3) - testing.y.begin();
  const auto at_peak = static_cast<std::size_t>(peak);
  const double before = *std::min_element(testing.y.begin(), testing.y.begin() + peak), last = testing.y.back();
  LinePlot plot{"error",
                {"Error over the number of hidden units, a fifth of the labels wrong",
                 "Lỗi theo số nút ẩn, một phần năm nhãn sai"},
                {"hidden units", "số nút ẩn"},
                {"error, %", "lỗi, %"},
                Scale::logarithmic};
  plot.series = {training, testing};
  plot.marks = {{static_cast<double>(samples), {"as many units as samples", "số nút bằng số mẫu"}},
                {testing.x.back(), {"second descent", "lần giảm thứ hai"}}};
  lab.report.show(plot);
  lab.report.find(
      {"Test error falls to {} %, rises to {} % at {} units where {} labels can just be fitted, and falls to {} % at "
       "{} units.",
       "Lỗi kiểm tra giảm còn {} %, tăng lên {} % ở {} nút, nơi vừa đủ khớp {} nhãn, rồi giảm còn {} % ở {} nút."},
      before, testing.y[at_peak], testing.x[at_peak], samples, last, testing.x.back());
  lab.report.explain(
      {"The first layer is random and stays so; the readout is the least-squares solution, beyond the threshold the "
       "one "
       "of the smallest norm. That is what gradient descent from 0 tends to, and it shows the peak in seconds.",
       "Tầng đầu ngẫu nhiên và giữ nguyên; tầng ra là nghiệm bình phương tối thiểu, vượt ngưỡng thì chọn nghiệm có "
       "chuẩn nhỏ nhất. Đó là nơi gradient descent từ 0 hướng tới, và đỉnh hiện ra trong vài giây."});
  lab.report.claim("peak", {"width of the peak over the number of samples", "độ rộng ở đỉnh chia số mẫu"},
                   testing.x[at_peak] / samples, 0.75, 1.3);
  lab.report.claim_at_least(
      "rises", {"error at the peak minus the lowest before, points", "lỗi ở đỉnh trừ thấp nhất trước đó, điểm"},
      testing.y[at_peak] - before, 8);
  lab.report.claim_at_least("descends",
                            {"error at the peak minus at the widest, points", "lỗi ở đỉnh trừ ở mạng rộng nhất, điểm"},
                            testing.y[at_peak] - last, 10);
  lab.report.claim_at_most("fits", {"training error at twice the threshold, %", "lỗi huấn luyện ở hai lần ngưỡng, %"},
                           training.y[11], 0);
}

}  // namespace

const Lab double_descent{"double-descent",
                         {"Double descent", "Hai lần giảm"},
                         {"Is a wider net always worse once it fits its training data?",
                          "Mạng rộng hơn có luôn tệ hơn khi đã khớp dữ liệu?"},
                         run};

}  // namespace mica::labs

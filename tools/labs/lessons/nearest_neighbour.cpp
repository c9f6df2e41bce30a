// A wide net beside its own linearisation, and beside the nearest neighbours.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

constexpr int width = 2048;
// One output for each class; squared error, for which the linearisation has a closed form.
using Net = Sequential<Input<14, 14, 1>, Dense<width>, ReLU, Dense<10>>;
using Gram = std::vector<double>;

// The tangent kernel of a wide net of one hidden layer: sum over all weights of the products of two outputs' gradients.
//   K(x, x') = sum over units of h h' + (sum over units of v^2 1[z > 0] 1[z' > 0]) (x x' + 1) + 1
// At a random start v has the variance 1/((width + 10)/2); the same kernel serves all ten outputs.
struct Tangent {
  std::vector<float> hidden, input;  // after ReLU; the images

  Tangent(const Model<Net>& model, const Digits& digits) : input(digits.pixels) {
    using Hidden = Sequential<Input<14, 14, 1>, Dense<width>, ReLU>;
    static Model<Hidden> first;
    static Predictor<Hidden, 10> predict;
    std::copy_n(model.parameters(), Hidden::parameters, first.parameters());
    hidden.resize(static_cast<std::size_t>(digits.size()) * width);
    for (int i = 0; i < digits.size(); i += 10) {
      predict(first, {digits.image(i), 10}, {hidden.data() + static_cast<std::ptrdiff_t>(i) * width, 10});
    }
  }
  double operator()(int i, const Tangent& other, int j) const {
    const float* const h = hidden.data() + static_cast<std::ptrdiff_t>(i) * width;
    const float* const g = other.hidden.data() + static_cast<std::ptrdiff_t>(j) * width;
    const float* const x = input.data() + static_cast<std::ptrdiff_t>(i) * 196;
    const float* const y = other.input.data() + static_cast<std::ptrdiff_t>(j) * 196;
    float product = 0, both = 0, inputs = 0;
    for (int u = 0; u < width; ++u) {
      product += h[u] * g[u];
      both += h[u] > 0 && g[u] > 0 ? 1.0f : 0.0f;
    }
    for (int p = 0; p < 196; ++p) inputs += x[p] * y[p];
    return static_cast<double>(product) +
           2.0 / (width + 10) * static_cast<double>(both) * (static_cast<double>(inputs) + 1) + 1;
  }
};

std::vector<int> nearest(const Digits& digits, const Digits& test, int k) {
  std::vector<int> answers;
  for (int t = 0; t < test.size(); ++t) {
    std::vector<std::pair<float, int>> far;
    for (int i = 0; i < digits.size(); ++i) {
      float sum = 0;
      for (int p = 0; p < 196; ++p)
        sum += (test.image(t)[p] - digits.image(i)[p]) * (test.image(t)[p] - digits.image(i)[p]);
      far.push_back({sum, digits.label(i)});
    }
    std::partial_sort(far.begin(), far.begin() + k, far.end());
    int votes[10] = {};
    for (int n = 0; n < k; ++n) ++votes[far[static_cast<std::size_t>(n)].second];
    answers.push_back(static_cast<int>(std::max_element(votes, votes + 10) - votes));
  }
  return answers;
}

// Gradient descent to the end on the linearised net, measured from its start: f(x) - f0(x) = K(x, X) K(X, X)^-1 Y, by
// conjugate gradients.
std::vector<int> linearised(const Model<Net>& model, const Digits& digits, const Digits& test) {
  const Tangent train(model, digits), tests(model, test);
  const int n = digits.size();
  Gram gram(static_cast<std::size_t>(n) * static_cast<std::size_t>(n));
  const auto at = [n](int i, int j) {
    return static_cast<std::size_t>(i) * static_cast<std::size_t>(n) + static_cast<std::size_t>(j);
  };
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j <= i; ++j) gram[at(i, j)] = gram[at(j, i)] = train(i, train, j);
  }
  std::vector<double> alpha(static_cast<std::size_t>(n) * 10);
  for (int c = 0; c < 10; ++c) {
    std::vector<double> x(static_cast<std::size_t>(n), 0), r(x), p, q(x);
    for (int i = 0; i < n; ++i) {
      r[static_cast<std::size_t>(i)] = digits.label(i) == c ? 1.0 : 0.0;
    }
    p = r;
    const auto dot = [n](const std::vector<double>& a, const std::vector<double>& b) {
      double sum = 0;
      for (int i = 0; i < n; ++i) sum += a[static_cast<std::size_t>(i)] * b[static_cast<std::size_t>(i)];
      return sum;
    };
    double square = dot(r, r);
    const double enough = 1e-10 * square;
    for (int round = 0; round < 500 && square > enough; ++round) {
      for (int i = 0; i < n; ++i) {
        double sum = 0;
        for (int j = 0; j < n; ++j) sum += gram[at(i, j)] * p[static_cast<std::size_t>(j)];
        q[static_cast<std::size_t>(i)] = sum;
      }
      const double step = square / dot(p, q);
      for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] += step * p[i];
        r[i] -= step * q[i];
      }
      const double next = dot(r, r);
      for (std::size_t i = 0; i < x.size(); ++i) p[i] = r[i] + next / square * p[i];
      square = next;
    }
    for (int i = 0; i < n; ++i) alpha[static_cast<std::size_t>(10 * i + c)] = x[static_cast<std::size_t>(i)];
  }
  std::vector<int> answers;
  for (int t = 0; t < test.size(); ++t) {
    double scores[10] = {};
    for (int i = 0; i < n; ++i) {
      const double k = tests(t, train, i);
      for (int c = 0; c < 10; ++c) scores[c] += k * alpha[static_cast<std::size_t>(10 * i + c)];
    }
    answers.push_back(static_cast<int>(std::max_element(scores, scores + 10) - scores));
  }
  return answers;
}

std::vector<int> answers_of(const std::vector<float>& scores) {
  std::vector<int> answers;
  for (std::size_t i = 0; i < scores.size(); i += 10) {
    const auto row = scores.begin() + static_cast<std::ptrdiff_t>(i);
    answers.push_back(static_cast<int>(std::max_element(row, row + 10) - row));
  }
  return answers;
}

void run(Context& lab) {
  const Digits digits = lab.digits.training(lab.full_or_quick(1000, 200), lab.seed).halved(),
               test = lab.digits.testing(lab.full_or_quick(1000, 300)).halved();
  auto run = start<Run<Net, SGD, 100>>(lab.seed);
  const Model<Net> start_model = run->model;
  const std::vector<float> at_start = run->scores(digits), test_at_start = run->scores(test);
  // Squared error on the classes as 0 and 1, on top of what the net says at its start: those first scores are noise.
  static Trainer<Net, MeanSquaredError, SGDMomentum, 100> trainer;
  trainer.reset();
  trainer.optimizer = {0.001f, 0.95f};
  std::vector<float> target(100 * 10);
  const int epochs = lab.full_or_quick(900, 600);
  for (int step = 0; step < epochs * digits.size() / 100; ++step) {
    const int first = step * 100 % digits.size();
    for (int i = 0; i < 1000; ++i)
      target[static_cast<std::size_t>(i)] =
          (digits.label(first + i / 10) == i % 10 ? 1.0f : 0.0f) + at_start[static_cast<std::size_t>(10 * first + i)];
    static_cast<void>(trainer.step(run->model, {digits.image(first), 100}, {target.data(), 100}));
  }
  std::vector<float> since_start = run->scores(test);
  for (std::size_t i = 0; i < since_start.size(); ++i) since_start[i] -= test_at_start[i];
  const std::vector<std::vector<int>> all = {answers_of(since_start), linearised(start_model, digits, test),
                                             nearest(digits, test, 1), nearest(digits, test, 5)};
  const std::vector<Text> names = {{"net", "mạng"},
                                   {"tangent kernel", "nhân tiếp tuyến"},
                                   {"1 neighbour", "1 láng giềng"},
                                   {"5 neighbours", "5 láng giềng"}};
  Heatmap map{"agreement",
              {"How often two give the same answer, % (diagonal: the right one)",
               "Hai cách trả lời giống nhau, % (đường chéo: đúng)"},
              {"", ""},
              {"", ""},
              names,
              names};
  for (std::size_t a = 0; a < 4; ++a) {
    map.values.emplace_back();
    for (std::size_t b = 0; b < 4; ++b) {
      int same = 0;
      for (int t = 0; t < test.size(); ++t) {
        const auto i = static_cast<std::size_t>(t);
        same += all[a][i] == (a == b ? test.label(t) : all[b][i]);
      }
      map.values.back().push_back(100.0 * same / test.size());
    }
  }
  ValueStatistics change, started;
  change.add_change(Net::parameters, run->model.parameters(), start_model.parameters());
  started.add(Net::parameters, start_model.parameters());
  lab.report.show(map);
  lab.report.find({"The net agrees with its own linearisation in {} % of the answers, with 1 nearest neighbour in {} % "
                   "and with 5 in {} %. "
                   "Its weights have moved by {} of their norm.",
                   "Mạng đồng ý với bản tuyến tính hóa của chính nó ở {} % câu trả lời, với 1 láng giềng {} % và 5 "
                   "láng giềng {} %. "
                   "Trọng số đã dịch chuyển {} lần chuẩn của chúng."},
                  map.values[0][1], map.values[0][2], map.values[0][3],
                  static_cast<double>(change.norm / started.norm));
  lab.report.claim_at_least("linearisation",
                            {"agreement of the net and its linearisation, %", "mạng và bản tuyến tính hóa đồng ý, %"},
                            map.values[0][1], 85);
  lab.report.claim_at_least(
      "closer",
      {"that minus agreement with the nearest neighbour, points", "trừ mức đồng ý với láng giềng gần nhất, điểm"},
      map.values[0][1] - map.values[0][2], 0);
}

}  // namespace

const Lab nearest_neighbour{
    "nearest-neighbour",
    {"A wide net, its linearisation, and nearest neighbours", "Mạng rộng, bản tuyến tính hóa và láng giềng gần nhất"},
    {"Does a wide net on little data answer like its tangent kernel, or like its nearest neighbours?",
     "Trên ít dữ liệu, mạng rộng trả lời giống nhân tiếp tuyến hay giống láng giềng gần nhất?"},
    run};

}  // namespace mica::labs

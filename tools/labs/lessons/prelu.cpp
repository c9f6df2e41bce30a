// Units that die under large steps, and activations that do not let them.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

template <class Act>
using Net = Sequential<Input<28, 28, 1>, Dense<100>, Act, Dense<100>, Act, Dense<10>>;

struct Course {
  Series dead;
  double accuracy = 0;
  std::vector<double> slopes = {};
};

// Share of the 200 units whose slope is exactly 0 for each of 1,000 digits: nothing will ever move their weights again.
struct Alive : Observer {
  std::vector<bool> moves = std::vector<bool>(200, false);
  template <int i, class Values>
  void after_layer(Values y) {
    if (i != 1 && i != 3) return;
    for (int n = 0; n < y.count(); ++n) {
      if (y.data[n] != 0) moves[static_cast<std::size_t>((i == 1 ? 0 : 100) + n % 100)] = true;
    }
  }
};
template <class R>
double dead_share(R& run, const Digits& digits) {
  Alive all;
  float y[100 * 10];
  for (int first = 0; first < 1000; first += 100) {
    run.predict(run.model, {digits.image(first), 100}, {y, 100}, all);
  }
  return static_cast<double>(std::count(all.moves.begin(), all.moves.end(), false)) / 200;
}

template <class Act>
Course train(Context& lab, const Digits& digits, const Digits& test, const char* name) {
  auto run = start<Run<Net<Act>, Adam, 32>>(lab.seed);
  run->trainer.optimizer.learning_rate = 0.02f;
  Course course{{{name, name}}};
  const int steps = lab.full_or_quick(1500, 300);
  for (int step = 0; step <= steps; ++step) {
    if (step % (steps / 30) == 0) course.dead.add(step, 100 * dead_share(*run, digits));
    run->step(digits);
  }
  course.accuracy = run->test(test).accuracy;
  if constexpr (std::is_same_v<Act, PReLU>) {
    for (const float s : item_at<1>(run->model.params()).slope.values) course.slopes.push_back(static_cast<double>(s));
    for (const float s : item_at<3>(run->model.params()).slope.values) course.slopes.push_back(static_cast<double>(s));
  }
  return course;
}

void run(Context& lab) {
  const Digits digits = lab.digits.training(3000, lab.seed), test = lab.digits.testing(1000);
  const Course relu = train<ReLU>(lab, digits, test, "ReLU"),
               leaky = train<LeakyReLU<1, 10>>(lab, digits, test, "LeakyReLU, 0.1");
  const Course learnt = train<PReLU>(lab, digits, test, "PReLU");
  LinePlot plot{"dead",
                {"Units that are 0 for every digit, Adam at rate 0.02", "Nút bằng 0 với mọi chữ số, Adam, tốc độ 0.02"},
                {"step", "bước"},
                {"dead units, %", "nút chết, %"}};
  plot.series = {relu.dead, leaky.dead, learnt.dead};
  lab.report.show(plot);
  LinePlot slopes{"slopes",
                  {"The slopes that PReLU has learnt", "Các độ dốc PReLU đã học"},
                  {"slope", "độ dốc"},
                  {"share of the units", "tỉ lệ nút"}};
  slopes.series.push_back(histogram({"slopes", "độ dốc"}, learnt.slopes, -1, 1.5, 50));
  slopes.marks.push_back({0.25, {"at the start", "ban đầu"}});
  lab.report.show(slopes);
  double moved = 0;
  for (const double slope : learnt.slopes) moved += std::abs(slope - 0.25) / static_cast<double>(learnt.slopes.size());
  lab.report.find(
      {"At the end {} % of the ReLU units are dead, {} % of the LeakyReLU and {} % of the PReLU units; test "
       "accuracy {}, {}, {}.",
       "Cuối cùng {} % nút ReLU đã chết, {} % nút LeakyReLU và {} % nút PReLU; độ chính xác {}, {}, {}."},
      relu.dead.y.back(), leaky.dead.y.back(), learnt.dead.y.back(), relu.accuracy, leaky.accuracy, learnt.accuracy);
  lab.report.find({"PReLU's slopes started at 0.25 and have moved by {} on average.",
                   "Độ dốc của PReLU bắt đầu ở 0.25 và đã đổi trung bình {}."},
                  moved);
  lab.report.claim_at_least("relu-dies", {"dead ReLU units, %", "nút ReLU chết, %"}, relu.dead.y.back(), 10);
  lab.report.claim("leaky-lives", {"dead LeakyReLU units, %", "nút LeakyReLU chết, %"}, leaky.dead.y.back(), 0, 1);
  lab.report.claim("prelu-lives", {"dead PReLU units, %", "nút PReLU chết, %"}, learnt.dead.y.back(), 0, 1);
  lab.report.claim_at_least("slopes-learn", {"mean change of PReLU's slopes", "thay đổi trung bình của độ dốc PReLU"},
                            moved, 0.01);
}

}  // namespace

const Lab prelu{"prelu",
                {"Dying ReLUs", "ReLU chết"},
                {"How many ReLUs die under large steps, and what do LeakyReLU and PReLU change?",
                 "Bao nhiêu ReLU chết khi bước quá lớn, LeakyReLU và PReLU thay đổi gì?"},
                run};

}  // namespace mica::labs

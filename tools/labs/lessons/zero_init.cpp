// All weights 0: no gradient reaches any weight, and nothing is learnt but how common each class is.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

template <class Start, class Act>
using Mlp = Sequential<Input<28, 28, 1>, Dense<64, Start>, Act, Dense<64, Start>, Act, Dense<10, Start>>;

constexpr int last_bias = 5;  // tensors: weights and bias of three layers

struct Outcome {
  std::vector<double> gradient = std::vector<double>(6, 0);  // the largest norm of any step, for each tensor
  Series loss;
  double accuracy = 0;
};

template <class Net>
Outcome train(const Digits& digits, const Digits& test, std::uint64_t seed, Text name) {
  auto run = start<Run<Net, SGD>>(seed);
  run->trainer.optimizer.learning_rate = 0.1f;
  Outcome outcome;
  outcome.loss.name = std::move(name);
  for (int step = 0; step < 200; ++step) {
    const double loss = run->step(digits, true);
    if (step % 4 == 0) outcome.loss.add(step, loss);
    for (int t = 0; t < run->look.tensors; ++t) {
      double& most = outcome.gradient[static_cast<std::size_t>(t)];
      most = std::max(most, static_cast<double>(run->look.parameter(t).gradient.norm));
    }
  }
  outcome.accuracy = run->test(test).accuracy;
  return outcome;
}

void run(Context& lab) {
  const Digits digits = lab.digits.training(2000, lab.seed), test = lab.digits.testing(1000);
  const Outcome outcomes[] = {
      train<Mlp<Zeros, ReLU>>(digits, test, lab.seed, {"ReLU, all 0", "ReLU, toàn 0"}),
      train<Mlp<Zeros, Tanh>>(digits, test, lab.seed, {"tanh, all 0", "tanh, toàn 0"}),
      train<Mlp<Auto, ReLU>>(digits, test, lab.seed, {"ReLU, random", "ReLU, ngẫu nhiên"}),
      train<Mlp<Auto, Tanh>>(digits, test, lab.seed, {"tanh, random", "tanh, ngẫu nhiên"}),
  };

  Table table{"gradients", {"Largest gradient norm in 200 steps", "Chuẩn gradient lớn nhất trong 200 bước"}, {}, {}};
  table.heading.push_back({"parameters", "tham số"});
  for (const Outcome& outcome : outcomes) table.heading.push_back(outcome.loss.name);
  const char* const names[] = {"W1", "b1", "W2", "b2", "W3", "b3"};
  for (std::size_t t = 0; t < 6; ++t) {
    std::vector<std::string> row = {names[t]};
    for (const Outcome& outcome : outcomes) row.push_back(number(outcome.gradient[t]));
    table.rows.push_back(row);
  }
  lab.report.show(table);
  LinePlot plot{"loss", {"The loss, step by step", "Hàm mất mát qua từng bước"}, {"step", "bước"}, {"loss", "mất mát"}};
  for (const Outcome& outcome : outcomes) plot.series.push_back(outcome.loss);
  lab.report.show(plot);

  double below = 0;
  for (int o = 0; o < 2; ++o) {
    for (std::size_t t = 0; t < last_bias; ++t) below = std::max(below, outcomes[o].gradient[t]);
  }
  lab.report.explain(
      {"With W = 0 the hidden layers put out 0, so W3's gradient (hidden output times error) is 0; and what goes back "
       "is "
       "the error times W3 = 0, so that every layer below gets nothing. Only b3 sees the error.",
       "Với W = 0, các tầng ẩn xuất ra 0, nên gradient của W3 (đầu ra tầng ẩn nhân sai số) bằng 0; và tín hiệu truyền "
       "ngược là sai số nhân W3 = 0, nên mọi tầng dưới không nhận được gì. Chỉ b3 nhìn thấy sai số."});
  lab.report.find({"After 200 steps the zero nets guess right in {} and {} of the cases, the random ones in {} and {}.",
                   "Sau 200 bước, mạng khởi tạo 0 đoán đúng {} và {} số mẫu, mạng ngẫu nhiên {} và {}."},
                  outcomes[0].accuracy, outcomes[1].accuracy, outcomes[2].accuracy, outcomes[3].accuracy);
  lab.report.claim("gradients-zero",
                   {"largest gradient norm of everything but the last bias, both zero nets",
                    "chuẩn gradient lớn nhất của mọi thứ trừ bias cuối, cả hai mạng 0"},
                   below, 0, 0);
  lab.report.claim_at_least("bias-learns", {"gradient norm of the last bias", "chuẩn gradient của bias cuối"},
                            std::min(outcomes[0].gradient[last_bias], outcomes[1].gradient[last_bias]), 0.01);
  lab.report.claim("chance", {"accuracy of the zero nets: chance", "độ chính xác của mạng 0: đoán mò"},
                   std::max(outcomes[0].accuracy, outcomes[1].accuracy), 0.05, 0.15);
  lab.report.claim_at_least("random-learns",
                            {"accuracy of the random nets", "độ chính xác của mạng khởi tạo ngẫu nhiên"},
                            std::min(outcomes[2].accuracy, outcomes[3].accuracy), 0.5);
}

}  // namespace

const Lab zero_init{"zero-init",
                    {"All weights 0", "Khởi tạo toàn bộ trọng số bằng 0"},
                    {"Why can a network whose weights all start at 0 not learn?",
                     "Vì sao mạng có mọi trọng số ban đầu bằng 0 không học được?"},
                    run};

}  // namespace mica::labs

// A net that can learn random labels by heart, and still generalises when labels are right.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

using Net = Sequential<Input<28, 28, 1>, Dense<256>, ReLU, Dense<256>, ReLU, Dense<10>>;

struct Course {
  Series training;
  double train_error = 100, test_error = 100;
  int epochs = 0;
};
Course train(Context& lab, const Digits& digits, const Digits& test, Text name) {
  auto run = start<Run<Net, Adam>>(lab.seed);
  Course course{{std::move(name)}};
  const int most = 200;
  for (int epoch = 1; epoch <= most && course.train_error > 0; ++epoch) {
    run->trainer.optimizer.learning_rate = epoch <= 60 ? 0.001f : 0.0003f;
    run->train_epochs(digits, 1);
    course.train_error = run->test(digits).error_percent();
    course.training.add(epoch, course.train_error);
    course.epochs = epoch;
  }
  course.test_error = run->test(test).error_percent();
  return course;
}

void run(Context& lab) {
  const Digits right = lab.digits.training(2000, lab.seed), test = lab.digits.testing(1000);
  Digits random = right;
  for (int i = 0; i < random.size(); ++i) {
    random.label(i) = static_cast<std::uint8_t>(Random(lab.seed).fork(4).below(10, static_cast<std::uint32_t>(i)));
  }
  const Course learnt = train(lab, right, test, {"true labels", "nhãn đúng"});
  const Course by_heart = train(lab, random, test, {"random labels", "nhãn ngẫu nhiên"});
  LinePlot plot{
      "error", {"Training error", "Lỗi huấn luyện"}, {"epoch", "vòng"}, {"training error, %", "lỗi huấn luyện, %"}};
  plot.series = {learnt.training, by_heart.training};
  lab.report.show(plot);
  BarPlot bars{"errors",
               {"Errors at the end", "Lỗi cuối cùng"},
               {"error, %", "lỗi, %"},
               {{"true labels", "nhãn đúng"}, {"random labels", "nhãn ngẫu nhiên"}},
               {{{"training", "huấn luyện"}, {learnt.train_error, by_heart.train_error}},
                {{"test", "kiểm tra"}, {learnt.test_error, by_heart.test_error}}}};
  lab.report.show(bars);
  lab.report.find(
      {"The same net of {} parameters learns 2,000 random labels by heart in {} epochs (true ones in {}). What keeps "
       "its test error at {} % with true labels is therefore not that it could not do otherwise.",
       "Cùng mạng {} tham số thuộc lòng 2.000 nhãn ngẫu nhiên sau {} vòng (nhãn đúng: {}). Vậy lỗi kiểm tra {} % "
       "với nhãn đúng không phải vì nó không thể làm khác."},
      Net::parameters, by_heart.epochs, learnt.epochs, learnt.test_error);
  lab.report.claim("memorises",
                   {"training error on 2,000 random labels, %", "lỗi huấn luyện trên 2.000 nhãn ngẫu nhiên, %"},
                   by_heart.train_error, 0, 0);
  lab.report.claim("chance",
                   {"test error after random labels, %: chance", "lỗi kiểm tra sau nhãn ngẫu nhiên, %: đoán mò"},
                   by_heart.test_error, 84, 96);
  lab.report.claim_at_most("generalises", {"test error after true labels, %", "lỗi kiểm tra sau nhãn đúng, %"},
                           learnt.test_error, 15);
}

}  // namespace

const Lab memorise{"memorise",
                   {"Learning by heart", "Học thuộc lòng"},
                   {"Can a net fit labels that mean nothing?", "Mạng có thể khớp nhãn vô nghĩa không?"},
                   run};

}  // namespace mica::labs

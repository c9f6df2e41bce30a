// Large weights and a large rate: loss and gradient grow to NaN. Three cures.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

using Net = RepeatedOf<Sequential<Input<28, 28, 1>>, 8, Dense<64, Drawn>, ReLU>::With<Dense<10, Drawn>>;
using R = Run<Net, SGD>;

struct Course {
  Series loss, gradient;
  int diverged = -1;  // at this step, counted from 1
  double accuracy = 0;
  std::string diagnosis;
};

Course train(Context& lab, const Digits& digits, const Digits& test, Text name, double variance, float rate,
             float clip) {
  Drawn::over_inputs = variance;
  auto run = start<R>(lab.seed);
  run->trainer.optimizer.learning_rate = rate;
  run->trainer.clip_norm = clip;
  Course course;
  course.loss.name = course.gradient.name = name;
  const int steps = lab.full_or_quick(4000, 1500);
  for (int step = 1; step <= steps; ++step) {
    const bool look = step <= 20 || step % 20 == 0;
    const double loss = run->step(digits, look);
    if (look) {
      double squares = 0;
      for (int t = 0; t < run->look.tensors; ++t)
        squares += std::pow(static_cast<double>(run->look.parameter(t).gradient.norm), 2);
      course.loss.add(step, loss);
      course.gradient.add(step, std::sqrt(squares));
    }
    if (!std::isfinite(loss)) {
      course.diverged = step;
      char text[2000];
      if (!look) run->step(digits, true);
      diagnose(run->look, text, sizeof text);
      course.diagnosis = text;
      break;
    }
  }
  course.accuracy = course.diverged < 0 ? run->test(test).accuracy : 0;
  return course;
}

void run(Context& lab) {
  const Digits digits = lab.digits.training(3000, lab.seed), test = lab.digits.testing(1000);
  const Course courses[] = {
      train(lab, digits, test, {"4/n, rate 0.1", "4/n, tốc độ 0.1"}, 4, 0.1f, 0),
      train(lab, digits, test, {"clipping", "cắt gradient"}, 4, 0.1f, 0.5f),
      train(lab, digits, test, {"rate 0.003", "tốc độ 0.003"}, 4, 0.003f, 0),
      train(lab, digits, test, {"Var(w) = 2/n", "Var(w) = 2/n"}, 2, 0.1f, 0),
  };
  LinePlot loss{
      "loss", {"Loss", "Mất mát"}, {"step", "bước"}, {"loss", "mất mát"}, Scale::logarithmic, Scale::logarithmic};
  LinePlot gradient = loss;
  gradient.id = "gradient";
  gradient.title = {"Norm of the gradient, before clipping", "Chuẩn của gradient, trước khi cắt"};
  gradient.y = {"norm of the gradient", "chuẩn của gradient"};
  for (const Course& course : courses) {
    loss.series.push_back(course.loss);
    gradient.series.push_back(course.gradient);
  }
  lab.report.show(loss);
  lab.report.show(gradient);
  lab.report.find({"Without a cure the loss is no number any more at step {}.",
                   "Không chữa thì mất mát không còn là số ở bước {}."},
                  courses[0].diverged);
  lab.report.find({"Mica's diagnosis: {}", "Chẩn đoán của Mica: {}"}, courses[0].diagnosis);
  lab.report.find(
      {"Test accuracy with clipping at norm 0.5: {}; with a rate of 0.003: {}; with Var(w) = 2/n: {}. The right "
       "variance cures the cause, the others the symptom.",
       "Độ chính xác khi cắt ở chuẩn 0.5: {}; với tốc độ 0.003: {}; với Var(w) = 2/n: {}. Phương sai đúng chữa "
       "nguyên nhân, hai cách kia chữa triệu chứng."},
      courses[1].accuracy, courses[2].accuracy, courses[3].accuracy);
  lab.report.claim("diverges", {"step at which the loss is no number", "bước mà mất mát không còn là số"},
                   courses[0].diverged, 2, 600);
  const char* const names[] = {"clipping", "small-rate", "good-start"};
  for (std::size_t cure = 1; cure < 4; ++cure) {
    lab.report.claim_at_least(names[cure - 1],
                              filled({"test accuracy: {}", "độ chính xác: {}"}, {courses[cure].loss.name.english}),
                              courses[cure].accuracy, 0.5);
  }
}

}  // namespace

const Lab exploding{"exploding",
                    {"Exploding gradients", "Gradient bùng nổ"},
                    {"What do weights and steps that are too large lead to, and what helps?",
                     "Trọng số và bước quá lớn dẫn đến điều gì, và cách nào chữa được?"},
                    run};

}  // namespace mica::labs

// A net of 50 layers before and after it has learnt: how little its weights have changed.
#include "../deep50.hpp"
#include "../registry.hpp"

namespace mica::labs {
namespace {

using Net = DeepNet<Dense<100, Drawn>, ReLU>;

void run(Context& lab) {
  const Digits digits = lab.digits.training(lab.full_or_quick(60000, 4000), lab.seed), test = lab.digits.testing(1000);
  const int epochs = lab.full_or_quick(16, 30);
  const double goal = lab.full_or_quick(0.05, 0.4);  // test error at which training ends
  const double factors[] = {1.7, 2, 2.3};
  LinePlot activations{"activations",
                       {"Norm of the activations: dashed before, solid after training",
                        "Chuẩn kích hoạt: nét đứt trước, nét liền sau huấn luyện"},
                       {"layer", "tầng"},
                       {"norm of the activations", "chuẩn của kích hoạt"},
                       Scale::linear,
                       Scale::logarithmic};
  LinePlot gradients = activations, variances = activations;
  gradients.id = "gradients";
  gradients.title = {"Norm of the weights' gradient: dashed before, solid after training",
                     "Chuẩn gradient: nét đứt trước, nét liền sau huấn luyện"};
  gradients.y = {"norm of the gradient", "chuẩn của gradient"};
  variances.id = "variances";
  variances.title = {"Variance of the weights, after training over before",
                     "Phương sai trọng số, sau chia trước huấn luyện"};
  variances.y = {"variance after / before", "phương sai sau / trước"};
  variances.y_scale = Scale::linear;
  double lowest = 1e9, highest = 0, worst_error = 0, apart_before = 0, apart_after = 0;
  std::vector<double> ends_before, ends_after;
  for (const double factor : factors) {
    Drawn::over_inputs = factor;
    auto run = start<Run<Net, Adam, 50>>(lab.seed);
    run->trainer.optimizer.learning_rate = 0;
    run->step(digits, true);
    const Profile before = profile_of(run->look, 2);
    run->trainer.optimizer.learning_rate = lab.quick ? 0.0005f : 0.0003f;
    run->trainer.clip_norm = 1;
    if (!lab.quick) run->trainer.schedule = Schedule::cosine(epochs * run->steps_per_epoch(digits));
    double error = 1;
    int epoch = 0;
    for (; epoch < epochs && error > goal; ++epoch) {
      run->train_epochs(digits, 1);
      error = run->test(test).error();
    }
    run->step(digits, true);
    const Profile after = profile_of(run->look, 2);
    std::vector<double> ratio;
    for (std::size_t i = 0; i < deep_layers; ++i) ratio.push_back(after.variance[i] / before.variance[i]);
    const std::string name = number(factor) + "/n";
    activations.series.push_back(over_layers({name, name}, after.activation));
    gradients.series.push_back(over_layers({name, name}, after.gradient));
    variances.series.push_back(over_layers({name, name}, ratio));
    activations.series.push_back(
        over_layers({name + " before", name + " trước"}, before.activation, Series::Style::dashed));
    gradients.series.push_back(
        over_layers({name + " before", name + " trước"}, before.gradient, Series::Style::dashed));
    // A net keeps its colour.
    for (LinePlot* plot : {&activations, &gradients}) {
      for (std::size_t i = plot->series.size() - 2; i < plot->series.size(); ++i)
        plot->series[i].colour = static_cast<int>(i / 2);
    }
    lowest = std::min(lowest, *std::min_element(ratio.begin(), ratio.end()));
    highest = std::max(highest, *std::max_element(ratio.begin(), ratio.end()));
    worst_error = std::max(worst_error, error);
    ends_before.push_back(before.activation.back());
    ends_after.push_back(after.activation.back());
    lab.report.find({"{}/n: test error {} % after {} epochs; norm at layer 49 was {}, is {}.",
                     "{}/n: lỗi kiểm tra {} % sau {} vòng; chuẩn ở tầng 49 trước {}, sau {}."},
                    factor, 100 * error, epoch, before.activation.back(), after.activation.back());
  }
  apart_before = ratio_of_extremes(ends_before);
  apart_after = ratio_of_extremes(ends_after);
  lab.report.show(variances);
  lab.report.show(activations);
  lab.report.show(gradients);
  const bool drawn_together = apart_after < std::sqrt(apart_before);
  lab.report.find(
      drawn_together
          ? Text{"The three nets' norms at layer 49 were {} times apart and are {} times apart now: they have drawn "
                 "together.",
                 "Chuẩn của ba mạng ở tầng 49 từng cách nhau {} lần, nay {} lần: chúng đã xích lại gần nhau."}
          : Text{"The three nets' norms at layer 49 were {} times apart and are {} times apart now: they still tell "
                 "them apart.",
                 "Chuẩn của ba mạng ở tầng 49 từng cách nhau {} lần, nay {} lần: vẫn phân biệt được chúng."},
      apart_before, apart_after);
  lab.report.claim("variance-low",
                   {"smallest variance after / before, any layer", "phương sai sau / trước nhỏ nhất, mọi tầng"}, lowest,
                   0.95, 1.25);
  lab.report.claim("variance-high",
                   {"largest variance after / before, any layer", "phương sai sau / trước lớn nhất, mọi tầng"}, highest,
                   0.95, 1.25);
  lab.report.claim_at_most("learnt", {"worst test error of the three", "lỗi kiểm tra tệ nhất của ba mạng"}, worst_error,
                           goal);
}

}  // namespace

const Lab weights_barely_move{"weights-barely-move",
                              {"Weights barely move", "Trọng số hầu như không đổi"},
                              {"How far from their start are the weights of a deep net that has learnt?",
                               "Khi mạng sâu đã học xong, trọng số cách điểm xuất phát bao xa?"},
                              run};

}  // namespace mica::labs

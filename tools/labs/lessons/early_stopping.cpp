// 40 % wrong labels: the right ones are learnt first, and whoever stops in time never learns the wrong ones.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

using Net = Sequential<Input<28, 28, 1>, Dense<256>, ReLU, Dense<10>>;
constexpr int patience = 3;

void run(Context& lab) {
  const int count = lab.full_or_quick(8000, 2000);
  Digits all = lab.digits.training(count + count / 4, lab.seed);
  const std::vector<bool> wrong = spoil_labels(all, 0.4, lab.seed);
  // The last fifth, with wrong labels like the others, is for validation.
  const Digits digits = all.first(count), test = lab.digits.testing(2000);
  Digits validation, clean, spoilt;
  for (int i = 0; i < all.size(); ++i) {
    Digits& part = i >= count ? validation : wrong[static_cast<std::size_t>(i)] ? spoilt : clean;
    part.pixels.insert(part.pixels.end(), all.image(i), all.image(i) + 784);
    part.labels.push_back(all.label(i));
  }
  auto run = start<Run<Net, Adam>>(lab.seed);
  run->trainer.optimizer.learning_rate = 0.001f;
  Series on_clean{{"right labels", "nhãn đúng"}}, on_wrong{{"wrong labels", "nhãn sai"}},
      on_test{{"test error", "lỗi kiểm tra"}};
  Series validation_loss{{"validation loss", "mất mát kiểm định"}};
  const int epochs = lab.full_or_quick(100, 50);
  double best = 1e9, at_best = 100;
  int best_epoch = 0, stopped = 0;
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    run->train_epochs(digits, 1);
    on_clean.add(epoch, 100 * run->test(clean).accuracy);
    on_wrong.add(epoch, 100 * run->test(spoilt).accuracy);
    on_test.add(epoch, run->test(test).error_percent());
    const double loss = run->test(validation).loss;
    validation_loss.add(epoch, loss);
    if (stopped == 0 && loss < best) {
      best = loss;
      best_epoch = epoch;
      at_best = on_test.y.back();
    }
    if (stopped == 0 && epoch - best_epoch >= patience) stopped = epoch;
  }
  LinePlot plot{
      "accuracy",
      {"Training samples that the net labels as they are labelled", "Mẫu huấn luyện được gán đúng như nhãn của chúng"},
      {"epoch", "vòng"},
      {"%", "%"}};
  plot.series = {on_clean, on_wrong, on_test};
  plot.marks.push_back({static_cast<double>(best_epoch), {"early stopping", "dừng sớm"}});
  lab.report.show(plot);
  LinePlot loss{"validation", {"Validation loss", "Mất mát kiểm định"}, {"epoch", "vòng"}, {"loss", "mất mát"}};
  loss.series = {validation_loss};
  loss.marks = plot.marks;
  lab.report.show(loss);
  const auto at = static_cast<std::size_t>(best_epoch - 1);
  lab.report.find(
      {"Patience {} stops in epoch {} and goes back to epoch {}: there {} % of the right labels are reproduced and {} "
       "% "
       "of the wrong ones, at the end {} % and {} %. Test error {} % at the stop, {} % at the end.",
       "Kiên nhẫn {} dừng ở vòng {} và quay về vòng {}: khi đó {} % nhãn đúng và {} % nhãn sai được lặp lại, cuối "
       "cùng {} % và {} %. Lỗi kiểm tra {} % khi dừng, {} % cuối cùng."},
      patience, stopped, best_epoch, on_clean.y[at], on_wrong.y[at], on_clean.y.back(), on_wrong.y.back(), at_best,
      on_test.y.back());
  lab.report.claim_at_least("stops", {"epoch in which patience runs out", "vòng hết kiên nhẫn"}, stopped, 1);
  lab.report.claim_at_least(
      "right-first",
      {"right minus wrong labels reproduced at the stop, points", "nhãn đúng trừ nhãn sai khi dừng, điểm"},
      on_clean.y[at] - on_wrong.y[at], 30);
  lab.report.claim_at_least("saves",
                            {"test error at the end minus at the stop, points", "lỗi kiểm tra cuối trừ khi dừng, điểm"},
                            on_test.y.back() - at_best, 0);
}

}  // namespace

const Lab early_stopping{
    "early-stopping",
    {"Early stopping under wrong labels", "Dừng sớm khi có nhãn sai"},
    {"What is learnt first when 40 % of the labels are wrong?", "Khi 40 % nhãn sai, điều gì được học trước?"},
    run};

}  // namespace mica::labs

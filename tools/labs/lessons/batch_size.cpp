// The four norms, over ever smaller batches.
#include "../registry.hpp"
#include "../training.hpp"

namespace mica::labs {
namespace {

// Behind the Dense layer there are no pixels: each unit has one number per sample. InstanceNorm has nothing to do there.
template <class Norm>
using BehindDense = std::conditional_t<std::is_same_v<Norm, InstanceNorm>, Identity, Norm>;
template <class Norm>
using Net = Sequential<Input<14, 14, 1>, Conv2d<8, 3, Same>, Norm, ReLU, MaxPool2d<2>, Dense<64>, BehindDense<Norm>,
                       ReLU, Dense<10>>;

template <class Norm, int batch>
double error(Context& lab, const Digits& digits, const Digits& test, int epochs) {
  auto run = start<Run<Net<Norm>, SGDMomentum, batch>>(lab.seed);
  // The rate goes with the batch, so that only the norm tells the batches apart.
  run->trainer.optimizer = {0.02f * static_cast<float>(batch) / 32, 0.9f};
  run->trainer.schedule = Schedule::cosine(run->steps_per_epoch(digits) * epochs);
  run->train_epochs(digits, epochs);
  return run->test(test).error_percent();
}

template <class Norm>
std::vector<double> errors(Context& lab, const Digits& digits, const Digits& test, int epochs) {
  return {error<Norm, 32>(lab, digits, test, epochs), error<Norm, 16>(lab, digits, test, epochs),
          error<Norm, 8>(lab, digits, test, epochs), error<Norm, 4>(lab, digits, test, epochs),
          error<Norm, 2>(lab, digits, test, epochs)};
}

void run(Context& lab) {
  const Digits digits = lab.digits.training(lab.full_or_quick(10000, 3000), lab.seed).halved();
  const Digits test = lab.digits.testing(2000).halved();
  const int epochs = lab.full_or_quick(10, 10);
  LinePlot plot{"error",
                {"Test error over the batch size", "Lỗi kiểm tra theo cỡ lô"},
                {"samples per batch", "số mẫu mỗi lô"},
                {"test error, %", "lỗi kiểm tra, %"},
                Scale::logarithmic};
  const std::vector<double> sizes = {32, 16, 8, 4, 2};
  const auto add = [&](const char* name, const std::vector<double>& found) {
    plot.series.push_back({{name, name}, sizes, found, Series::Style::line});
    return found;
  };
  const auto batch = add("BatchNorm", errors<BatchNorm<>>(lab, digits, test, epochs));
  const auto group = add("GroupNorm<4>", errors<GroupNorm<4>>(lab, digits, test, epochs));
  add("LayerNorm", errors<LayerNorm<>>(lab, digits, test, epochs));
  add("InstanceNorm", errors<InstanceNorm>(lab, digits, test, epochs));
  lab.report.show(plot);
  const double spread = *std::max_element(group.begin(), group.end()) - *std::min_element(group.begin(), group.end());
  lab.report.find({"BatchNorm's error goes from {} % at 32 to {} % at 2; GroupNorm's stays within {} points.",
                   "Lỗi của BatchNorm từ {} % ở lô 32 lên {} % ở lô 2; lỗi của GroupNorm chỉ dao động {} điểm."},
                  batch.front(), batch.back(), spread);
  lab.report.claim_at_least(
      "batch-norm-rises",
      {"BatchNorm: error at 2 minus error at 32, points", "BatchNorm: lỗi ở lô 2 trừ lỗi ở lô 32, điểm"},
      batch.back() - batch.front(), 0.3);
  lab.report.claim_at_most(
      "group-norm-flat",
      {"GroupNorm: highest minus lowest error, points", "GroupNorm: lỗi cao nhất trừ thấp nhất, điểm"}, spread, 1);
}

}  // namespace

const Lab batch_size{"batch-size",
                     {"Norms and the batch size", "Các phép chuẩn hóa và cỡ lô"},
                     {"Which norm still works in small batches?", "Phép chuẩn hóa nào vẫn tốt khi lô nhỏ?"},
                     run};

}  // namespace mica::labs

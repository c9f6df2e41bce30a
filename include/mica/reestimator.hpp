#pragma once

#include <mica/evaluator.hpp>
#include <mica/layers/alpha_dropout.hpp>
#include <mica/layers/batch_norm.hpp>
#include <mica/layers/dropout.hpp>
#include <mica/layers/gaussian_noise.hpp>
#include <mica/layers/spatial_dropout.hpp>
#include <mica/model.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Reestimator: takes the running averages of every BatchNorm anew, as plain averages over a data set: after training
// with few or small batches, after averaging weights, or for data unlike those of training. It runs the training pass
// of BatchNorm, batch after batch, with weights as they are and with dropout and noise off, because they are off at
// test time too. Neither weights nor anything else in the model changes, and no gradient exists.
// The batches differ by one sample at most, so that each may weigh the same; BatchNorm does not count a batch with a
// single value per channel.
// Memory: sizeof(Reestimator): one DataBatch, the network's Cache and scratch, one batch of outputs, the statistics.
// Errors: data that cannot be read, or fewer than two samples, are refused, and the model stays as it was; a network
// without running averages does not compile.
// Paper: Wu, Johnson, "Rethinking 'Batch' in BatchNorm", 2021, arXiv:2105.07576.
template <class Net, class Loss, int batch>
class Reestimator {
  using StatisticsNet = Quiet<Cumulative, Net>;
  using Bound = typename StatisticsNet::Bound;
  static_assert(Net::statistics > 0, "mica::Reestimator: this network has no running averages.");
  static_assert(Net::parameters == StatisticsNet::parameters && Net::statistics == StatisticsNet::statistics,
                "mica::Reestimator: the network's parameters must not depend on how averages are kept.");

 public:
  template <class Data>
  Status run(Model<Net>& model, const Data& data) {
    const int samples = data.size();
    if (samples < 2) {
      Status::Message text;
      return Status::error(text << "The data set has " << samples << " samples; running averages need at least 2.");
    }
    // The first batch weighs 1 against averages of 0.
    float* const statistics = reinterpret_cast<float*>(&stats_);
    for (int i = 0; i < Net::statistics; ++i) statistics[i] = 0;
    const auto& params = reinterpret_cast<const typename StatisticsNet::Params&>(model.params());
    const int batches = (samples + batch - 1) / batch;
    for (int b = 0; b < batches; ++b) {
      const int first = place(b, samples, batches), size = place(b + 1, samples, batches) - first;
      const Status status = batch_.gather(data, first, size, [](std::uint32_t i) { return i; });
      if (!status.ok()) return status;
      Bound::template forward<batch>(params, stats_, cache_, batch_.x(),
                                     BatchView<float, typename Net::Output>(output_, size),
                                     StepContext<float>{scratch_.data(), Random(0)});
    }
    for (int i = 0; i < Net::statistics; ++i) model.statistics()[i] = statistics[i];
    return {};
  }

 private:
  // Where batch b begins.
  static int place(int b, int samples, int batches) {
    return static_cast<int>(static_cast<long long>(b) * samples / batches);
  }

  DataBatch<Net, Loss, batch> batch_;
  typename Bound::template Cache<batch> cache_;
  typename StatisticsNet::Stats stats_;
  float output_[batch * Net::Output::size];
  Values<float, Bound::train_scratch(batch)> scratch_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

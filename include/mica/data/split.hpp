#pragma once

#include <cstdint>

#include <mica/data/permutation.hpp>
#include <mica/namespace.hpp>
#include <mica/rng.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Split: which samples are trained on and which are kept for validation. Called with 0 ... training() - 1 it gives the
// samples of the training part, with the numbers after those the rest, in an order drawn from stream 3 of the seed;
// without a validation share every number is its own sample. Fit::split() is the split that Fit trains with.
// Memory: 28 bytes. Errors: a share that leaves nothing to train on, or is negative: check().
class Split {
 public:
  constexpr Split(int samples, float validation_share, std::uint64_t seed)
      : order_(static_cast<std::uint32_t>(samples), Random(seed).fork(stream)),
        samples_(samples),
        validation_(static_cast<int>(static_cast<float>(samples) * validation_share)) {}

  constexpr int training() const { return samples_ - validation_; }
  constexpr int validation() const { return validation_; }
  constexpr std::uint32_t operator()(std::uint32_t i) const { return validation_ > 0 ? order_(i) : i; }

  Status check() const {
    if (validation_ >= 0 && validation_ < samples_) return {};
    Status::Message text;
    return Status::error(text << "Of " << samples_ << " samples, " << validation_
                              << " would be kept for validation; training needs at least one.");
  }

 private:
  static constexpr std::uint32_t stream = 3;

  Permutation order_;
  int samples_, validation_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

#pragma once

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "samples.hpp"

namespace mica::models {

// The probability that a positive sample has a larger score than a negative one, where a tie counts one half: the area
// under the ROC curve. Neither list may be empty; a NaN counts as infinity.
// Paper: Hanley, McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve", 1982,
// doi:10.1148/radiology.143.1.7063747.
inline double area_under_curve(std::vector<float> negative, std::vector<float> positive) {
  const auto replace_nan = [](std::vector<float>& scores) {
    for (float& score : scores) score = score == score ? score : std::numeric_limits<float>::infinity();
  };
  replace_nan(negative);
  replace_nan(positive);
  std::sort(negative.begin(), negative.end());
  double below = 0;
  for (const float score : positive) {
    const auto [first, last] = std::equal_range(negative.begin(), negative.end(), score);
    below += 0.5 * static_cast<double>((first - negative.begin()) + (last - negative.begin()));
  }
  return below / (static_cast<double>(negative.size()) * static_cast<double>(positive.size()));
}

// The same where class 0 is negative and every other class positive. Fails where the samples are all of one kind.
inline Status area_under_curve(const Samples& samples, const std::vector<float>& scores, float& result) {
  std::vector<float> negative, positive;
  for (int i = 0; i < samples.size(); ++i) {
    (samples.label(i) == 0 ? negative : positive).push_back(scores[static_cast<std::size_t>(i)]);
  }
  if (negative.empty() || positive.empty()) {
    Status::Message text;
    return Status::error(text << "The AUC compares normal samples with anomalous ones, but those measured ("
                              << samples.size() << ") are all of one kind.");
  }
  result = static_cast<float>(area_under_curve(std::move(negative), std::move(positive)));
  return {};
}

}  // namespace mica::models

#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

namespace mica::choosing {

// Scores: one figure of the same training with different seeds.
struct Scores {
  std::vector<double> values;

  void add(double value) { values.push_back(value); }
  double mean() const {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  }
  double lowest() const { return *std::min_element(values.begin(), values.end()); }
  double highest() const { return *std::max_element(values.begin(), values.end()); }
};

}  // namespace mica::choosing

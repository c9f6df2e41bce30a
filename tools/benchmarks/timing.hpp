// How the benchmarks take time: many short repetitions, of which the best and the median count.
#pragma once

#include <time.h>

#include <algorithm>
#include <vector>

namespace benchmarks {

// Processor time of this process: what other programs take in between does not count.
inline double seconds_now() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Rate {
  double best = 0;
  double median = 0;
};

// Units of work per second, from a list of rates.
inline Rate summary(std::vector<double> rates) {
  if (rates.empty()) return {};
  std::sort(rates.begin(), rates.end());
  return {rates.back(), rates[(rates.size() - 1) / 2]};
}

// Runs f, which does `work` units, `repetitions` times for about `seconds` each, or fewer times if f takes longer.
template <class Function>
Rate measure(double work, Function f, int repetitions = 80, double seconds = 0.0005) {
  std::vector<double> rates;
  f();
  int calls = 1;
  const double end = seconds_now() + 3 * seconds * repetitions;
  for (int r = 0; r < repetitions && (r < 4 || seconds_now() < end); ++r) {
    const double start = seconds_now();
    for (int i = 0; i < calls; ++i) f();
    const double passed = seconds_now() - start;
    if (r > 0 || passed >= seconds / 2) rates.push_back(work * calls / passed);
    calls = std::max(1, static_cast<int>(calls * seconds / std::max(passed, 1e-9)));
  }
  return summary(rates);
}

}  // namespace benchmarks

// The loop that every contestant runs: shuffled batches gathered from float rows, one step each.
#pragma once

#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "samples_file.hpp"
#include "timing.hpp"

namespace benchmarks {

// Samples per second of `step(x, labels, batch)` over `epochs` passes.
template <class Step>
double training_rate(const Samples& data, int batch, int epochs, Step step) {
  std::vector<int> order(static_cast<std::size_t>(data.count));
  for (int i = 0; i < data.count; ++i) order[static_cast<std::size_t>(i)] = i;
  std::uint64_t state = 0x9e3779b97f4a7c15;
  std::vector<float> x(static_cast<std::size_t>(batch) * static_cast<std::size_t>(data.numbers));
  std::vector<std::uint8_t> labels(static_cast<std::size_t>(batch));
  const std::size_t bytes = sizeof(float) * static_cast<std::size_t>(data.numbers);
  const double start = seconds_now();
  long trained = 0;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    for (std::size_t i = order.size() - 1; i > 0; --i) {
      state ^= state << 13, state ^= state >> 7, state ^= state << 17;
      std::swap(order[i], order[state % (i + 1)]);
    }
    for (int first = 0; first + batch <= data.count; first += batch) {
      for (int i = 0; i < batch; ++i) {
        const int index = order[static_cast<std::size_t>(first + i)];
        std::memcpy(x.data() + static_cast<std::size_t>(i) * static_cast<std::size_t>(data.numbers), data.sample(index),
                    bytes);
        labels[static_cast<std::size_t>(i)] = data.labels[static_cast<std::size_t>(index)];
      }
      step(x.data(), labels.data(), batch);
      trained += batch;
    }
  }
  return static_cast<double>(trained) / (seconds_now() - start);
}

}  // namespace benchmarks

// What every contestant runs, Mica and its peers alike: training on shuffled batches gathered from float rows, and
// inference. One program per library:   PROGRAM train|infer|learn MODEL BATCH SAMPLES [SECONDS]
// It prints one line of JSON, or ends with status 3 if its library cannot express the model. `learn` shows that this is
// training: how many of the samples are recognised after two epochs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "case.hpp"
#include "samples_file.hpp"
#include "timing.hpp"

namespace benchmarks {

class Contestant {
 public:
  virtual ~Contestant() = default;
  // One optimizer step with SGD at 0.01 and momentum 0.9 on the mean softmax cross-entropy of `size` samples.
  virtual void step(const float* x, const std::uint8_t* labels, int size) = 0;
  // Ten scores for each sample.
  virtual void predict(const float* x, int size, float* scores) = 0;
};
using MakeContestant = std::unique_ptr<Contestant> (*)(const std::string& model, int batch, bool training);

// Hands out the samples in shuffled batches, for ever.
class Batches {
 public:
  Batches(const Samples& data, int batch)
      : data_(data), batch_(batch), order_(static_cast<std::size_t>(data.count)), labels_(count(batch)) {
    x_.resize(labels_.size() * count(data.numbers));
    for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = static_cast<int>(i);
    next_ = data.count;
  }
  void gather() {
    if (next_ + batch_ > data_.count) shuffle();
    for (int i = 0; i < batch_; ++i) {
      const int index = order_[count(next_ + i)];
      std::memcpy(x_.data() + count(i) * count(data_.numbers), data_.sample(index),
                  count(data_.numbers) * sizeof(float));
      labels_[count(i)] = data_.labels[count(index)];
    }
    next_ += batch_;
  }
  const float* x() const { return x_.data(); }
  const std::uint8_t* labels() const { return labels_.data(); }

 private:
  static std::size_t count(int n) { return static_cast<std::size_t>(n); }
  void shuffle() {
    for (std::size_t i = order_.size() - 1; i > 0; --i) {
      state_ ^= state_ << 13, state_ ^= state_ >> 7, state_ ^= state_ << 17;
      std::swap(order_[i], order_[static_cast<std::size_t>(state_ % (i + 1))]);
    }
    next_ = 0;
  }

  const Samples& data_;
  int batch_, next_ = 0;
  std::vector<int> order_;
  Numbers x_;
  std::vector<std::uint8_t> labels_;
  std::uint64_t state_ = 0x9e3779b97f4a7c15;
};

// Calls f again and again for `seconds`, in pieces of about a millisecond; its calls per second.
template <class Function>
Rate repeat(double seconds, Function f) {
  for (int i = 0; i < 3; ++i) f();
  return measure(1, f, static_cast<int>(seconds / 0.001) + 1, 0.001);
}

inline double share_learned(Contestant& contestant, const Samples& data, Batches& batches, int batch) {
  for (int i = 0; i < 2 * data.count / batch; ++i) {
    batches.gather();
    contestant.step(batches.x(), batches.labels(), batch);
  }
  std::vector<float> scores(static_cast<std::size_t>(batch) * 10);
  int right = 0, looked_at = 0;
  for (int first = 0; first + batch <= data.count; first += batch) {
    contestant.predict(data.sample(first), batch, scores.data());
    for (int i = 0; i < batch; ++i, ++looked_at) {
      const float* const y = scores.data() + i * 10;
      right += std::max_element(y, y + 10) - y == data.labels[static_cast<std::size_t>(first + i)];
    }
  }
  return 1.0 * right / looked_at;
}

inline int hold_contest(const char* library, int argc, char** argv, MakeContestant make) {
  Samples data;
  if (argc < 5 || !read_samples(argv[4], data)) {
    std::fprintf(stderr, "usage: %s train|infer|learn MODEL BATCH SAMPLES [SECONDS]\n", argv[0]);
    return 2;
  }
  const bool training = std::strcmp(argv[1], "infer") != 0;
  const std::string model = argv[2];
  const int batch = std::atoi(argv[3]);
  const double seconds = argc > 5 ? std::atof(argv[5]) : 0.5;
  const std::unique_ptr<Contestant> contestant = make(model, batch, training);
  if (contestant == nullptr) return 3;

  std::printf("{\"library\":\"%s\",\"contest\":\"%s\",\"model\":\"%s\",\"batch\":%d,", library, argv[1], argv[2],
              batch);
  Batches batches(data, batch);
  if (std::strcmp(argv[1], "learn") == 0) {
    std::printf("\"recognised\":%.4f}\n", share_learned(*contestant, data, batches, batch));
  } else if (training) {
    const Rate steps = repeat(seconds, [&] {
      batches.gather();
      contestant->step(batches.x(), batches.labels(), batch);
    });
    std::printf("\"samples_per_second\":%.1f,\"samples_per_second_median\":%.1f}\n", steps.best * batch,
                steps.median * batch);
  } else {
    // Other samples in every call, as they lie.
    Numbers scores(static_cast<std::size_t>(batch) * 10);
    int first = 0;
    const Rate calls = repeat(seconds, [&] {
      contestant->predict(data.sample(first), batch, scores.data());
      first = first + 2 * batch <= 1024 ? first + batch : 0;
    });
    std::printf("\"microseconds\":%.4f,\"microseconds_median\":%.4f}\n", 1e6 / calls.best, 1e6 / calls.median);
  }
  return 0;
}

}  // namespace benchmarks

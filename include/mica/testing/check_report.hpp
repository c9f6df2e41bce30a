#pragma once

#include <type_traits>

#include <mica/namespace.hpp>
#include <mica/testing/scientific.hpp>
#include <mica/text.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

namespace testing {

// Comparison: how many numbers were compared, and the largest relative difference among them.
struct Comparison {
  int numbers;
  double error;
};

}  // namespace testing

// CheckReport: what check_layer found: one sentence per broken point of the contract, each on its own line.
// Memory: about 2 KB. Sentences that do not fit are counted, not kept.
class [[nodiscard]] CheckReport {
 public:
  bool ok() const { return failures_ == 0; }
  int failures() const { return failures_; }
  const char* message() const { return message_.c_str(); }
  // How many numbers of backward were compared with the numerical gradient, and their largest relative difference.
  int gradient_numbers() const { return gradient_.numbers; }
  double gradient_error() const { return gradient_.error; }

  // Adds one sentence made of words and numbers.
  template <class... Words>
  void fail(const Words&... words) {
    ++failures_;
    (put(words), ...);
    message_ << ".\n";
  }
  void measured(testing::Comparison gradient) {
    gradient_.numbers += gradient.numbers;
    if (gradient.error > gradient_.error) gradient_.error = gradient.error;
  }

 private:
  template <class Word>
  void put(const Word& word) {
    if constexpr (std::is_floating_point_v<Word>) {
      testing::write_scientific(message_, static_cast<double>(word));
    } else {
      message_ << word;
    }
  }

  Text<1999> message_;
  int failures_ = 0;
  testing::Comparison gradient_{0, 0};
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

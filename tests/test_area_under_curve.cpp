// The area under the ROC curve that says how well a score tells anomalous samples from normal ones.
#include <cmath>
#include <string>

#include <doctest/doctest.h>
#include <mica/losses/mean_squared_error.hpp>
#include <mica/sequential.hpp>

#include "support.hpp"
#include "tools/models/area_under_curve.hpp"
#include "tools/models/loss_of_each.hpp"

using mica::models::area_under_curve;

namespace {

// Samples without numbers, whose classes take turns between 0 and 2 from the first on.
struct Turns final : mica::models::Samples {
  int count = 0;
  explicit Turns(int size) : count(size) {}
  int size() const override { return count; }
  std::uint8_t label(int index) const override { return index % 2 == 0 ? 0 : 2; }
  mica::Status read(int, float*) const override { return {}; }
};

struct OneOutput {
  using Output = mica::Shape<2>;
};

}  // namespace

TEST_CASE("the area is the share of pairs in the right order, a tie one half") {
  CHECK(area_under_curve({1, 2, 3}, {4, 5}) == 1.0);
  CHECK(area_under_curve({4, 5}, {1, 2, 3}) == 0.0);
  CHECK(area_under_curve({1, 2, 3, 4}, {2.5f}) == 0.5);
  CHECK(area_under_curve({7}, {7}) == 0.5);
  CHECK(area_under_curve({3, 1, 2, 2}, {2, 9}) == (1 + 2 * 0.5 + 4) / 8);
  // What is no number is the worst score.
  CHECK(area_under_curve({1, 2}, {std::nanf("")}) == 1.0);
  CHECK(area_under_curve({std::nanf(""), 1}, {2}) == 0.5);
}

TEST_CASE("the area equals a count of all pairs") {
  tests::Numbers numbers(3);
  std::vector<float> negative, positive;
  for (int i = 0; i < 60; ++i) negative.push_back(static_cast<float>(numbers.below(20)));
  for (int i = 0; i < 40; ++i) positive.push_back(static_cast<float>(5 + numbers.below(20)));
  double pairs = 0;
  for (const float n : negative) {
    for (const float p : positive) pairs += p > n ? 1.0 : p == n ? 0.5 : 0.0;
  }
  CHECK(area_under_curve(negative, positive) == pairs / 2400);
}

TEST_CASE("class 0 is normal, and both kinds must be there") {
  float result = 0;
  CHECK(area_under_curve(Turns(4), {1, 5, 2, 6}, result).ok());
  CHECK(result == 1.0f);
  const mica::Status status = area_under_curve(Turns(1), {1}, result);
  CHECK(std::string(status.message()).find("(1) are all of one kind") != std::string::npos);
}

TEST_CASE("the loss of each sample is kept in their order") {
  mica::models::LossOfEach<OneOutput, mica::MeanSquaredError> losses;
  const float y[] = {1, 2, 3, 4, 5, 5}, target[] = {1, 2, 3, 2, 2, 1};
  using View = mica::BatchView<const float, OneOutput::Output>;
  losses.observe(View{y, 2}, View{target, 2});
  losses.observe(View{y + 4, 1}, View{target + 4, 1});
  CHECK(losses.values == std::vector<float>{0.0f, 2.0f, 12.5f});
}

// Learning-rate schedules by hand and against PyTorch.
#include <mica/mica.hpp>

#include <doctest/doctest.h>

#include "tests/golden/compare.hpp"
#include "tests/golden/schedules.hpp"

using mica::Schedule;

TEST_CASE("a constant schedule is 1") {
  CHECK(Schedule().factor(0) == 1);
  CHECK(Schedule::constant().factor(1000000) == 1);
}

TEST_CASE("a step schedule by hand") {
  const Schedule schedule = Schedule::step(3, 0.5f);
  const float factors[] = {1, 1, 1, 0.5f, 0.5f, 0.5f, 0.25f};
  for (int t = 0; t < 7; ++t) CHECK(schedule.factor(t) == factors[t]);
  CHECK(schedule.factor(1000000000) == 0);
}

TEST_CASE("a cosine schedule by hand") {
  const Schedule schedule = Schedule::cosine(8, 0.5f);
  CHECK(schedule.factor(0) == doctest::Approx(1).epsilon(1e-6));
  CHECK(schedule.factor(4) == doctest::Approx(0.75).epsilon(1e-6));
  CHECK(schedule.factor(8) == 0.5f);
  CHECK(schedule.factor(9) == 0.5f);  // it stays there
  CHECK(schedule.factor(1000000) == 0.5f);
}

TEST_CASE("warm-up rises in equal steps and moves the rest back") {
  const Schedule schedule = Schedule::step(2, 0.5f).warm_up(3);
  const float factors[] = {0.25f, 0.5f, 0.75f, 1, 1, 0.5f, 0.5f, 0.25f};
  for (int t = 0; t < 8; ++t) CHECK(schedule.factor(t) == factors[t]);
}

TEST_CASE("a cosine never rises and never leaves its bounds") {
  const Schedule schedule = Schedule::cosine(1000, 0.01f);
  float before = 1;
  for (int t = 0; t <= 1001; ++t) {
    const float now = schedule.factor(t);
    CHECK(now <= before);
    CHECK(now >= 0.01f);
    before = now;
  }
}

TEST_CASE("schedules give PyTorch's factors") {
  golden::ScheduleCases::each([](auto c) {
    using Case = decltype(c);
    constexpr int count = static_cast<int>(sizeof(Case::factors) / sizeof(float));
    float factors[count];
    for (int t = 0; t < count; ++t) factors[t] = Case::schedule().factor(t);
    golden::check_near(count, factors, Case::factors, 1e-5);
  });
}

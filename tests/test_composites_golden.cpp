// Residual and Concat against PyTorch.
#include <doctest/doctest.h>

#include "tests/golden/compare.hpp"
#include "tests/golden/concats.hpp"
#include "tests/golden/residuals.hpp"

namespace {

template <class Cases>
void check_cases() {
  Cases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
}

}  // namespace

TEST_CASE("Residual gives PyTorch's numbers") { check_cases<golden::ResidualCases>(); }
TEST_CASE("Concat gives PyTorch's numbers") { check_cases<golden::ConcatCases>(); }

// Convolutions, pools and what moves pixels against PyTorch.
#include <doctest/doctest.h>

#include "tests/golden/avg_pools.hpp"
#include "tests/golden/compare.hpp"
#include "tests/golden/conv1d.hpp"
#include "tests/golden/conv_transpose.hpp"
#include "tests/golden/convolution.hpp"
#include "tests/golden/depthwise.hpp"
#include "tests/golden/enlarged_images.hpp"
#include "tests/golden/max_pools.hpp"
#include "tests/golden/whole_images.hpp"

namespace {

template <class Cases>
void check_cases() {
  Cases::each([](auto c) { golden::check_layer_case<decltype(c)>(); });
}

}  // namespace

TEST_CASE("Conv2d gives PyTorch's numbers") { check_cases<golden::ConvolutionCases>(); }
TEST_CASE("DepthwiseConv2d gives PyTorch's numbers") { check_cases<golden::DepthwiseCases>(); }
TEST_CASE("ConvTranspose2d gives PyTorch's numbers") { check_cases<golden::ConvTransposeCases>(); }
TEST_CASE("Conv1d gives PyTorch's numbers") { check_cases<golden::Conv1dCases>(); }
TEST_CASE("MaxPool2d and MaxPool1d give PyTorch's numbers") { check_cases<golden::MaxPoolCases>(); }
TEST_CASE("AvgPool2d and AvgPool1d give PyTorch's numbers") { check_cases<golden::AvgPoolCases>(); }
TEST_CASE("GlobalAvgPool and Flatten give PyTorch's numbers") { check_cases<golden::WholeImageCases>(); }
TEST_CASE("Upsample2d and ZeroPad2d give PyTorch's numbers") { check_cases<golden::EnlargedImageCases>(); }

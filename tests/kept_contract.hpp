// What a layer that keeps the contract must show.
#pragma once

#include <doctest/doctest.h>
#include <mica/testing/check_report.hpp>

namespace tests {

// Not a template, so that it is compiled once and not for every layer of a test.
inline void expect_kept(const mica::CheckReport& report) {
  INFO(doctest::String(report.message()));
  CHECK(report.ok());
  CHECK(report.gradient_numbers() > 0);
  CHECK(report.gradient_error() < 1e-6);
}

}  // namespace tests

// Every layer against the layer contract: numerical gradients in double, and what the passes may read and write.
#include <mica/mica.hpp>
#include <mica/testing/check_layer.hpp>

#include <doctest/doctest.h>

#include "kept_contract.hpp"

namespace {

using mica::Shape;

template <class Layer, class Input, int batch = 4>
void expect_contract(const mica::CheckOptions& options = {}) {
  tests::expect_kept(mica::check_layer<Layer, Input, batch>(options));
}

template <class Net>
void expect_network() {
  tests::expect_kept(mica::check_network<Net>());
}

}  // namespace

TEST_CASE("Dense keeps the contract") {
  expect_contract<mica::Dense<1>, Shape<1>>();
  expect_contract<mica::Dense<10>, Shape<7>>();
  expect_contract<mica::Dense<33>, Shape<3, 2, 2>>();
  expect_contract<mica::Dense<5>, Shape<70>, 13>();
  expect_contract<mica::Dense<17>, Shape<4>, 1>();
}

TEST_CASE_TEMPLATE("an activation keeps the contract", Layer, mica::ReLU, mica::LeakyReLU<>, mica::LeakyReLU<1, 3>,
                   mica::PReLU, mica::Sigmoid, mica::Tanh, mica::Softmax) {
  expect_contract<Layer, Shape<7>>();
  expect_contract<Layer, Shape<33>>();
  expect_contract<Layer, Shape<3, 2, 5>>();
  expect_contract<Layer, Shape<2>, 1>();
}

TEST_CASE("a network is itself a layer that keeps the contract") {
  using mica::Dense;
  using mica::Input;
  using mica::Sequential;
  expect_network<Sequential<Input<5>, Dense<7>, mica::ReLU, Dense<3>>>();
  expect_network<Sequential<Input<3, 2>, Dense<9>, mica::Tanh, Dense<9>, mica::Sigmoid, mica::PReLU, Dense<2>>>();
  expect_network<Sequential<Input<6>, mica::ReLU, mica::Tanh, Dense<4>, mica::LeakyReLU<>, mica::Softmax, Dense<5>>>();
  expect_network<Sequential<Input<6>, mica::PReLU, mica::PReLU, Dense<4>, mica::PReLU>>();
}

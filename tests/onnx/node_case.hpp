// One output of the suite against what an imported network gives.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <mica/mica.hpp>

inline std::vector<float> read_numbers(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::vector<float> numbers(bytes.size() / sizeof(float));
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(numbers.data()));
  return numbers;
}

template <class Net>
bool agrees(const mica::Model<Net>& model, const char* name, const std::string& number) {
  constexpr float relative = 1e-3f, absolute = 1e-7f;  // the suite's
  const std::vector<float> inputs = read_numbers(number + ".input"), expected = read_numbers(number + ".output");
  const std::size_t in = Net::Input::size, out = Net::Output::size;
  if (inputs.empty() || inputs.size() / in * out != expected.size()) {
    return std::printf("%s: %zu inputs and %zu outputs are no samples of the network\n", name, inputs.size(),
                       expected.size()),
           false;
  }
  static mica::Predictor<Net> predict;
  std::vector<float> y(out);
  for (std::size_t sample = 0; sample < inputs.size() / in; ++sample) {
    predict(model, {inputs.data() + sample * in, 1}, {y.data(), 1});
    for (std::size_t i = 0; i < out; ++i) {
      const float wanted = expected[sample * out + i];
      if (!(std::fabs(y[i] - wanted) <= absolute + relative * std::fabs(wanted)) && !(y[i] == wanted)) {
        std::printf("%s: output %zu of sample %zu is %.9g, expected %.9g\n", name, i, sample, static_cast<double>(y[i]),
                    static_cast<double>(wanted));
        return false;
      }
    }
  }
  return true;
}

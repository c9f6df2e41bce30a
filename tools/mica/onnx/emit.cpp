#include "emit.hpp"

namespace mica::onnx {
namespace {

std::string list(const Extents& numbers) {
  std::string words;
  for (const std::int64_t n : numbers) words += (words.empty() ? "" : ", ") + std::to_string(n);
  return words;
}

// The type as the network describes itself, and as C++ has it: these differ where a description leaves something out.
struct Words {
  std::string description, source;
  Words& operator+=(const std::string& text) {
    description += text;
    source += text;
    return *this;
  }
  Words& operator+=(const Words& other) {
    description += other.description;
    source += other.source;
    return *this;
  }
  bool empty() const { return description.empty(); }
};

class Emission {
 public:
  Emission(Translation& translation, Network& network, std::vector<std::string>& problems)
      : translation_(translation), network_(network), problems_(problems) {}

  Words chain(const Chain& items, const char* separator = ", ") {
    Words words;
    for (const Item& item : items) {
      if (!words.empty()) {
        words.description += ", ";
        words.source += separator;
      }
      const Operation& operation = translation_.operations[static_cast<std::size_t>(item.operation)];
      switch (operation.kind) {
        case Operation::Kind::layer:
          words += layer(operation);
          break;
        case Operation::Kind::sum:
          words += residual(item);
          break;
        case Operation::Kind::concatenation:
          words += concatenation(item);
          break;
      }
    }
    return words;
  }

 private:
  Words layer(const Operation& operation) {
    if (operation.role == Operation::Role::permute) {
      problems_.push_back(
          operation.origin +
          ": its input lies in memory in another order than Mica's layer takes, and no layer moves it.");
    }
    if (operation.role == Operation::Role::last_step) {
      // The last numbers of a row.
      const Extents& from = translation_.layout(operation.inputs[0]).shape;
      const std::string words = "Flatten, SelectChannels<" + std::to_string(product(from) - from.back()) + ", " +
                                std::to_string(from.back()) + ">";
      return {words, words};
    }
    if (operation.numbers) append_numbers(operation);
    return {operation.description, operation.source.empty() ? operation.description : operation.source};
  }

  // The longer way is f, the other one the way around it; f's numbers come first.
  Words residual(const Item& item) {
    const std::size_t f = item.ways[1].size() > item.ways[0].size() ? 1 : 0;
    const Words inner = chain(item.ways[f]), around = chain(item.ways[1 - f]);
    Words words;
    words += "Residual<";
    if (!around.empty()) {
      words += "Shortcut<";
      words += around;
      words += ">, ";
    }
    if (inner.empty()) words += "Identity";
    words += inner;
    words += ">";
    return words;
  }

  Words concatenation(const Item& item) {
    Words words;
    words += "Concat<";
    for (std::size_t i = 0; i < item.ways.size(); ++i) {
      words += i == 0 ? "Branch<" : ", Branch<";
      words += chain(item.ways[i]);
      words += ">";
    }
    words += ">";
    return words;
  }

  void append_numbers(const Operation& operation) {
    std::string failure;
    if (!operation.numbers(network_.parameters, network_.statistics, failure)) {
      problems_.push_back(operation.origin + ": " + failure);
      return;
    }
    const std::size_t tail = operation.tail;
    float* const sums = network_.parameters.data() + network_.parameters.size() - tail;
    for (std::size_t i = 0; i < operation.factors.size(); ++i) (sums - tail)[i] *= operation.factors[i];
    for (std::size_t i = 0; i < operation.sums.size(); ++i) sums[i] += operation.sums[i];
    if (!operation.outputs_to.empty()) reorder(operation);
  }

  // The columns of a Dense's weights, and its biases as one row more.
  void reorder(const Operation& operation) {
    const std::size_t out = operation.tail;
    std::vector<float> row(out);
    const std::size_t rows = static_cast<std::size_t>(translation_.layout(operation.inputs[0]).sample_size()) + 1;
    float* at = network_.parameters.data() + network_.parameters.size() - rows * out;
    for (std::size_t i = 0; i < rows; ++i, at += out) {
      for (std::size_t o = 0; o < out; ++o) row[static_cast<std::size_t>(operation.outputs_to[o])] = at[o];
      for (std::size_t o = 0; o < out; ++o) at[o] = row[o];
    }
  }

  Translation& translation_;
  Network& network_;
  std::vector<std::string>& problems_;
};

}  // namespace

bool emit(Translation& translation, const Chain& chain, const Extents& input, Network& network,
          std::vector<std::string>& problems) {
  const std::size_t before = problems.size();
  const Words words = Emission(translation, network, problems).chain(chain, ",\n    ");
  const std::string first = "Input<" + list(input) + ">";
  network.description = "Sequential<" + first + ", " + words.description + ">";
  network.source = "Sequential<\n    " + first + ",\n    " + words.source + ">";
  return problems.size() == before;
}

}  // namespace mica::onnx

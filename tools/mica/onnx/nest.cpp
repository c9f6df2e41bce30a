#include "nest.hpp"

#include <algorithm>

namespace mica::onnx {
namespace {

constexpr int input = -1;
constexpr int deepest = 32;

class Nesting {
 public:
  explicit Nesting(Translation& translation) : translation_(translation), used_(translation.operations.size()) {
    for (std::size_t i = 0; i < translation.operations.size(); ++i) add_dominator(translation.operations[i]);
  }

  // The chain from behind operation `from` to behind operation `to`.
  bool make(int from, int to, int depth, Chain& chain) {
    while (to != from) {
      if (to == input || used_[static_cast<std::size_t>(to)] || depth > deepest) return refuse(to == input ? from : to);
      used_[static_cast<std::size_t>(to)] = true;
      const Operation& operation = translation_.operations[static_cast<std::size_t>(to)];
      Item item{to, {}};
      if (operation.kind == Operation::Kind::layer) {
        to = before(operation.inputs[0]);
      } else {
        const int fork = dominators_[static_cast<std::size_t>(to)];
        for (const int value : operation.inputs) {
          item.ways.emplace_back();
          if (!make(fork, before(value), depth + 1, item.ways.back())) return false;
        }
        to = fork;
      }
      chain.push_back(std::move(item));
    }
    std::reverse(chain.begin(), chain.end());
    return true;
  }

  int before(int value) const { return translation_.values[static_cast<std::size_t>(value)].producer; }

 private:
  // The last operation that all ways from the input lead through.
  void add_dominator(const Operation& operation) {
    int common = before(operation.inputs[0]);
    for (const int value : operation.inputs) {
      for (int other = before(value); common != other;) {
        int& later = depth(common) > depth(other) ? common : other;
        later = dominators_[static_cast<std::size_t>(later)];
      }
    }
    dominators_.push_back(common);
    depths_.push_back(depth(common) + 1);
  }
  int depth(int operation) const { return operation == input ? 0 : depths_[static_cast<std::size_t>(operation)]; }

  bool refuse(int operation) {
    const std::string origin =
        operation == input ? "The input" : translation_.operations[static_cast<std::size_t>(operation)].origin;
    translation_.problems.push_back(origin +
                                    ": ways through the network lead from here to places that do not lie inside one "
                                    "another, as Mica's Residual and Concat do.");
    return false;
  }

  Translation& translation_;
  std::vector<bool> used_;
  std::vector<int> dominators_, depths_;
};

bool comes_from_dense(Translation& translation, Chain& chain, std::size_t place) {
  const std::vector<std::int32_t>& order =
      translation.operations[static_cast<std::size_t>(chain[place].operation)].order;
  for (std::size_t i = place; i-- > 0;) {
    Operation& operation = translation.operations[static_cast<std::size_t>(chain[i].operation)];
    if (operation.kind != Operation::Kind::layer) return false;
    if (operation.role == Operation::Role::elementwise || operation.role == Operation::Role::relabel) continue;
    if (operation.role != Operation::Role::dense || operation.tail != order.size()) return false;
    if (operation.outputs_to.empty()) {
      operation.outputs_to = order;
    } else {
      for (std::int32_t& to : operation.outputs_to) to = order[static_cast<std::size_t>(to)];
    }
    return true;
  }
  return false;
}

}  // namespace

bool nest(Translation& translation, Chain& chain) {
  Nesting nesting(translation);
  return nesting.make(input, nesting.before(translation.result), 0, chain);
}

void simplify(Translation& translation, Chain& chain, const Extents& first) {
  using Role = Operation::Role;
  const auto operation = [&](std::size_t i) -> Operation& {
    return translation.operations[static_cast<std::size_t>(chain[i].operation)];
  };
  const auto drop = [&](std::size_t i) { chain.erase(chain.begin() + static_cast<std::ptrdiff_t>(i)); };
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (operation(i).role == Role::last_step && i > 0 && operation(i - 1).role == Role::sequence) {
      Operation& sequence = operation(i - 1);
      sequence.description.erase(sequence.description.find(','));
      sequence.description += ">";
      sequence.shape = operation(i).shape;
      drop(i--);
    } else if (operation(i).role == Role::permute && comes_from_dense(translation, chain, i)) {
      drop(i--);
    }
  }
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (operation(i).role != Role::relabel) continue;
    const Extents& before = i == 0 ? first : operation(i - 1).shape;
    const bool then_any_shape =
        i + 1 < chain.size() && (operation(i + 1).role == Role::dense || operation(i + 1).role == Role::relabel);
    if (then_any_shape || before == operation(i).shape) {
      drop(i);
      i = i >= 2 ? i - 2 : static_cast<std::size_t>(-1);  // what stands before it may go now
    }
  }
  for (std::size_t i = 0; i < chain.size(); ++i) {
    for (Chain& way : chain[i].ways) simplify(translation, way, i == 0 ? first : operation(i - 1).shape);
  }
}

}  // namespace mica::onnx

// Operation: one layer of the network to be, or a place where ways through the network meet.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "layout.hpp"

namespace mica::onnx {

struct Operation {
  enum class Kind { layer, sum, concatenation };
  // What neighbours in a chain may do with a layer.
  enum class Role {
    other,
    dense,        // its outputs can be put in any order
    elementwise,  // it does the same to every number, whatever their order
    relabel,      // Flatten and Reshape: another shape, the same numbers
    permute,      // other order: see `order`
    sequence,     // a recurrent layer that gives every state
    last_step     // takes the last state of these
  };

  Kind kind = Kind::layer;
  Role role = Role::other;
  std::string description;  // as the layer describes itself
  std::string source;       // in C++, where that differs
  std::vector<int> inputs;  // values
  int output = -1;
  Extents shape;       // of the output
  std::string origin;  // the node that it comes from, for messages

  // Appends the layer's numbers in Mica's order; false: `failure` says why that cannot be done.
  std::function<bool(std::vector<float>& parameters, std::vector<float>& statistics, std::string& failure)> numbers;

  // What later nodes add to and multiply by: the last parameters are `tail` numbers that are added, before them, if it
  // takes factors, as many that are multiplied by. Both by place in memory.
  std::size_t tail = 0;
  bool takes_sum = false, takes_factor = false;
  bool shared = false;  // more than one node reads what it gives
  std::vector<float> sums, factors;

  std::vector<std::int32_t> order;       // permute: where the number at each place goes
  std::vector<std::int32_t> outputs_to;  // dense: where each output goes, if not to its own place
};

}  // namespace mica::onnx

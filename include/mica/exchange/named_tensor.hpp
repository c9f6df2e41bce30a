#pragma once

#include <cstdint>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace exchange {

// What a tensor of PyTorch's holds.
enum class TensorKind : unsigned char {
  numbers,    // floats that are Mica's floats
  batches,    // BatchNorm's num_batches_tracked: one 64-bit integer, in Mica a float
  remainder,  // what running_mean rounds off: no tensor of PyTorch's, but files have room for it beside the tensors
};

// NamedTensor: one tensor of a network as PyTorch has it, and where its elements lie in a Model.
// The name is that in a torch.nn.Sequential: the path's numbers, then the suffix, with dots between: "3.0.1.weight".
// Element i, counted row by row over `shape`, has the same number when it is counted over `extents`, and lies at the sum
// of index times stride behind `first`. The first `added` elements stand for a second summand instead, which Mica keeps
// added to the first one: they are written as 0 and, when read, added to the floats from added_first on.
// Memory: about 110 bytes, constexpr.
struct NamedTensor {
  static constexpr int most_levels = 8, most_extents = 4;

  const char* suffix = "";
  std::int16_t path[most_levels] = {};
  std::int16_t levels = 0;
  TensorKind kind = TensorKind::numbers;
  bool optional = false;       // where a file does not have it, zeros are meant
  bool in_statistics = false;  // else among the parameters
  std::int8_t rank = 0, steps = 0;
  int shape[most_extents] = {};
  int extents[most_extents] = {}, strides[most_extents] = {};
  int first = 0;
  int added = 0, added_first = 0;

  constexpr int count() const {
    int product = 1;
    for (int i = 0; i < rank; ++i) product *= shape[i];
    return product;
  }
  // Where element i lies in its block.
  constexpr int place(int i) const {
    if (i < added) return added_first + i;
    int at = first;
    for (int step = steps - 1; step >= 0; --step) {
      at += i % extents[step] * strides[step];
      i /= extents[step];
    }
    return at;
  }
};

// Blocks: a model's numbers; Number is float or const float. Memory: two pointers.
template <class Number>
struct Blocks {
  Number* parameters;
  Number* statistics;
  Number* of(const NamedTensor& tensor) const { return tensor.in_statistics ? statistics : parameters; }
};

// TensorNames: a network's tensors. Memory: two words.
struct TensorNames {
  const NamedTensor* tensors;
  int count;
};

}  // namespace exchange
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

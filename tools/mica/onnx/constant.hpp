// Constant: a tensor that the file fixes: an initializer, a Constant node, or what follows from these and from shapes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "layout.hpp"
#include "model.hpp"

namespace mica::onnx {

struct Constant {
  Extents dims;
  bool is_integer = false;
  std::vector<std::int64_t> integers;  // if it is
  std::optional<float> uniform;        // if all its numbers are the same
  std::vector<float> floats;           // a short list that was put together from others
  Bytes tensor;                        // else: the message that has the numbers,
  std::vector<int> permutation;        // to be transposed so, from these extents
  Extents stored;

  std::int64_t size() const { return product(dims); }
};

// From a tensor's message. False: `failure` says why.
bool make_constant(Bytes message, Constant& constant, std::string_view* name, std::string& failure);
// The numbers in the order of the file, read now.
bool read_floats(const Constant& constant, std::vector<float>& numbers, std::string& failure);
// The one number that the constant is or repeats; nothing if it has several.
std::optional<float> single_float(const Constant& constant);
bool all_equal(const Constant& constant, float value);

Constant of_integers(std::vector<std::int64_t> numbers);
// Transposed; false if it is transposed already or the permutation is none.
bool transpose(Constant& constant, const std::vector<std::int64_t>& permutation);

}  // namespace mica::onnx

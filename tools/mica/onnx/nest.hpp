// From operations that hang together in any way to chains inside of chains, as Residual and Concat write them.
#pragma once

#include <string>
#include <vector>

#include "translation.hpp"

namespace mica::onnx {

// One place in a chain: a layer, or where ways meet that begin behind the place before it.
struct Item {
  int operation;
  std::vector<std::vector<Item>> ways;
};
using Chain = std::vector<Item>;

// The chain from the input to the translation's result; problems are added to the translation's.
bool nest(Translation& translation, Chain& chain);

// Joins and drops neighbours: a Dense gives its outputs in the order that is wanted behind it, a recurrent layer only its
// last state, shapes that nobody looks at go.
void simplify(Translation& translation, Chain& chain, const Extents& input);

}  // namespace mica::onnx

#pragma once

#include <string>
#include <vector>

#include "nest.hpp"
#include "network.hpp"

namespace mica::onnx {

// The network's type and numbers from its chain; false: `problems` has why not.
bool emit(Translation& translation, const Chain& chain, const Extents& input, Network& network,
          std::vector<std::string>& problems);

}  // namespace mica::onnx

#pragma once

#include <string>
#include <vector>

#include "bytes.hpp"
#include "network.hpp"

namespace mica::onnx {

// Older files broadcast in another way, newer ones may mean something else by the same operator.
constexpr int oldest_opset = 1, newest_opset = 21;

// Turns an ONNX model into a Mica network. What cannot be taken is in `problems`, all of it, a sentence each; then the
// network is not to be used.
bool import_model(Bytes file, Network& network, std::vector<std::string>& problems);

}  // namespace mica::onnx

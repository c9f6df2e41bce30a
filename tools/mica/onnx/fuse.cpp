#include "fuse.hpp"

namespace mica::onnx {
void fuse(Graph&) {}
}  // namespace mica::onnx

#pragma once

#include "graph.hpp"

namespace mica::onnx {

// Puts nodes together that are one layer of Mica: what PyTorch and others write as arithmetic for want of an operator
// in the opset (LayerNormalization, Gelu, HardSwish, Mish, SiLU, Softmax). The last node of each group stands for all.
void fuse(Graph& graph);

}  // namespace mica::onnx

#pragma once

#include "translation.hpp"

namespace mica::onnx {

// The axis of a value that a constant of these extents runs along when it is spread over the value: its number, -1 for
// a single number for all, -2 where the constant has more than one axis or goes along the batch.
int axis_along(const Layout& layout, const Extents& dims);

// The value with an axis as the last extent of its shape, the axis's numbers in any order.
int axis_as_last_extent(Translation& translation, const Node& node, int value, int axis);

}  // namespace mica::onnx
